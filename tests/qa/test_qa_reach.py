"""What a person could not see or reach cannot be used: on pages that a test serves, in the real engine."""

from __future__ import annotations

import pytest

from tests.qa.conftest import OpenPage
from tray_auth_desktop.qa.dialog_session import DialogSession
from tray_auth_desktop.qa.errors import DialogExpectationError

pytestmark = pytest.mark.webengine

HIDDEN_WAYS = """
<style>
  .small { width: 1px; height: 1px; padding: 0; border: 0; overflow: hidden; position: absolute }
  .cut { height: 2em; overflow: hidden; position: relative } .cut p { margin-top: 900px }
  .under { position: relative } .over { position: absolute; inset: 0; background: white }
</style>
<label style="visibility: hidden">Invisible <input class=field></label>
<label>Thin <input class=field style="opacity: 0"></label>
<div style="opacity: 0.05"><label>Faint <input class=field></label></div>
<label style="display: none">Absent <input class=field></label>
<label>Tiny <input class="field small"></label>
<label style="position: absolute; left: -5000px">Away <input class=field></label>
<div class=cut><p><label>Cut <input class=field></label></p></div>
<div class=under><label>Under <input class=field></label><div class=over id=curtain>Please wait</div></div>
<label for=numb>Numb</label><input class=field id=numb style="pointer-events: none">
<label>Off <input class=field disabled></label>
<fieldset disabled><label>Off with all <input class=field></label></fieldset>
<div inert><label>Asleep <input class=field></label></div>
<label>Fixed <input class=field readonly></label>
"""
WHY_NOT = {
    "Invisible": 'the field "Invisible" is not visible',
    "Thin": 'the field "Thin" is not visible',
    "Faint": 'the field "Faint" is not visible',
    "Absent": 'no field labelled "Absent"',
    "Tiny": 'the field "Tiny" is not visible',
    "Away": 'the field "Away" cannot be scrolled to',
    "Cut": 'the field "Cut" cannot be scrolled to',
    "Under": 'the field "Under" is covered by <div id="curtain" class="over"> “Please wait”',
    "Numb": 'the field "Numb" takes no clicks',
    "Off": 'the field "Off" is disabled',
    "Off with all": 'the field "Off with all" is disabled',
    "Asleep": 'the field "Asleep" is disabled',
    "Fixed": 'the field "Fixed" cannot be changed',
}
BUTTONS = """
<button style="opacity: 0">Thin</button><button style="visibility: hidden">Invisible</button>
<button aria-disabled=true>Grey</button><button disabled>Off</button>
<button>Under</button><div class=curtain style="position: fixed; inset: 0; background: #fff8">Wait</div>
<script>
  for (const one of document.querySelectorAll("button")) one.onclick = () => { document.title += " clicked" };
</script>
"""
WHY_NOT_CLICKED = {
    "Thin": 'the button "Thin" is not visible',
    "Invisible": 'the button "Invisible" is not visible',
    "Grey": 'the button "Grey" is disabled',
    "Off": 'the button "Off" is disabled',
    "Under": 'the button "Under" is covered by <div class="curtain"> “Wait”',
}


def refused(dialog: DialogSession, step: str, *argument: str) -> str:
    """Return why a step was not taken."""
    with pytest.raises(DialogExpectationError) as caught:
        getattr(dialog, step)(*argument, timeout=0)
    return str(caught.value).splitlines()[0].split(": ", 1)[1].removesuffix(".")


def test_a_field_that_nobody_could_use_is_not_filled(open_page: OpenPage) -> None:
    dialog = open_page(HIDDEN_WAYS)
    assert {label: refused(dialog, "fill", label, "x") for label in WHY_NOT} == WHY_NOT
    values = "[...document.querySelectorAll('.field')].map((one) => one.value).join('')"
    assert dialog.evaluate(values) == ""


def test_a_button_that_nobody_could_use_is_not_clicked(open_page: OpenPage) -> None:
    dialog = open_page(BUTTONS)
    assert {text: refused(dialog, "click", text) for text in WHY_NOT_CLICKED} == WHY_NOT_CLICKED
    assert dialog.evaluate("document.title") == "A page"


def test_a_choice_that_nobody_could_use_is_not_made(open_page: OpenPage) -> None:
    dialog = open_page(
        "<fieldset><legend>Plan</legend><label style='opacity: 0'><input type=radio name=p>One</label>"
        "<label><input type=radio name=p disabled>Two</label></fieldset>"
        "<label>Region <select><option>EU<option disabled>US</select></label>"
    )
    assert refused(dialog, "choose", "Plan", "One") == 'the choice "One" is not visible'
    assert refused(dialog, "choose", "Plan", "Two") == 'the choice "Two" is disabled'
    assert refused(dialog, "choose", "Region", "US") == 'the choice "US" is disabled'
    assert dialog.evaluate("document.querySelectorAll(':checked').length") == 1  # the list's first
    assert refused(dialog, "wait_for_text", "One") == 'no text "One"'


REACHABLE = """
<style>
  body { scroll-behavior: smooth } .tall { height: 1500px } .box { height: 3em; overflow: auto }
  header { position: fixed; top: 0; left: 0; right: 0; height: 200px; background: silver; z-index: 1 }
  .line { position: relative } .line label { position: absolute; inset: 0 }
  .native { opacity: 0; position: absolute }
</style>
<header>Head</header><div class=tall></div>
<label>Below <input id=below></label><div class=tall></div>
<div class=box><div class=tall></div><label>Inner <input id=inner></label></div>
<div class=line><input id=lined><label for=lined>On the line</label></div>
<label><input type=checkbox class=native id=fancy><span>Fancy</span></label>
<a href="#x" onclick="document.title = 'followed'"><img alt="Terms" width=40 height=40></a>
<div class=tall></div>
"""


def test_what_can_be_scrolled_to_is_used(open_page: OpenPage) -> None:
    dialog = open_page(REACHABLE)
    dialog.evaluate(
        "document.querySelector('#below').scrollIntoView({ block: 'start', behavior: 'instant' })"
    )
    for label, name in (("Below", "below"), ("Inner", "inner"), ("On the line", "lined")):
        dialog.fill(label, "x", timeout=0)
        assert dialog.evaluate(f"document.querySelector('#{name}').value") == "x"
    dialog.click("Fancy", timeout=0)
    dialog.click("Terms", timeout=0)
    assert dialog.evaluate("document.querySelector('#fancy').checked") is True
    assert dialog.evaluate("document.title") == "followed"


COMES = """
<style>
  @keyframes come { from { opacity: 0 } to { opacity: 1 } } .late { animation: come 0.4s 0.3s both }
</style>
<div class=late><label>Name <input id=name></label></div>
<div id=cover style="position: fixed; inset: 0; background: white; transition: opacity 0.3s">Loading</div>
<script>
  cover.addEventListener("transitionend", () => cover.remove());
  requestAnimationFrame(() => requestAnimationFrame(() => { cover.style.opacity = 0.5 }));
</script>
"""


def test_what_comes_by_an_animation_or_from_under_a_cover_is_waited_for(open_page: OpenPage) -> None:
    dialog = open_page(COMES)
    dialog.fill("Name", "x")
    assert dialog.evaluate("document.querySelector('#name').value") == "x"
    assert dialog.evaluate("document.querySelector('#cover') === null") is True


def test_a_modal_window_of_the_page_is_what_is_meant(open_page: OpenPage) -> None:
    dialog = open_page(
        "<button onclick=\"document.title = 'wrong'\">Close</button>"
        "<dialog id=modal><button onclick=\"document.title = 'right'\">Close</button></dialog>"
        "<script>modal.showModal()</script>"
    )
    dialog.click("Close", timeout=1)
    assert dialog.evaluate("document.title") == "right"
