"""The desk: one attempt at a time, a new code, the countdowns, and what an earlier run left behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import SignalInstance
from pytestqt.qtbot import QtBot

from tests.onboarding.attempt_bench import (
    AUTH_ID,
    OTHER_ID,
    PATIENCE_MS,
    REQUEST,
    AttemptBench,
    ToldDialog,
    ToldDialogs,
    listed,
)
from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.core.dialog_state import WindowGone
from tray_auth_desktop.core.dialog_url import CODE_LIFETIME_S, DialogRequest
from tray_auth_desktop.journal import AttemptRecord
from tray_auth_desktop.onboarding.desk import AttemptDesk


class Desk:
    """A desk, and what it said."""

    def __init__(self, bench: AttemptBench, dialogs: ToldDialogs, qtbot: QtBot) -> None:
        self.desk = AttemptDesk(bench.context())
        self._dialogs = dialogs
        self._qtbot = qtbot
        self.order: list[str] = []
        self.started = self._heard("attempt_started", self.desk.attempt_started)
        self.ended = self._heard("ended", self.desk.ended)
        self.dismissed = self._heard("dialog_dismissed", self.desk.dialog_dismissed)
        self.idle = self._heard("became_idle", self.desk.became_idle)
        self.confirmed = self._heard("confirmed", self.desk.confirmed)
        self.code_life = self._heard("code_life", self.desk.code_life_changed)
        self.time_left = self._heard("time_left", self.desk.time_left_changed)
        self.recovered = self._heard("recovered", self.desk.recovered)
        self.journal_failed = self._heard("journal_failed", self.desk.journal_failed)

    def _heard(self, name: str, signal: SignalInstance) -> list[object]:
        values: list[object] = []

        def hear(*arguments: object) -> None:
            values.append(arguments[0] if arguments else None)
            self.order.append(name)

        signal.connect(hear)
        return values

    @property
    def dialog(self) -> ToldDialog:
        """The dialog made last."""
        return self._dialogs.made[-1]

    @property
    def outcomes(self) -> list[Outcome]:
        """How attempts ended."""
        return [outcome for outcome in self.ended if isinstance(outcome, Outcome)]

    def start_open(self, request: DialogRequest = REQUEST) -> None:
        """Begin an attempt and wait until its dialog is open."""
        self.desk.start(request)
        self.wait_for_open(len(self._dialogs.made))

    def wait_for_open(self, count: int) -> None:
        """Wait until the dialog of the attempt with that number is open."""
        self.wait_until(lambda: len(self._dialogs.made) == count and bool(self.dialog.launches))

    def is_running(self) -> bool:
        """Whether an attempt has no outcome yet."""
        return self.desk.is_running

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Run the event loop until a condition holds."""
        self._qtbot.waitUntil(is_so, timeout=PATIENCE_MS)


@pytest.fixture
def desk(bench: AttemptBench, dialogs: ToldDialogs, qtbot: QtBot, closings: list[object]) -> Desk:
    desk = Desk(bench, dialogs, qtbot)
    closings.insert(0, desk.desk.close)
    return desk


def test_attempt_from_start_to_idle(bench: AttemptBench, desk: Desk) -> None:
    assert not desk.is_running()
    desk.start_open()
    assert desk.is_running()
    assert desk.desk.request == REQUEST
    bench.client.authentications = [listed(AUTH_ID)]
    desk.dialog.finish()
    assert not desk.is_running()
    assert desk.outcomes[0].auth_id == AUTH_ID
    desk.wait_until(lambda: bool(desk.confirmed))
    assert len(desk.started) == len(desk.idle) == len(desk.dismissed) == 1
    assert [name for name in desk.order if name in ("dialog_dismissed", "ended", "confirmed")] == [
        "dialog_dismissed",
        "ended",
        "confirmed",
    ]


def test_cancel(desk: Desk) -> None:
    desk.start_open()
    desk.desk.cancel()
    desk.wait_until(lambda: bool(desk.outcomes))
    assert desk.outcomes[0].kind is OutcomeKind.CLOSED
    desk.desk.cancel()
    assert len(desk.outcomes) == 1


def test_new_code_ends_the_old_attempt_and_begins_another(bench: AttemptBench, desk: Desk) -> None:
    desk.start_open()
    desk.desk.new_code()
    desk.wait_for_open(2)
    assert [outcome.kind for outcome in desk.outcomes] == [OutcomeKind.CLOSED]
    assert len(desk.started) == 2
    assert desk.desk.request == REQUEST
    assert bench.client.codes == 2
    assert desk.idle == []
    assert desk.is_running()


def test_new_code_after_the_end_begins_another(bench: AttemptBench, desk: Desk) -> None:
    desk.start_open()
    desk.dialog.say('{"type": "tray.authPopup.error", "error": "expired"}')
    desk.wait_until(lambda: bool(desk.outcomes))
    desk.desk.new_code()
    desk.wait_for_open(2)
    assert bench.client.codes == 2


def test_new_code_without_an_attempt_does_nothing(desk: Desk) -> None:
    desk.desk.new_code()
    assert desk.started == []


def test_other_request_takes_over(desk: Desk) -> None:
    other = DialogRequest("user-2", "service-2", "environment-2")
    desk.start_open()
    desk.desk.start(other)
    desk.wait_for_open(2)
    assert desk.desk.request == other
    assert len(desk.outcomes) == 1


def test_result_found_while_changing_over_is_not_buried(bench: AttemptBench, desk: Desk) -> None:
    """The old dialog turns out to have made something: that is shown, and no other dialog opens over it."""
    desk.start_open()
    bench.client.authentications = [listed(AUTH_ID)]
    desk.desk.new_code()
    desk.wait_until(lambda: bool(desk.idle))
    assert [outcome.auth_id for outcome in desk.outcomes] == [AUTH_ID]
    assert len(desk.started) == 1


def test_code_life_counts_down_until_the_dialog_is_there(desk: Desk) -> None:
    desk.start_open()
    desk.wait_until(lambda: bool(desk.code_life))
    first = desk.code_life[0]
    assert isinstance(first, int)
    assert CODE_LIFETIME_S - 5 <= first <= CODE_LIFETIME_S
    desk.wait_until(lambda: len(desk.code_life) >= 3)
    lives = [life for life in desk.code_life if isinstance(life, int)]
    assert lives == sorted(lives, reverse=True)
    desk.dialog.loaded.emit()
    assert desk.code_life[-1] == -1
    seen, ticks = len(desk.code_life), len(desk.time_left)
    desk.wait_until(lambda: len(desk.time_left) > ticks)
    assert len(desk.code_life) == seen


def test_code_life_is_over_with_the_attempt(desk: Desk) -> None:
    desk.start_open()
    desk.dialog.finish()
    assert desk.code_life[-1] == -1


def test_time_left_is_told_from_the_start(desk: Desk) -> None:
    desk.start_open()
    assert desk.time_left
    assert all(isinstance(left, int) and 0 < left <= 30 for left in desk.time_left)


def test_closing_ends_the_attempt_at_once(bench: AttemptBench, desk: Desk) -> None:
    desk.start_open()
    bench.client.may_list.clear()
    desk.desk.close()
    assert [outcome.kind for outcome in desk.outcomes] == [OutcomeKind.CLOSED]
    assert desk.dialog.disposals == 1
    assert bench.journal.attempts()[0].outcome is OutcomeKind.CLOSED
    desk.desk.close()


def test_closing_while_confirming_keeps_the_result(bench: AttemptBench, desk: Desk) -> None:
    desk.start_open()
    bench.client.may_list.clear()
    desk.dialog.finish()
    desk.desk.close()
    assert bench.journal.attempts()[0].auth_id == AUTH_ID
    assert desk.dialog.disposals == 1


def test_next_attempt_ends_the_search_of_the_last(bench: AttemptBench, desk: Desk) -> None:
    bench.limit(confirm_delays_s=(60.0,))
    desk.start_open()
    desk.dialog.finish()
    first = desk.dialog
    desk.start_open()
    assert first.disposals == 1
    desk.dialog.finish(OTHER_ID)
    assert [outcome.auth_id for outcome in desk.outcomes] == [AUTH_ID, OTHER_ID]


def test_what_was_captured_and_not_shown_is_recovered(bench: AttemptBench, desk: Desk) -> None:
    desk.desk.announce_recovered()
    assert desk.recovered == []
    bench.journal.begin("earlier", "test", REQUEST)
    bench.journal.settle("earlier", Outcome.captured(AUTH_ID, Via.OPENER), 10)
    desk.desk.announce_recovered()
    (records,) = desk.recovered
    assert isinstance(records, tuple)
    (record,) = records
    assert isinstance(record, AttemptRecord)
    assert record.auth_id == AUTH_ID
    desk.desk.acknowledge("earlier")
    desk.desk.announce_recovered()
    assert len(desk.recovered) == 2, "who is cut off now may not have got it"
    desk.desk.close()
    desk.desk.announce_recovered()
    assert len(desk.recovered) == 2


def test_what_a_window_showed_is_not_recovered(bench: AttemptBench, desk: Desk) -> None:
    desk.start_open()
    desk.dialog.finish()
    (attempt_id,) = desk.started
    desk.desk.acknowledge(str(attempt_id))
    assert len(bench.journal.captured_but_not_shown()) == 1
    desk.desk.close()
    assert bench.journal.captured_but_not_shown() == ()


def test_dialog_that_closes_itself_leaves_the_desk_idle(desk: Desk) -> None:
    desk.start_open()
    desk.dialog.gone.emit(WindowGone.BY_PAGE)
    desk.wait_until(lambda: bool(desk.idle))
    assert not desk.is_running()
