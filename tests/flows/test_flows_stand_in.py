"""The main job on the stand-in, with the real engine, from request to confirmed outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tray_auth_desktop.core.attempt import OutcomeKind, Via

if TYPE_CHECKING:
    from tests.flows.conftest import Flow

pytestmark = pytest.mark.webengine


def sign_in_and_allow(flow: Flow) -> None:
    flow.fill("E-mail address", "ava@example.com")
    flow.fill("Password", "correct horse")
    flow.press("Sign in")
    flow.press("Allow")


def test_token_form(flow: Flow) -> None:
    flow.open(flow.request("twilio"))
    flow.fill("Account SID", "AC" + "0" * 32)
    flow.fill("Auth Token", "f" * 32)
    flow.press("Create")

    outcome = flow.wait()

    assert (outcome.kind, outcome.via, outcome.confirmed) == (OutcomeKind.CAPTURED, Via.OPENER, True)
    assert outcome.auth_id in [found.auth_id for found in flow.listed]


def test_oauth_in_a_nested_popup(flow: Flow) -> None:
    flow.open(flow.request("slack", "channels:read", "chat:write"))
    flow.press("Continue to Slack")
    sign_in_and_allow(flow)

    outcome = flow.wait()

    assert (outcome.kind, outcome.via, outcome.confirmed) == (OutcomeKind.CAPTURED, Via.OPENER, True)
    assert outcome.auth_type == "oauth"


def test_oauth_with_a_provider_that_cuts_the_opener_off(flow: Flow) -> None:
    flow.open(flow.request("harbor-crm"))
    flow.press("Continue to Harbor CRM")
    sign_in_and_allow(flow)

    outcome = flow.wait()

    assert (outcome.kind, outcome.confirmed) == (OutcomeKind.CAPTURED, True)
    assert any("lost its opener" in text for text in flow.said)


def test_consent_denied_then_closed(flow: Flow) -> None:
    flow.open(flow.request("slack"))
    flow.press("Continue to Slack")
    flow.fill("E-mail address", "ava@example.com")
    flow.fill("Password", "correct horse")
    flow.press("Sign in")
    flow.press("Deny")
    flow.wait_for_the_dialog()
    flow.press("Close")

    outcome = flow.wait()

    assert (outcome.kind, outcome.auth_id) == (OutcomeKind.CLOSED, None)


def test_closed_by_its_own_button(flow: Flow) -> None:
    flow.open(flow.request("twilio"))
    flow.press("Close")

    assert flow.wait().kind is OutcomeKind.CLOSED
