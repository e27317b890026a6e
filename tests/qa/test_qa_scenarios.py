"""Scenarios of the stand-in and presentations of the dialog, as tests use them."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from tests.qa.test_qa_session import fill_in
from tray_auth_desktop.core.attempt import OutcomeKind, Via
from tray_auth_desktop.core.presentation import ColorScheme, Embedding, Presentation
from tray_auth_desktop.qa.errors import DialogExpectationError
from tray_auth_desktop.qa.opener import DialogOpener
from tray_auth_desktop.standin import StandIn

pytestmark = pytest.mark.webengine


def test_a_finish_that_comes_twice(opener: DialogOpener) -> None:
    dialog = opener("twilio", scenario="finish-twice")
    fill_in(dialog)
    dialog.click("Create")
    first = dialog.expect_event("finish")
    assert dialog.expect_event("finish").auth_id == first.auth_id
    assert dialog.outcome().auth_id == first.auth_id


def test_an_error_then_a_second_try(opener: DialogOpener) -> None:
    dialog = opener("twilio", scenario="service-error")
    fill_in(dialog)
    dialog.click("Create")
    error = dialog.expect_event("error")
    assert error.auth_id is None
    assert error.details["error"]


def test_a_result_whose_message_is_lost_is_found_in_the_list(opener: DialogOpener) -> None:
    dialog = opener("twilio", scenario="never-finishes", user="Mei Tanaka")
    fill_in(dialog)
    dialog.click("Create")
    dialog.wait_for_text("you can close")
    dialog.close()
    outcome = dialog.outcome()
    assert (outcome.kind, outcome.via) == (OutcomeKind.CAPTURED, Via.LISTING)
    with pytest.raises(DialogExpectationError, match="no message has come"):
        dialog.expect_event("finish")


def test_consent_that_is_denied(opener: DialogOpener) -> None:
    dialog = opener("slack", environment="Production", scenario="consent-denied")
    dialog.click("Continue to Slack")
    popup = dialog.popup()
    popup.fill("E-mail", "me@example.com")
    popup.fill("Password", "anything")
    popup.click("Sign in")
    dialog.wait_for_text("try again")


def test_a_severed_opener(opener: DialogOpener) -> None:
    dialog = opener("twilio", scenario="severed-opener")
    fill_in(dialog)
    dialog.click("Create")
    assert dialog.expect_event("finish").source == "severed"
    assert dialog.outcome().via is Via.SEVERED_OPENER


def test_a_crash(opener: DialogOpener) -> None:
    dialog = opener("twilio", scenario="renderer-crash")
    fill_in(dialog)
    dialog.click("Create")
    dialog.crash()
    assert dialog.outcome().kind is OutcomeKind.CRASHED


@pytest.mark.parametrize("embedding", list(Embedding))
def test_a_presentation(opener: DialogOpener, stand_in: StandIn, embedding: Embedding) -> None:
    shown = Presentation(embedding=embedding, size=(375, 667), color_scheme=ColorScheme.DARK)
    dialog = opener("twilio", presentation=shown)
    fill_in(dialog)
    picture = QImage.fromData(dialog.screenshot())
    assert (picture.width(), picture.height()) == (375, 667)
    assert dialog.address.startswith(f"{stand_in.dialog_url}/external/auth/create/")
    dialog.press("Enter")
    assert dialog.outcome().confirmed
