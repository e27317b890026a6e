"""One attempt in a window of its own, and its outcome as one line of JSON."""

from __future__ import annotations

import os
import threading

import click
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from tray_auth_desktop.cli.border import give_up_output
from tray_auth_desktop.cli.collecting import CollectsBetweenEvents
from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.cli.outcome_line import outcome_line
from tray_auth_desktop.cli.start_up import end_start_up
from tray_auth_desktop.core.attempt import Outcome, Phase
from tray_auth_desktop.core.timeline import EventKind, TimelineEvent
from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.gui.create_window import CreateWindow
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.onboarding import words
from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner

_START_UP_MS = 2_000
#: How long the program may take to end when all is said, in seconds.
_END_S = 1.5


class CreateRun(QObject):
    """One attempt and its window; ends the event loop when all is said."""

    def __init__(self, runner: AttemptRunner, journal: Journal, window: CreateWindow) -> None:
        super().__init__()
        self._runner = runner
        self._journal = journal
        self._window = window
        self._outcome: Outcome | None = None
        self._elapsed_ms = 0
        self._why_not_confirmed = ""
        self.exit_code = 1
        window.follow(runner)
        window.close_requested.connect(runner.cancel)
        runner.recorder.journal_failed.connect(say)
        runner.recorder.recorded.connect(self._on_recorded)
        runner.ended.connect(self._on_ended)
        runner.confirmed.connect(self._on_confirmed)
        runner.done.connect(self._on_done)

    def start(self) -> None:
        """Show the window and begin, once the event loop runs: an attempt can end at once."""
        self._window.show()
        QTimer.singleShot(0, self, self._runner.start)
        QTimer.singleShot(_START_UP_MS, self, self._on_started_up)

    def _on_started_up(self) -> None:
        end_start_up()
        CollectsBetweenEvents(self)

    def stop(self) -> None:
        """The program was told to stop: end the attempt, or the search for its confirmation."""
        if self._runner.attempt.phase is Phase.ENDED:
            self._runner.abandon()
        else:
            self._runner.cancel(words.interrupted())

    @Slot(object)
    def _on_recorded(self, event: TimelineEvent) -> None:
        observation = event.observation
        if observation.kind is EventKind.CONFIRMATION and observation.is_problem:
            self._why_not_confirmed = observation.text

    @Slot(object, int)
    def _on_ended(self, outcome: Outcome, elapsed_ms: int) -> None:
        self._outcome, self._elapsed_ms = outcome, elapsed_ms

    @Slot(object)
    def _on_confirmed(self, outcome: Outcome) -> None:
        self._outcome = outcome

    @Slot()
    def _on_done(self) -> None:
        if self._outcome is None:
            return
        attempt = self._runner.attempt
        self.exit_code = self._outcome.exit_code
        try:
            request = attempt.request
            click.echo(
                outcome_line(
                    self._outcome, attempt.attempt_id, request.user_id, self._elapsed_ms, request.kind
                )
            )
        except OSError:
            # nobody reads any more: the journal keeps it, and the next start says so
            give_up_output()
            say("The outcome could not be written to stdout; it is kept in the journal.")
            self.exit_code = 1
        else:
            self._mark_shown(attempt.attempt_id)
        say(self._outcome.message or self._why_not_confirmed)
        self._window.hide()
        self._window.deleteLater()
        QCoreApplication.quit()
        _end_within(_END_S, self.exit_code)

    def _mark_shown(self, attempt_id: str) -> None:
        try:
            self._journal.mark_shown(attempt_id)
        except JournalError as error:
            say(error.explanation)


def _end_within(limit_s: float, exit_code: int) -> None:
    """See to it that the process ends: the answer is written and kept, and nothing else is waited for.

    WORKAROUND: the event loop ends only when the engine has worked off what a page flooded it with; where
    one sets cookies without a pause, that took more than a minute (seen in 6.11.3).
    """
    timer = threading.Timer(limit_s, os._exit, (exit_code,))
    timer.daemon = True
    timer.start()
