"""Which field, button or choice is meant by a name, and that a name for several is an error."""

from __future__ import annotations

import pytest

from tests.qa.conftest import OpenPage
from tests.qa.test_qa_reach import refused
from tray_auth_desktop.qa.opener import DialogOpener

pytestmark = pytest.mark.webengine

TWINS = """
<label>Name <input id=one></label><label>Name <input id=two></label>
<label>Key id <input></label><label>Key secret <input></label><label>Key <input id=key></label>
<button>Go</button><button class=big>Go</button><button>Delete all</button><button>Delete one</button>
<fieldset><legend>Plan</legend><label><input type=radio name=p>Plan A</label>
  <label><input type=radio name=p>Plan B</label></fieldset>
<label>List <select><option>Twin one<option>Twin two</select></label>
<div role=button><button onclick="document.title = 'inner'">Nested</button></div>
"""
SEVERAL = {
    ("fill", "Name", "x"): '2 fields are called "Name": <input id="one">, <input id="two">',
    ("fill", "Ke", "x"): '"Ke" is the beginning of 3 fields: "Key id", "Key secret", "Key"',
    ("click", "Go"): '2 things to click are called "Go": <button>, <button class="big">',
    ("click", "Delete"): '"Delete" is the beginning of 2 things to click: "Delete all", "Delete one"',
    ("choose", "Plan", "Plan"): '"Plan" is the beginning of 2 choices: "Plan A", "Plan B"',
    ("choose", "List", "Twin"): '"Twin" is the beginning of 2 choices: "Twin one", "Twin two"',
    ("fill", "", "x"): "no name was given",
}


def test_a_name_for_several_is_an_error_that_names_them(open_page: OpenPage) -> None:
    dialog = open_page(TWINS)
    assert {step: refused(dialog, *step) for step in SEVERAL} == SEVERAL
    assert (
        dialog.evaluate("[...document.querySelectorAll('input')].map((one) => one.value).join('')") == "onon"
    )
    dialog.fill("Key", "exact", timeout=0)
    assert dialog.evaluate("document.querySelector('#key').value") == "exact"
    dialog.click("Nested", timeout=0)
    assert dialog.evaluate("document.title") == "inner"


def test_the_beginning_of_several_labels_fills_none_of_them(opener: DialogOpener) -> None:
    dialog = opener("twilio")
    dialog.wait_for_text("Auth Token")
    why = '"A" is the beginning of 3 fields: "Authentication name *", "Account SID *", "Auth Token *"'
    assert refused(dialog, "fill", "A", "x") == why
    dialog.fill("Account SID *", "AC0123", timeout=1)


@pytest.mark.parametrize("how", ["hidden", "style='opacity: 0'", "disabled"])
def test_of_two_the_one_that_can_be_used_is_meant(open_page: OpenPage, how: str) -> None:
    dialog = open_page(
        f"<button {how}>Go</button><button onclick=\"document.title = 'gone'\">Go</button>"
        f"<label>Name <input {how}></label><label>Name <input id=n></label>"
    )
    dialog.click("Go", timeout=0)
    dialog.fill("Name", "x", timeout=0)
    assert dialog.evaluate("document.title + document.querySelector('#n').value") == "gonex"


CONTROLS = """
<label>With a list <select id=list><option>One<option>Two</select></label>
<span id=s>Spoken</span><input aria-labelledby=s id=spoken>
<button aria-label="Dismiss" onclick="document.title += 'x'">x</button>
<div role=tab tabindex=0 onclick="document.title += 't'">Details</div>
<details><summary onclick="document.title += 's'">More</summary>…</details>
<input type=button value="Go on" onclick="document.title += 'g'">
"""


def test_names_are_what_a_person_reads_or_hears(open_page: OpenPage) -> None:
    dialog = open_page(CONTROLS)
    dialog.choose("With a list", "Two", timeout=0)
    dialog.fill("spoken", "x", timeout=0)
    for name in ("Dismiss", "Details", "More", "Go on"):
        dialog.click(name, timeout=0)
    assert dialog.evaluate("document.title") == "A pagextsg"
    assert dialog.evaluate("document.querySelector('#list').value") == "Two"
    said = 'nothing to choose from that is labelled "Spoken"'
    assert refused(dialog, "choose", "Spoken", "x") == said
