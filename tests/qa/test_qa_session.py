"""One dialog under test, from its opening to its outcome, on the stand-in."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWidgets import QApplication

from tests.qa.conftest import OpenPage
from tray_auth_desktop.core.attempt import OutcomeKind, Via
from tray_auth_desktop.core.timeline import EventKind
from tray_auth_desktop.core.window_message import DialogEventType
from tray_auth_desktop.qa.dialog_session import EVENTS as EVENT_NAMES
from tray_auth_desktop.qa.dialog_session import DialogSession
from tray_auth_desktop.qa.errors import DialogExpectationError
from tray_auth_desktop.qa.opener import DialogOpener
from tray_auth_desktop.standin import StandIn

pytestmark = pytest.mark.webengine
AUTH_ID = "569adf96-3c05-40a6-b565-07e829d2c56d"
OTHER_ID = "0f7f0c0c-4a40-4a1e-9d0c-0d7d5f9d1a11"


def fill_in(dialog: DialogSession) -> None:
    dialog.fill("Account SID", "AC0123")
    dialog.fill("Auth Token", "not-a-real-token")


def test_a_token_is_collected(opener: DialogOpener, stand_in: StandIn) -> None:
    dialog = opener("twilio")
    fill_in(dialog)
    dialog.click("Create")
    finish = dialog.expect_event("finish")
    outcome = dialog.outcome()
    assert (finish.type, finish.origin, finish.source) == (
        "tray.authpopup.finish",
        stand_in.dialog_url,
        "popup",
    )
    assert outcome.kind is OutcomeKind.CAPTURED
    assert (outcome.auth_id, outcome.via, outcome.confirmed) == (finish.auth_id, Via.OPENER, True)
    times = [event.at_ms for event in dialog.timeline]
    assert times == sorted(times)
    assert finish.at_ms in times
    kinds = {event.observation.kind for event in dialog.timeline}
    assert kinds >= {EventKind.CODE, EventKind.NAVIGATION, EventKind.MESSAGE, EventKind.CONFIRMATION}


def test_the_enter_key_sends_the_form(opener: DialogOpener) -> None:
    dialog = opener("twilio", user="Mei Tanaka")
    fill_in(dialog)
    dialog.press("Enter")
    assert dialog.outcome().confirmed


def test_the_third_partys_window_is_driven_too(opener: DialogOpener, stand_in: StandIn) -> None:
    dialog = opener("slack", user="ext-1005", environment="Production", scopes=["chat:write"])
    dialog.click("Continue to Slack")
    popup = dialog.popup()
    popup.fill("E-mail", "me@example.com")
    popup.fill("Password", "anything")
    popup.press("Enter")
    popup.wait_for_text("wants access")
    assert popup.address.startswith(stand_in.provider_url)
    assert dialog.address.startswith(stand_in.dialog_url)
    popup.click("Allow")
    assert dialog.outcome().confirmed
    with pytest.raises(DialogExpectationError, match="the dialog is over: captured"):
        popup.click("Allow", timeout=0)


def test_a_window_that_is_closed_is_not_there(opener: DialogOpener) -> None:
    dialog = opener("slack", environment="Production", scopes=["chat:write"])
    dialog.click("Continue to Slack")
    popup = dialog.popup()
    with pytest.raises(DialogExpectationError, match="wait until the window is closed: it is open"):
        popup.wait_until_closed(timeout=0.1)
    popup.fill("E-mail", "me@example.com")
    popup.fill("Password", "anything")
    popup.click("Sign in")
    popup.click("Deny")
    popup.wait_until_closed()
    dialog.wait_for_text("try again")
    with pytest.raises(DialogExpectationError, match='click "Deny": the page is not there'):
        popup.click("Deny", timeout=0.1)


def test_a_window_that_closes_meanwhile_has_not_what_was_waited_for(open_page: OpenPage) -> None:
    opening = "setTimeout(() => w.close(), 500); w = window.open('/blank')"
    dialog = open_page(f'<button onclick="{opening}">Open</button>')
    dialog.click("Open")
    popup = dialog.popup()
    with pytest.raises(DialogExpectationError, match=r'text "never": the page (has gone|is not there yet)'):
        popup.wait_for_text("never", timeout=3)


def test_a_window_that_never_opens_is_said(opener: DialogOpener) -> None:
    with pytest.raises(DialogExpectationError, match="wait for a window of the dialog: it has opened none"):
        opener("twilio").popup(timeout=0.1)


def test_closing_is_an_outcome_and_the_end(opener: DialogOpener) -> None:
    dialog = opener("twilio")
    dialog.close()
    assert dialog.outcome().kind is OutcomeKind.CLOSED
    with pytest.raises(DialogExpectationError, match='fill "Account SID": the dialog is over: closed'):
        dialog.fill("Account SID", "AC1")
    with pytest.raises(DialogExpectationError, match="no message has come; the dialog is over"):
        dialog.expect_event("finish")


def test_an_outcome_that_does_not_come_is_said_with_the_page(opener: DialogOpener) -> None:
    dialog = opener("twilio")
    with pytest.raises(DialogExpectationError, match="wait for the outcome: there is none after") as caught:
        dialog.outcome(timeout=0.1)
    assert "Connect Twilio" in str(caught.value)


def test_an_attempt_that_is_out_of_time_has_an_outcome(opener: DialogOpener) -> None:
    assert opener("twilio", timeout=1).outcome().kind is OutcomeKind.TIMED_OUT


POST = "onclick=\"opener.postMessage({{type: '{}', authId: '{}'}}, '*')\""
EVENTS = f"""
<button {POST.format("tray.authpopup.finish", "nonsense")}>Nonsense</button>
<button {POST.format("tray.somethingElse", AUTH_ID)}>Else</button>
<button {POST.format("TRAY.AUTHPOPUP.ERROR", "")}>Error</button>
<button {POST.format("Tray.AuthPopup.Finish", AUTH_ID)}>Finish</button>
"""


def test_events_are_those_that_are_believed_each_once(open_page: OpenPage) -> None:
    dialog = open_page(EVENTS)
    dialog.click("Nonsense")
    dialog.click("Else")
    with pytest.raises(DialogExpectationError) as caught:
        dialog.expect_event("finish", timeout=0.5)
    said = str(caught.value)
    assert "tray.authpopup.finish from http://127.0.0.1:" in said
    assert "finish without something that is an authId" in said
    assert "tray.somethingElse" in said
    dialog.click("Finish")
    finish = dialog.expect_event("finish")
    assert (finish.type, finish.auth_id) == ("Tray.AuthPopup.Finish", AUTH_ID)
    with pytest.raises(DialogExpectationError, match='wait for the event "finish"'):
        dialog.expect_event("finish", timeout=0.1)


def test_an_event_that_no_dialog_has_is_said_at_once(open_page: OpenPage) -> None:
    dialog = open_page(EVENTS)
    for name in ("fnish", "", "tray.authpopup.finish"):
        with pytest.raises(DialogExpectationError) as caught:
            dialog.expect_event(name, timeout=3_600)
        assert str(caught.value) == (
            f'wait for the event "{name}": the dialog has no such event; '
            "there are finish, error, close, cancel, accountIdRequest."
        )
    assert sorted(f"tray.authpopup.{name.lower()}" for name in EVENT_NAMES) == sorted(DialogEventType)
    dialog.click("Error")
    assert dialog.expect_event("ERROR").type == "TRAY.AUTHPOPUP.ERROR"


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"service": "twillio"}, "There is no service 'twillio'"),
        ({"service": "meridian-support"}, "has 2 environments"),
        ({"service": "twilio", "user": "Nobody"}, "There is no end user 'Nobody'"),
        ({"service": "twilio", "scopes": [""]}, "a scope is empty"),
        ({"service": "twilio", "parameters": [("code", "x")]}, "the program itself sets"),
        ({"service": "twilio", "parameters": {"code": "x"}}, "the program itself sets"),
        (
            {"service": "twilio", "parameters": ["code"]},
            "parameters are a mapping of texts, or pairs of texts",
        ),
        (
            {"service": "twilio", "parameters": {"a": 1}},
            "parameters are a mapping of texts, or pairs of texts",
        ),
        ({"service": "twilio", "scenario": "happpy"}, "no scenario 'happpy'; there are happy, .*slow"),
        ({"service": "twilio", "scenario": "slow:"}, "no scenario 'slow:'"),
    ],
)
def test_a_name_that_stands_for_nothing_is_said(
    opener: DialogOpener, asked: dict[str, Any], why: str
) -> None:
    with pytest.raises(DialogExpectationError, match=why):
        opener(**asked)


def test_scenario_and_parameters_stand_in_the_address(open_page: OpenPage) -> None:
    query = "document.body.append(new URLSearchParams(location.search).getAll('NAME').join('|'))"
    dialog = open_page(f"<p><script>{query.replace('NAME', 'scenario')}</script>", scenario="slow")
    dialog.wait_for_text("slow")
    dialog = open_page(f"<p><script>{query.replace('NAME', 'lang')}</script>", parameters=[("lang", "de")])
    dialog.wait_for_text("de")
    dialog = open_page(f"<p><script>{query.replace('NAME', 'lang')}</script>", parameters={"lang": "fr"})
    dialog.wait_for_text("fr")
    dialog = open_page(f"<p><script>{query.replace('NAME', 'scopes[]')}</script>", scopes=["a b", "c"])
    dialog.wait_for_text("a b|c")


def test_nothing_is_left_of_dialogs_that_were_ended(qapp: QApplication, opener: DialogOpener) -> None:
    before = left_in(qapp)
    sessions = [opener("twilio"), opener("slack", environment="Production")]
    sessions[1].click("Continue to Slack")
    sessions[1].popup()
    assert left_in(qapp) > before
    for session in sessions:
        session.end()
    assert left_in(qapp) == before


def left_in(application: QApplication) -> int:
    kinds = (QWebEnginePage, QWebEngineProfile)
    return sum(len(application.findChildren(kind)) for kind in kinds)
