"""What the history page needs of the journal, so that it knows no file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tray_auth_desktop.core.timeline import TimelineEvent
from tray_auth_desktop.onboarding.past_attempt import PastAttempt


class PastAttempts(Protocol):
    """The part of `journal.Journal` that the page reads. Called on Qt's thread: it takes milliseconds."""

    def attempts(self, limit: int = ..., *, before: str = ...) -> Sequence[PastAttempt]:
        """Return the latest attempts, newest first; with `before`, those older than that one."""
        ...

    def count_attempts(self) -> int:
        """Return how many there are."""
        ...

    def attempt(self, attempt_id: str) -> PastAttempt | None:
        """Return one attempt; None if there is none of this id."""
        ...

    def timeline(self, attempt_id: str) -> Sequence[TimelineEvent]:
        """Return the events of one attempt, in order."""
        ...
