"""Runs attempts one at a time, for a window that has room for one dialog."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from tray_auth_desktop.errors import JournalError

if TYPE_CHECKING:  # what runs an attempt is loaded for the first one: the window need not wait for it
    from tray_auth_desktop.core.attempt import Outcome
    from tray_auth_desktop.core.dialog_url import DialogRequest
    from tray_auth_desktop.core.presentation import Presentation
    from tray_auth_desktop.core.subject import Subject
    from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner
    from tray_auth_desktop.onboarding.context import AttemptContext

_TICK_MS = 1_000


class AttemptDesk(QObject):
    """Starts, cancels and repeats attempts, and says how they go.

    Args:
        context: What attempts are run with, or what makes that when it is first needed.

    Signals:
        attempt_started(str): the attempt's id; what it is for is in `request`.
        dialog_made(Dialog): its widget belongs in the window now.
        dialog_dismissed(): the widget is about to be deleted.
        phase_changed(Phase), progress_changed(str): where the attempt stands.
        code_life_changed(int): seconds the code can still be used; -1 when that no longer matters.
        time_left_changed(int): seconds until the attempt is out of time.
        observed(TimelineEvent), ended(Outcome), confirmed(Outcome), listed(tuple): see `AttemptRunner`.
        recovered(tuple[AttemptRecord, ...]): captured earlier by a program that died before it
            could show them.
        journal_failed(str): results are not on disk; says why.
        became_idle(): no attempt is running any more.
    """

    attempt_started = Signal(object)
    dialog_made = Signal(object)
    dialog_dismissed = Signal()
    phase_changed = Signal(object)
    progress_changed = Signal(str)
    code_life_changed = Signal(int)
    time_left_changed = Signal(int)
    observed = Signal(object)
    ended = Signal(object)
    confirmed = Signal(object)
    listed = Signal(object)
    recovered = Signal(object)
    journal_failed = Signal(str)
    became_idle = Signal()

    def __init__(
        self, context: AttemptContext | Callable[[], AttemptContext], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._made_context = context
        self._runner: AttemptRunner | None = None
        self._next: tuple[DialogRequest, Subject | None, Presentation | None] | None = None
        self._presentation: Presentation | None = None
        self._code_expires_at: float | None = None
        self._has_ended = True
        self._seen: list[str] = []
        self._ticks = QTimer(self, interval=_TICK_MS)
        self._ticks.timeout.connect(self._on_tick)
        self.request: DialogRequest | None = None
        self._subject: Subject | None = None

    @property
    def _context(self) -> AttemptContext:
        if callable(self._made_context):
            self._made_context = self._made_context()
        return self._made_context

    @property
    def is_running(self) -> bool:
        """Whether an attempt has no outcome yet."""
        return not self._has_ended

    def start(
        self, request: DialogRequest, subject: Subject | None = None, presentation: Presentation | None = None
    ) -> None:
        """Begin an attempt; if one is running, it is ended first.

        Args:
            request: What it is for.
            subject: What people call that; kept in the journal.
            presentation: How the dialog is shown to its page; None for what every attempt has.
        """
        if self.is_running:
            self._next = (request, subject, presentation)
            self.cancel()
            return
        from tray_auth_desktop.onboarding.api_calls import observed_runner

        self._drop_runner()
        self.request, self._subject, self._has_ended = request, subject, False
        self._presentation = presentation
        shown = {"presentation": presentation} if presentation is not None else {}
        runner = observed_runner(request, self._context, self, subject=subject, **shown)
        self._runner = runner
        self._connect(runner)
        self.attempt_started.emit(runner.attempt.attempt_id)
        self._ticks.start()
        runner.start()
        self._on_tick()

    def cancel(self) -> None:
        """The person wants out of the running attempt."""
        if self._runner is not None and self.is_running:
            self._runner.cancel()

    def new_code(self) -> None:
        """Begin again with a fresh code, for what the last attempt was for."""
        if self.request is not None:
            self.start(self.request, self._subject, self._presentation)

    def acknowledge(self, attempt_id: str) -> None:
        """The outcome of an attempt has been seen on screen.

        It counts as shown once the program ends as it should: who is cut off a moment after
        the result appeared may not have got it, and finds it at the next start.
        """
        self._seen.append(attempt_id)

    def _mark_seen(self) -> None:
        seen, self._seen = self._seen, []
        try:
            for attempt_id in seen:
                self._context.journal.mark_shown(attempt_id)
        except JournalError as error:
            self.journal_failed.emit(error.explanation)

    def announce_recovered(self) -> None:
        """Say what earlier runs of the program captured and could not show."""
        try:
            records = self._context.journal.captured_but_not_shown()
        except JournalError as error:
            self.journal_failed.emit(error.explanation)
            return
        if records:
            self.recovered.emit(records)

    def close(self) -> None:
        """End the attempt if one runs, and let go of its parts."""
        self._next = None
        if self._runner is not None and self._runner.attempt.outcome is None:
            self._runner.cancel()
            self._runner.cancel()
        self._drop_runner()
        self._mark_seen()

    def _connect(self, runner: AttemptRunner) -> None:
        runner.dialog_made.connect(self.dialog_made)
        runner.phase_changed.connect(self.phase_changed)
        runner.progress_changed.connect(self.progress_changed)
        runner.code_minted.connect(self._on_code_minted)
        runner.loaded.connect(self._on_loaded)
        runner.listed.connect(self.listed)
        runner.ended.connect(self._on_ended)
        runner.confirmed.connect(self.confirmed)
        runner.recorder.recorded.connect(self.observed)
        runner.recorder.journal_failed.connect(self.journal_failed)

    def _on_code_minted(self, expires_at: float) -> None:
        self._code_expires_at = expires_at
        self._on_tick()

    def _on_loaded(self) -> None:
        self._code_expires_at = None
        self.code_life_changed.emit(-1)

    def _on_tick(self) -> None:
        if self._runner is None or self._has_ended:
            return
        self.time_left_changed.emit(self._runner.time_left_s)
        if self._code_expires_at is not None:
            self.code_life_changed.emit(max(0, round(self._code_expires_at - time.time())))

    def _on_ended(self, outcome: Outcome, _elapsed_ms: int) -> None:
        self._has_ended = True
        self._ticks.stop()
        self._on_loaded()
        self.dialog_dismissed.emit()
        self.ended.emit(outcome)
        following, self._next = self._next, None
        if following is not None and outcome.auth_id is None:
            QTimer.singleShot(0, self, lambda: self.start(*following))
        else:
            self.became_idle.emit()

    def _drop_runner(self) -> None:
        """End the last attempt's search for a confirmation and delete it."""
        if self._runner is not None:
            self._runner.abandon()
            self._runner.deleteLater()
            self._runner = None
