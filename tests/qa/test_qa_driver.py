"""What a person does in a page, done by the driver: on pages that a test serves, in the real engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.qa.conftest import OpenPage
from tray_auth_desktop.dialog.page_input import key_called
from tray_auth_desktop.qa.errors import KEYS as KEY_NAMES
from tray_auth_desktop.qa.errors import DialogExpectationError

pytestmark = pytest.mark.webengine

FORM = """
<form onsubmit="said.textContent = 'sent ' + said.of(this); return false">
  <label for=a>Name of the account</label><input id=a name=long>
  <label for=b>Name *</label><input id=b name=exact>
  <span id=l>Region</span><input aria-labelledby=l name=region>
  <input placeholder="Search here" name=search>
  <label for=s>Environment</label>
  <select id=s name=environment><option value=p>Production<option value=s>Sandbox (EU)</select>
  <fieldset><legend>Plan</legend><label><input type=radio name=plan value=1>One</label>
    <label><input type=radio name=plan value=2>Two</label></fieldset>
  <div role=group aria-label="Scopes"><label><input type=checkbox name=read checked>read</label>
    <label><input type=checkbox name=write>write</label></div>
  <label for=r>Fixed</label><input id=r readonly value=x>
  <button>Send</button><button type=button onclick="said.textContent = 'more'">Send more</button>
  <a href="#there" onclick="said.textContent = 'followed'">Terms of use</a>
  <button type=button hidden>Hidden</button>
</form><p id=said></p>
<script>said.of = (form) => JSON.stringify(Object.fromEntries(new FormData(form)));</script>
"""


def test_a_form_is_filled_in_and_sent(open_page: OpenPage) -> None:
    dialog = open_page(FORM)
    dialog.fill("Name", "exact")
    dialog.fill("Name of", "long")
    dialog.fill("Region", "eu")
    dialog.fill("Search here", "text")
    dialog.choose("Environment", "Sandbox")
    dialog.choose("Plan", "Two")
    dialog.choose("Scopes", "write")
    dialog.choose("Scopes", "read")
    dialog.click("Send")
    dialog.wait_for_text(
        'sent {"long":"long","exact":"exact","region":"eu","search":"text","environment":"s","plan":"2",'
        '"read":"on","write":"on"}'
    )


def test_a_link_is_clicked_like_a_button_and_the_exact_name_counts_first(open_page: OpenPage) -> None:
    dialog = open_page(FORM)
    dialog.click("Terms")
    dialog.wait_for_text("followed")
    dialog.click("send MORE")
    dialog.wait_for_text("more")


KEYS = """
<input id=f aria-label=Line autofocus><input aria-label=Next onfocus="said.textContent = 'next has it'">
<p id=said></p><script>
addEventListener("keydown", (event) => {
  said.textContent = [event.key, event.ctrlKey, event.shiftKey, event.isTrusted].join(" ");
});
</script>
"""


@pytest.mark.parametrize(
    ("key", "seen"),
    [
        ("Enter", "Enter false false true"),
        ("Esc", "Escape false false true"),
        ("Escape", "Escape false false true"),
        ("Down", "ArrowDown false false true"),
        ("a", "a false false true"),
        ("Ctrl+B", "b true false true"),
        ("Shift+Home", "Home false true true"),
    ],
)
def test_keys_are_real_events(open_page: OpenPage, key: str, seen: str) -> None:
    dialog = open_page(KEYS)
    dialog.press(key)
    dialog.wait_for_text(seen)


def test_keys_type_and_move_the_focus(open_page: OpenPage) -> None:
    dialog = open_page(KEYS + "<button onclick=\"said.textContent = 'line: ' + f.value\">Read</button>")
    dialog.fill("Line", "o")
    dialog.press("k")
    dialog.press("Tab")
    dialog.wait_for_text("next has it")
    dialog.click("Read")
    dialog.wait_for_text("line: ok")


def test_a_key_that_does_not_exist_is_said_at_once(open_page: OpenPage) -> None:
    dialog = open_page(KEYS)
    for key in ("Entre", "Ctrl+Entre", ""):
        with pytest.raises(
            DialogExpectationError, match=f"there is no key called '{re.escape(key)}'"
        ) as caught:
            dialog.press(key)
        assert "there are Enter, Esc, Tab, " in str(caught.value)
    named = KEY_NAMES.split(", every")[0].replace("F1 to F12", "F1, F12").split(", ")
    for name in (*named, "k", "7", "+", "Shift+Tab", "Ctrl+A", "Alt+x", "Meta+k"):
        key_called(name)


def test_what_comes_late_is_waited_for(open_page: OpenPage) -> None:
    late = "<script>setTimeout(() => document.body.append('It is here'), 300)</script>"
    open_page(late).wait_for_text("it is HERE")


@pytest.mark.parametrize(
    ("step", "argument", "why"),
    [
        ("fill", ("Account SID", "x"), 'fill "Account SID": no field labelled "Account SID".'),
        ("fill", ("Fixed", "x"), 'fill "Fixed": the field "Fixed" cannot be changed.'),
        ("click", ("Hidden",), 'click "Hidden": no button "Hidden".'),
        ("choose", ("Colour", "Red"), 'choose "Red" in "Colour": nothing to choose from that is labelled'),
        ("choose", ("Plan", "Three"), 'choose "Three" in "Plan": no choice "Three" in "Plan".'),
        ("choose", ("Environment", "Test"), 'choose "Test" in "Environment": no choice "Test"'),
        ("wait_for_text", ("Done",), 'wait for the text "Done": no text "Done".'),
    ],
)
def test_an_error_says_what_was_wanted_what_there_is_and_where(
    open_page: OpenPage, step: str, argument: tuple[str, ...], why: str
) -> None:
    dialog = open_page(FORM)
    with pytest.raises(DialogExpectationError) as caught:
        getattr(dialog, step)(*argument, timeout=0.2)
    said = str(caught.value)
    assert said.startswith(why)
    assert "A page, at http://127.0.0.1:" in said
    assert '"Name of the account", "Name *", "Environment"' in said
    assert '"Send", "Send more", "Terms of use"' in said
    assert '"Plan", "Scopes"' in said
    assert "Hidden" not in said.split("\n", 1)[1]
    assert "code=" not in said


def test_what_was_typed_is_in_no_error(open_page: OpenPage) -> None:
    dialog = open_page(
        FORM + "<script>b.oninput = () => { said.textContent = 'you typed ' + b.value }</script>"
    )
    dialog.fill("Name", "my-long-password-1")
    dialog.wait_for_text("you typed my-long-password-1")
    with pytest.raises(DialogExpectationError) as caught:
        dialog.fill("Nowhere", "another-password-2", timeout=0)
    assert "password" not in str(caught.value)
    assert "you typed" in str(caught.value)


def test_a_page_that_hangs_is_given_up(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tray_auth_desktop.qa.driver.PATIENCE_S", 0.5)
    monkeypatch.setattr("tray_auth_desktop.qa.driver.STEP_S", 0.5)
    dialog = open_page("<button onclick='for (;;);'>Hang</button>")
    dialog.click("Hang")
    with pytest.raises(DialogExpectationError, match="the page does not answer"):
        dialog.wait_for_text("never", timeout=0.5)


def test_a_picture_shows_the_page_as_it_is_now(open_page: OpenPage, tmp_path: Path) -> None:
    dialog = open_page(
        "<style>body { background: rgb(0, 128, 0) }</style>"
        "<button onclick=\"document.body.style.background = 'rgb(0, 0, 255)'\">Blue</button>"
    )
    before = QImage.fromData(dialog.screenshot())
    dialog.click("Blue")
    path = dialog.screenshot(tmp_path / "blue.png")
    after = QImage(str(path))
    assert colour_of(before) == (0, 128, 0)
    assert colour_of(after) == (0, 0, 255)


def colour_of(picture: QImage) -> tuple[int, int, int]:
    colour = picture.pixelColor(picture.width() // 2, picture.height() // 2)
    return colour.red(), colour.green(), colour.blue()
