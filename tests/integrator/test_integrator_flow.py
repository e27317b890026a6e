"""An integrator's own web application works against the stand-in as it does against Tray."""

from __future__ import annotations

import pytest

from tests.integrator.browsing import (
    APPLICATION,
    DIALOG_FRAME,
    DIALOG_WINDOW,
    Browser,
    Where,
    make_twilio,
)
from tests.integrator.conftest import Integration

pytestmark = pytest.mark.webengine
OPENER_POLICY = "Cross-Origin-Opener-Policy"


def sign_in(browser: Browser, where: Where, decision: str = "Allow") -> None:
    """Sign in at the third party, and decide."""
    browser.fill(where, "E-mail address", "mei@example.com")
    browser.fill(where, "Password", "anything")
    browser.press(where, "Sign in")
    browser.press(where, decision)


def assert_finished(browser: Browser, integration: Integration) -> None:
    """The page was told the id of what its back end finds listed, and nothing is left of the dialog."""
    auth_id = browser.wait_for(APPLICATION, "outcome", r"finish (\S+)")[1]
    assert [one["id"] for one in integration.tray.authentications()] == [auth_id]
    browser.wait_for(APPLICATION, "authentications", r"\s*Mei Tanaka's")
    browser.wait_for_windows(1)
    browser.wait_for(APPLICATION, "listening", "no")


@pytest.mark.parametrize(
    ("button", "dialog"), [("Connect Twilio", DIALOG_WINDOW), ("Twilio on this page", DIALOG_FRAME)]
)
def test_the_dialog_asks_for_a_key(
    button: str, dialog: Where, browser: Browser, integration: Integration
) -> None:
    browser.visit(integration.origin)
    browser.press(APPLICATION, button)
    make_twilio(browser, dialog)
    assert_finished(browser, integration)


@pytest.mark.parametrize(
    ("button", "dialog", "third_party"),
    [("Connect Slack", DIALOG_WINDOW, Where(2)), ("Slack on this page", DIALOG_FRAME, Where(1))],
)
def test_the_dialog_sends_the_person_to_a_third_party(
    button: str, dialog: Where, third_party: Where, browser: Browser, integration: Integration
) -> None:
    browser.visit(integration.origin)
    browser.press(APPLICATION, button)
    browser.press(dialog, "Continue to Slack")
    sign_in(browser, third_party)
    assert_finished(browser, integration)


def test_a_third_party_that_cuts_its_window_off(browser: Browser, integration: Integration) -> None:
    browser.visit(integration.origin)
    browser.press(APPLICATION, "Connect Harbor")
    browser.press(DIALOG_WINDOW, "Continue to Harbor CRM")
    sign_in(browser, Where(2))
    browser.wait_for(Where(2), "ended", "You are signed in")
    browser.close(Where(2))
    browser.press(DIALOG_WINDOW, "I have finished signing in")
    assert_finished(browser, integration)


def test_a_person_may_deny_and_try_again(browser: Browser, integration: Integration) -> None:
    browser.visit(integration.origin)
    browser.press(APPLICATION, "Connect Slack")
    browser.press(DIALOG_WINDOW, "Continue to Slack")
    sign_in(browser, Where(2), "Deny")
    browser.wait_for(DIALOG_WINDOW, "problem", "Access to Slack was denied")
    browser.wait_for_windows(2)
    browser.press(DIALOG_WINDOW, "Continue to Slack")
    sign_in(browser, Where(2))
    assert_finished(browser, integration)


@pytest.mark.parametrize(
    ("button", "where"), [("Connect Twilio", DIALOG_WINDOW), ("Twilio on this page", DIALOG_FRAME)]
)
def test_the_dialog_is_closed(button: str, where: Where, browser: Browser, integration: Integration) -> None:
    browser.visit(integration.origin)
    browser.press(APPLICATION, button)
    browser.press(where, "Close")
    browser.wait_for(APPLICATION, "outcome", "close")
    browser.wait_for_windows(1)
    browser.wait_for(APPLICATION, "listening", "no")
    assert integration.tray.authentications() == []


def test_the_window_is_closed_without_a_word(browser: Browser, integration: Integration) -> None:
    browser.visit(integration.origin)
    browser.press(APPLICATION, "Connect Twilio")
    browser.fill(DIALOG_WINDOW, "Account SID", "AC0123")
    browser.close(DIALOG_WINDOW)
    browser.wait_for(APPLICATION, "outcome", "gone")
    browser.wait_for(APPLICATION, "listening", "no")


def test_the_dialog_cannot_be_shown(browser: Browser, integration: Integration) -> None:
    browser.visit(integration.origin)
    browser.press(APPLICATION, "Connect what does not match")
    browser.wait_for(APPLICATION, "outcome", "error The serviceEnvironmentId does not belong")
    browser.wait_for_windows(1)
    browser.wait_for(APPLICATION, "listening", "no")


def test_a_page_cannot_call_the_api(browser: Browser, integration: Integration) -> None:
    address = f"{integration.origin}/pages/browser_call.html#{integration.stand_in.graphql_url}"
    browser.visit(address)
    browser.wait_for(APPLICATION, "outcome", "refused TypeError")
    browser.wait_for_console("blocked by CORS policy")


@pytest.mark.parametrize("stand_in", [{"frame_ancestors": ["http://localhost:*"]}], indirect=True)
def test_a_page_on_the_list_may_show_the_dialog(browser: Browser, integration: Integration) -> None:
    browser.visit(integration.origin)
    browser.press(APPLICATION, "Twilio on this page")
    make_twilio(browser, DIALOG_FRAME)
    assert_finished(browser, integration)


@pytest.mark.parametrize("stand_in", [{"frame_ancestors": ["https://app.example"]}], indirect=True)
def test_a_page_that_is_not_on_the_list_opens_a_window(browser: Browser, integration: Integration) -> None:
    browser.visit(integration.origin)
    browser.press(APPLICATION, "Twilio on this page")
    browser.wait_for_console("frame-ancestors")
    browser.press(APPLICATION, "Connect Twilio")
    make_twilio(browser, DIALOG_WINDOW)
    browser.wait_for(APPLICATION, "outcome", r"finish \S+")


@pytest.mark.parametrize("page_headers", [{OPENER_POLICY: "same-origin-allow-popups"}], indirect=True)
def test_a_page_that_isolates_itself_and_allows_windows(browser: Browser, integration: Integration) -> None:
    browser.visit(integration.origin)
    browser.press(APPLICATION, "Connect Twilio")
    make_twilio(browser, DIALOG_WINDOW)
    assert_finished(browser, integration)


@pytest.mark.parametrize("page_headers", [{OPENER_POLICY: "same-origin"}], indirect=True)
def test_a_page_that_isolates_itself_hears_nothing(browser: Browser, integration: Integration) -> None:
    browser.visit(integration.origin)
    browser.press(APPLICATION, "Connect Twilio")
    browser.wait_for(APPLICATION, "outcome", "gone")
    make_twilio(browser, DIALOG_WINDOW)
    browser.wait_for_windows(1)
    browser.wait_for(APPLICATION, "outcome", "gone$")
    assert len(integration.tray.authentications()) == 1
