"""What a field holds after it was filled is what was asked for; boxes are ticked, not typed into."""

from __future__ import annotations

import pytest

from tests.qa.conftest import OpenPage
from tests.qa.test_qa_reach import refused

pytestmark = pytest.mark.webengine

FIELDS = """
<label>Port <input type=number></label><label>Day <input type=date></label>
<label>Level <input type=range></label><label>Short <input maxlength=2></label>
<label>Line <input></label><label>Mail <input type=email></label>
<label>Upper <input oninput="this.value = this.value.toUpperCase() + '-'"></label>
<label>File <input type=file></label><label>I agree <input type=checkbox></label>
<span id=l>Custom</span><div role=combobox aria-labelledby=l>None</div>
<label>Region <select><option>EU<option>US</select></label>
"""
NOT_TAKEN = {
    ("Port", "abc"): 'the field "Port" holds nothing after that: it takes a number',
    ("Day", "1.2.2026"): 'the field "Day" holds nothing after that: it takes a date as 2026-01-31',
    ("Level", "1000"): 'the field "Level" holds something else (3 characters; 4 were typed) after that: '
    "it takes a number within its limits",
    ("Short", "abc"): 'the field "Short" takes 2 characters at most',
    ("Line", "ab\nc"): 'the field "Line" holds something else (3 characters; 4 were typed) after that: '
    "it takes one line",
    ("Mail", " a@b.example "): 'the field "Mail" holds something else (11 characters; 13 were typed) '
    "after that: it takes an e-mail address",
    ("Upper", "secret-1"): 'the field "Upper" holds something else (9 characters; 8 were typed) after that: '
    "the page has changed it",
    ("File", "x.txt"): 'the field "File" takes a file, which cannot be typed',
    ("I agree", "true"): '"I agree" is a box to tick: use click, or choose in its group',
    ("Custom", "None"): '"Custom" cannot be typed into: use click',
    ("Region", "Asia"): 'no choice of that name or value in "Region"',
}
TAKEN = {"Port": "8080", "Day": "2026-02-01", "Level": "70", "Short": "ab", "Line": "a", "Region": "US"}


def test_a_field_that_does_not_hold_what_was_typed_is_an_error(open_page: OpenPage) -> None:
    dialog = open_page(FIELDS)
    assert {step: refused(dialog, "fill", *step) for step in NOT_TAKEN} == NOT_TAKEN
    assert dialog.evaluate("document.querySelectorAll('input:checked').length") == 0
    for label, value in TAKEN.items():
        dialog.fill(label, value, timeout=0)
    values = "[...document.querySelectorAll('label')].map((one) => one.control.value).join()"
    assert dialog.evaluate(values).startswith("8080,2026-02-01,70,ab,a,")
    dialog.fill("Line", "", timeout=0)


def test_what_waiting_does_not_change_is_said_at_once(open_page: OpenPage) -> None:
    dialog = open_page(
        "<p id=tries>0</p><label>Port <input type=number onchange='tries.textContent++'></label>"
    )
    with pytest.raises(AssertionError, match="it takes a number"):
        dialog.fill("Port", "abc")
    assert dialog.evaluate("document.querySelector('#tries').textContent") == "1"


BOXES = """
<label><input type=checkbox id=agree> I agree to the terms</label>
<label for=news>News</label><input type=checkbox id=news checked>
<label><input type=radio name=way id=new checked>New</label>
<label><input type=radio name=way id=old>Old</label>
<div role=switch aria-checked=false aria-label="Dark" style="width: 2em; height: 1em"
  onclick="this.ariaChecked = 'true'" id=dark></div>
<label><input type=checkbox disabled> Never</label>
<div role=group aria-label=Stubborn><label><input type=checkbox onclick="return false">Will not</label></div>
"""


def test_a_box_is_ticked_by_a_click_on_its_label(open_page: OpenPage) -> None:
    dialog = open_page(BOXES)
    for label in ("I agree", "News", "Old", "Dark"):
        dialog.click(label, timeout=0)
    ticked = "[...document.querySelectorAll(':checked')].map((one) => one.id).join() + dark.ariaChecked"
    assert dialog.evaluate(ticked) == "agree,oldtrue"
    dialog.click("I agree", timeout=0)
    assert dialog.evaluate("agree.checked") is False
    assert refused(dialog, "click", "Never") == 'the box "Never" is disabled'


def test_a_box_that_stays_as_it_was_is_an_error(open_page: OpenPage) -> None:
    dialog = open_page(BOXES)
    why = 'the choice "Will not" was clicked, but it is not ticked'
    assert refused(dialog, "choose", "Stubborn", "Will not") == why
