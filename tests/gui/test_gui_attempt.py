"""An attempt as the person sees it, from the click to the confirmed authId."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Phase, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.gui.durations import clock

if TYPE_CHECKING:
    from tests.gui.conftest import Stage

AUTH_ID = "5d0f6c0a-4b3e-4f57-9d4e-2f1b7c9a8e10"


@dataclass(frozen=True)
class Record:
    attempt_id: str
    auth_id: str | None
    started_at: float
    confirmed: bool = False
    via: Via | None = Via.OPENER
    request: DialogRequest = field(default_factory=lambda: DialogRequest("user-9", "s", "e"))


def offers_of(stage: Stage) -> list[str]:
    buttons = stage.window.parts.centre.guide.findChildren(QPushButton)
    return [button.text() for button in buttons if button.isVisible()]


def press(stage: Stage, text: str) -> None:
    buttons = stage.window.parts.centre.findChildren(QPushButton)
    next(button for button in buttons if button.text() == text and button.isVisible()).click()


def test_the_centre_says_what_to_do_next(stage: Stage) -> None:
    guide = stage.window.parts.centre.guide
    assert guide.title == "Collect a credential"
    stage.choose()
    assert guide.title == "Ready to open the dialog"
    assert "Michael Scott authenticates with Slack (Production)." in guide.text
    stage.window.attempt.open_dialog()
    assert guide.title == "Preparing the dialog"
    assert guide.text.startswith("Making a single-use code…")
    assert offers_of(stage) == ["Cancel"]
    press(stage, "Cancel")
    assert stage.desk.cancels == 1


def test_the_dialog_takes_the_centre_and_the_keyboard(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    dialog = stage.desk.open()
    centre = stage.window.parts.centre
    assert dialog.widget().isVisible()
    assert centre.isAncestorOf(dialog.widget())
    qtbot.waitUntil(dialog.line.hasFocus)
    assert stage.window.statusBar().currentMessage() == "Loading the dialog…"
    QTest.keyClick(dialog.line, Qt.Key.Key_Backtab)
    before = QApplication.focusWidget()
    assert before is not None
    assert before.accessibleName() == "Cancel the attempt"


def test_the_bar_counts_down_code_and_time(stage: Stage) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.desk.open()
    bar = stage.window.parts.centre.bar
    stage.desk.code_life_changed.emit(245)
    stage.desk.time_left_changed.emit(890)
    assert (bar.code_text, bar.limit_text) == ("Code valid for 4:05", "Time left 14:50")
    stage.desk.code_life_changed.emit(0)
    assert bar.code_text == "The code has expired: ask for a new one"
    stage.desk.code_life_changed.emit(-1)
    assert bar.code_text == ""
    press(stage, "&New code")
    assert len(stage.desk.requests) == 2
    assert stage.desk.requests[0] == stage.desk.requests[1]


def test_comparing_lists_is_shown_in_place_of_the_dialog(stage: Stage) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.desk.open()
    stage.desk.phase_changed.emit(Phase.SETTLING)
    stage.desk.progress_changed.emit("Comparing lists…")
    assert stage.window.parts.centre.guide.isVisible()
    assert stage.window.parts.centre.guide.title == "Checking the result"
    assert stage.window.parts.centre.guide.text.startswith("Comparing lists…")


def test_a_captured_id_is_shown_then_acknowledged_then_confirmed(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.desk.open()
    outcome = stage.desk.capture()
    result = stage.window.parts.result
    assert result.auth_id == AUTH_ID
    assert result.state_text == "Captured. Looking for it in the user's list…"
    assert not stage.window.parts.centre.has_dialog
    qtbot.waitUntil(lambda: stage.desk.acknowledged == ["attempt-1"])
    stage.desk.confirmed.emit(replace(outcome, confirmed=True))
    assert result.state_text == "Confirmed: it is in the user's list."
    assert offers_of(stage) == ["Copy authId", "Open again with a new code"]
    press(stage, "Copy authId")
    assert QGuiApplication.clipboard().text() == AUTH_ID


def test_a_result_nobody_could_see_is_not_acknowledged(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.window.hide()
    stage.desk.capture()
    with qtbot.assertNotEmitted(stage.window.parts.result.painted, wait=50):
        assert stage.desk.acknowledged == []
    stage.window.show()
    qtbot.waitUntil(lambda: stage.desk.acknowledged == ["attempt-1"])


def test_an_id_that_is_not_in_the_list_is_shown_but_not_called_confirmed(stage: Stage) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    outcome = stage.desk.capture()
    stage.desk.confirmed.emit(outcome)
    assert stage.window.parts.result.auth_id == AUTH_ID
    assert stage.window.parts.result.state_text.startswith("Captured, but not confirmed")


def test_an_id_found_by_listing_is_confirmed_at_once(stage: Stage) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.desk.capture(via=Via.LISTING)
    assert stage.window.parts.result.state_text == "Confirmed: it is in the user's list."


def test_a_late_confirmation_of_another_attempt_says_nothing(stage: Stage) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    first = stage.desk.capture("id-first")
    stage.window.attempt.open_dialog()
    stage.desk.capture("id-second")
    stage.desk.confirmed.emit(replace(first, confirmed=True))
    assert stage.window.parts.result.auth_id == "id-second"
    assert stage.window.parts.result.state_text == "Captured. Looking for it in the user's list…"


def test_the_attempts_list_replaces_the_table_and_marks_the_new_row(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    table = stage.window.parts.table
    qtbot.waitUntil(lambda: table.model.rowCount() == 2)
    stage.window.attempt.open_dialog()
    stage.desk.capture()
    stage.desk.listed.emit((*stage.client.lists["user-1"], Authentication(AUTH_ID, "Fresh")))
    assert table.model.rowCount() == 3
    assert table.view.selected_ids() == (AUTH_ID,)


def test_a_list_of_the_user_before_does_not_show_up_at_the_next(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.desk.capture()
    stage.window.parts.form.user_picker.choose("user-2")
    table = stage.window.parts.table
    qtbot.waitUntil(lambda: table.blank_text == "This end user has no authentications yet.")
    stage.desk.listed.emit((Authentication(AUTH_ID, "Fresh"),))
    assert table.model.rowCount() == 0


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (OutcomeKind.CLOSED, "The dialog was closed"),
        (OutcomeKind.FAILED, "The dialog failed"),
        (OutcomeKind.TIMED_OUT, "Out of time"),
        (OutcomeKind.CRASHED, "The web engine broke down"),
        (OutcomeKind.API_ERROR, "The dialog could not be opened"),
    ],
)
def test_without_a_result_the_centre_explains_and_offers_a_new_code(
    stage: Stage, kind: OutcomeKind, title: str
) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.desk.open()
    stage.desk.fail(kind, "This is why. Try again.")
    guide = stage.window.parts.centre.guide
    assert (guide.title, guide.text) == (title, "This is why. Try again.")
    assert stage.window.parts.result.auth_id == ""
    assert stage.desk.acknowledged == ["attempt-1"]
    press(stage, "Copy text")
    assert QGuiApplication.clipboard().text() == f"{title}\nThis is why. Try again."
    press(stage, "Open again with a new code")
    assert len(stage.desk.requests) == 2


def test_an_earlier_result_stays_while_a_later_attempt_fails(stage: Stage) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.desk.capture()
    stage.window.attempt.open_dialog()
    assert stage.window.parts.result.title == "Captured authId, of an attempt before"
    stage.desk.fail(OutcomeKind.CLOSED, "Closed.")
    assert stage.window.parts.result.auth_id == AUTH_ID
    stage.window.attempt.open_dialog()
    stage.desk.capture("id-2")
    assert stage.window.parts.result.title == "Captured authId"


def test_each_attempt_has_a_timeline_of_its_own(stage: Stage) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.desk.observe("First", 1)
    stage.desk.fail(OutcomeKind.CLOSED, "Closed.")
    stage.desk.observe("After the end", 2)
    assert len(stage.window.parts.timeline.lines()) == 2
    stage.window.attempt.open_dialog()
    assert stage.window.parts.timeline.lines() == ()


def test_what_was_captured_before_a_crash_is_shown_and_acknowledged(stage: Stage, qtbot: QtBot) -> None:
    records = tuple(Record(f"old-{number}", f"id-{number}", 1_700_000_000.0 + number) for number in range(7))
    stage.desk.recovered.emit(records)
    recovered = stage.window.parts.recovered
    assert recovered.isVisible()
    assert recovered.auth_ids == ("id-6", "id-5", "id-4", "id-3", "id-2")
    qtbot.waitUntil(lambda: sorted(stage.desk.acknowledged) == ["old-2", "old-3", "old-4", "old-5", "old-6"])


def test_a_second_attempt_while_one_runs_is_not_started(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    for _ in range(2):
        QTest.keyClick(stage.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(stage.desk.requests) == 1


def test_a_journal_that_cannot_write_is_told(stage: Stage) -> None:
    stage.desk.journal_failed.emit("The disk is full.")
    assert stage.window.notices.texts == ("The disk is full.",)
    assert stage.window.notices.isVisible()


def test_outcome_without_a_message_still_says_something(stage: Stage) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.desk.end(Outcome(OutcomeKind.FAILED))
    assert stage.window.parts.centre.guide.text == "Nothing more is known."


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59, "0:59"), (61, "1:01"), (3_661, "1:01:01"), (-5, "0:00")]
)
def test_spans_are_read_as_a_clock(seconds: int, text: str) -> None:
    assert clock(seconds) == text
