"""Places what happens in an attempt in time, and writes it down."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from tray_auth_desktop.core.attempt import Outcome
from tray_auth_desktop.core.counts import counted
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.journal import Journal

_logger = logging.getLogger(__name__)

#: Events that one attempt keeps; a page that floods the timeline must not flood the disk.
MAX_EVENTS = 5_000
_FLUSH_AFTER_MS = 500


class Recorder(QObject):
    """The timeline of one attempt.

    Signals:
        recorded(TimelineEvent): something was added.
        journal_failed(str): it cannot be written to disk; says why and what to do. Once.
    """

    recorded = Signal(object)
    journal_failed = Signal(str)

    def __init__(self, attempt_id: str, journal: Journal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._attempt_id = attempt_id
        self._journal = journal
        self._started_at = time.monotonic()
        self._count = 0
        self._has_failed = False
        self._early: list[Observation] | None = []
        self._flush_timer = QTimer(self, singleShot=True, interval=_FLUSH_AFTER_MS)
        self._flush_timer.timeout.connect(self.flush)

    @property
    def elapsed_ms(self) -> int:
        """Milliseconds since the attempt began."""
        return round((time.monotonic() - self._started_at) * 1_000)

    def note(
        self,
        kind: EventKind,
        text: str,
        *,
        is_problem: bool = False,
        **details: str | float | bool | None,
    ) -> None:
        """Add what we did or saw ourselves."""
        self.add(Observation(kind, text, details, is_problem))

    def add(self, observation: Observation) -> None:
        """Add what was observed; before `begin`, for then. Beyond `MAX_EVENTS` only what decides is kept."""
        if self._early is not None:
            self._early.append(observation)
            return
        self._count += 1
        if self._count == MAX_EVENTS:
            text = f"More than {MAX_EVENTS} events: further ones of the page are left out."
            observation = Observation(EventKind.ATTEMPT, text, is_problem=True)
        elif self._count > MAX_EVENTS and observation.kind not in _ALWAYS_KEPT:
            return
        event = TimelineEvent(self.elapsed_ms, observation)
        _logger.info("%6d ms  %s: %s", event.at_ms, observation.kind.value, observation.text)
        self._journal.record(self._attempt_id, event)
        if not self._flush_timer.isActive():
            self._flush_timer.start()
        self.recorded.emit(event)

    def begin(
        self, workspace: str, request: DialogRequest, subject: Subject | None, shown: Mapping[str, str | bool]
    ) -> None:
        """Write down that there is an attempt.

        Args:
            workspace: Its name.
            request: What the attempt is for.
            subject: What people call that.
            shown: What is varied of how the dialog is shown.
        """
        self.write(lambda: self._journal.begin(self._attempt_id, workspace, request, subject))
        early, self._early = self._early or [], None
        started = Observation(EventKind.ATTEMPT, "Attempt started", {"workspace": workspace, **shown})
        for observation in (started, *early):
            self.add(observation)

    def keep_list_before(self, auth_ids: Sequence[str]) -> None:
        """Write down which authentications there were before the dialog opened."""
        self.write(lambda: self._journal.add_listed_before(self._attempt_id, auth_ids))
        self.note(EventKind.API, f"{counted(len(auth_ids), 'authentication')} before the dialog")

    def confirm(self) -> None:
        """Write down that what was captured was seen in the user's list."""
        self.write(lambda: self._journal.confirm(self._attempt_id))

    def settle(self, outcome: Outcome) -> int:
        """Commit the outcome, then return the milliseconds the attempt took."""
        elapsed_ms = self.elapsed_ms
        self.write(lambda: self._journal.settle(self._attempt_id, outcome, elapsed_ms))
        return elapsed_ms

    def flush(self) -> None:
        """Write down what has been added."""
        self.write(self._journal.flush)

    def write(self, work: Callable[[], None]) -> None:
        """Write to the journal; a failure is said aloud and costs nobody the result."""
        try:
            work()
        except JournalError as error:
            if not self._has_failed:
                self._has_failed = True
                self.journal_failed.emit(error.explanation)


_ALWAYS_KEPT = frozenset({EventKind.ATTEMPT, EventKind.OUTCOME, EventKind.CONFIRMATION})
