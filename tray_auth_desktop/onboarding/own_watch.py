"""What the user's list shows to be an attempt's own.

What another attempt made is new in the list as well. The journal knows it, for every copy of the
program that writes to it: such an id is left out, and one that is found is taken there before it counts.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from tray_auth_desktop.core.attempt import Attempt
from tray_auth_desktop.core.dialog_url import DialogKind
from tray_auth_desktop.core.listing import ListComparison, find_authentication, made_by_dialog, without
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.onboarding.context import AttemptContext
from tray_auth_desktop.onboarding.list_watch import ListWatch
from tray_auth_desktop.onboarding.search import Search


class OwnWatch(ListWatch):
    """Looks for what an attempt's dialog made.

    Signals:
        noted(str): something new was left out; says what, and why.
    """

    noted = Signal(str)

    def __init__(self, attempt: Attempt, context: AttemptContext, parent: QObject | None = None) -> None:
        super().__init__(attempt.request.user_id, context, parent)
        self._attempt = attempt

    def compare(
        self, comparison: ListComparison, delays_s: tuple[float, ...], done: Callable[[Search], None]
    ) -> None:
        """Look whether there is something new, now that the dialog is over."""
        limit_s, others = self._context.limits.settle_s, self._of_others()
        self.look(lambda listed: bool(_own(comparison, listed, others)), delays_s, limit_s, done)

    def look_for_made(
        self, comparison: ListComparison, claimed_id: str, done: Callable[[Search], None]
    ) -> None:
        """Look while the dialog is open whether it has made something, or what it claims is there."""
        delays_s, others = self._context.limits.suspected_delays_s, self._of_others()
        limit_s = sum(delays_s) + self._context.limits.settle_s

        def is_made(listed: tuple[Authentication, ...]) -> bool:
            """Whether the list tells what it was."""
            return made_by_dialog(_own(comparison, listed, others), listed, claimed_id) is not None

        self.look(is_made, delays_s, limit_s, done)

    def new_in(
        self, comparison: ListComparison, listed: tuple[Authentication, ...] | None
    ) -> tuple[Authentication, ...] | None:
        """Return what came from the dialog, None if that cannot be told; one alone is taken for it."""
        new = None if listed is None else comparison.new_in(listed)
        if not new or self._attempt.request.kind is DialogKind.EDIT:
            return new
        own = without(self._of_others(), new)
        if len(own) == 1 and not self._take(own[0].auth_id):
            own = ()
        if others := [found.auth_id for found in new if found not in own]:
            self.noted.emit(f"New in the list, but captured by another attempt: {', '.join(others)}")
        return own

    def made_in(
        self, comparison: ListComparison, listed: tuple[Authentication, ...], claimed_id: str
    ) -> Authentication | None:
        """Return what the dialog has made; what it names itself is not doubted."""
        named = find_authentication(listed, claimed_id)
        new = self.new_in(comparison, listed) if named is None else None
        return named or made_by_dialog(new or (), listed, claimed_id)

    def _of_others(self) -> frozenset[str]:
        """Return what other attempts made; nothing for an edit, whose id is the request's own."""
        if self._attempt.request.kind is DialogKind.EDIT:
            return frozenset()
        try:
            return self._context.journal.taken_by_others(self._attempt.attempt_id, self._user_id)
        except JournalError:
            return frozenset()  # the recorder says so, and a result is not given up for it

    def _take(self, auth_id: str) -> bool:
        try:
            return self._context.journal.take(self._attempt.attempt_id, self._user_id, auth_id)
        except JournalError:
            return True  # as above


def _own(
    comparison: ListComparison, listed: tuple[Authentication, ...], others: frozenset[str]
) -> tuple[Authentication, ...]:
    return without(others, comparison.new_in(listed) or ())
