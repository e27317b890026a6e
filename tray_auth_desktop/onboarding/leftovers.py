"""Attempts that a program began and did not live to end: the user's list says what became of them.

A program can be killed while its dialog is open. The person may have finished the dialog in the
moment before; so at the next start with the same workspace the list from before the dialog, which
is in the journal, is compared with the list of now. What other attempts captured is theirs, and what
another one can have made as well is nobody's: it is named, and not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QObject, Signal

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.core.dialog_url import DialogKind
from tray_auth_desktop.core.listing import new_since, without
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.errors import JournalError, TrayAuthError
from tray_auth_desktop.journal import Journal, LeftOpen
from tray_auth_desktop.onboarding.ports import AttemptClient
from tray_auth_desktop.onboarding.tasks import Task, Tasks
from tray_auth_desktop.onboarding.words import AGAIN

_CUT_OFF = "The program ended during this attempt."


class Leftovers(QObject):
    """Resolves what earlier runs of the program left open, for one workspace.

    Signals:
        resolved(str, Outcome): an attempt has its outcome now; it is in the journal.
        failed(str): something could not be resolved; the next start will try again.
        done(): nothing more will come.
    """

    resolved = Signal(str, object)
    failed = Signal(str)
    done = Signal()

    def __init__(
        self,
        workspace: str,
        journal: Journal,
        client: Callable[[], AttemptClient],
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._journal = journal
        self._client = client
        self._tasks = tasks
        self._left: dict[str, list[LeftOpen]] = {}
        self._waiting: dict[str, list[LeftOpen]] = {}
        self._cut_off: tuple[LeftOpen, ...] = ()
        self._under_way: list[Task] = []

    def start(self, leave_to_attempt: str = "") -> None:
        """Begin; each end user's list is fetched once.

        Args:
            leave_to_attempt: An end user for whom an attempt is about to begin. It fetches the list
                before its dialog opens, to be handed to `use_list`: one fetched later could hold what
                that dialog made.
        """
        try:
            self._cut_off = self._journal.left_open(self._workspace)
            for left in self._cut_off:
                self._take(left)
        except JournalError as error:
            self.failed.emit(error.explanation)
        for user_id in tuple(self._left):
            if user_id != leave_to_attempt:
                self._fetch(user_id)
        self._tell_if_done()

    def use_list(self, user_id: str, listed: tuple[Authentication, ...]) -> None:
        """Resolve what is still open of an end user by a list that somebody else fetched."""
        for left in (*self._left.pop(user_id, ()), *self._waiting.pop(user_id, ())):
            try:
                self._resolve(left, listed)
            except JournalError as error:
                self.failed.emit(error.explanation)
        self._tell_if_done()

    def cancel(self) -> None:
        """Stop; what is not resolved is left for the next start."""
        for task in self._under_way:
            task.cancel()
        self._left.clear()
        self._waiting.clear()

    def _take(self, left: LeftOpen) -> None:
        if left.listed_before is None:
            self._settle(left, _unknown(f"There is no list from before the dialog to compare with. {AGAIN}"))
        else:
            self._left.setdefault(left.record.request.user_id, []).append(left)

    def _fetch(self, user_id: str) -> None:
        self._under_way.append(
            self._tasks.submit(
                lambda: self._client().authentications_of(user_id),
                lambda listed: self.use_list(user_id, listed),
                lambda error: self._on_list_failed(user_id, error),
            )
        )

    def _on_list_failed(self, user_id: str, error: Exception) -> None:
        self._left.pop(user_id, None)
        why = error.explanation if isinstance(error, TrayAuthError) else type(error).__name__
        self.failed.emit(f"An attempt that was cut off could not be looked up: {why}")
        self._tell_if_done()

    def _resolve(self, left: LeftOpen, listed: tuple[Authentication, ...]) -> None:
        """Settle by the list; not while an attempt that runs can have made what is new: it will tell.

        Raises:
            JournalError: it is left for the next start.
        """
        record, journal = left.record, self._journal
        user_id, current = record.request.user_id, journal.attempt(record.attempt_id)
        if current is None or current.outcome is not None:
            return  # another copy of the program was first
        of_others = journal.taken_by_others(record.attempt_id, user_id)
        if _can_be_of(journal.running(self._workspace), left, own_of(left, listed, of_others)):
            self._waiting.setdefault(user_id, []).append(left)
            return
        outcome = outcome_of(left, listed, of_others, self._cut_off)
        if outcome.auth_id and not journal.take(record.attempt_id, user_id, outcome.auth_id):
            outcome = outcome_of(left, listed, of_others | {outcome.auth_id.lower()}, self._cut_off)
        self._settle(left, outcome)

    def _settle(self, left: LeftOpen, outcome: Outcome) -> None:
        attempt_id = left.record.attempt_id
        try:
            self._journal.settle(attempt_id, outcome, 0)
        except JournalError as error:
            self.failed.emit(error.explanation)
            return
        self.resolved.emit(attempt_id, outcome)

    def _tell_if_done(self) -> None:
        if not self._left:
            self.done.emit()


def outcome_of(
    left: LeftOpen,
    listed: tuple[Authentication, ...],
    of_others: Collection[str] = (),
    cut_off: Sequence[LeftOpen] = (),
) -> Outcome:
    """Return how an attempt ended that nobody saw the end of.

    Args:
        left: The attempt, with the list from before its dialog.
        listed: The list as it is now.
        of_others: Ids, in lower case, that other attempts captured.
        cut_off: All attempts that were cut off; this one can be among them.
    """
    if left.record.request.kind is DialogKind.EDIT:
        text = f"Whether the edit was saved cannot be told from the list. {AGAIN}"
        return _unknown(text)
    new = own_of(left, listed, of_others)
    ids = ", ".join(authentication.auth_id for authentication in new)
    if len(new) > 1:
        return _unknown(f"Several authentications are new since; which is this one cannot be told: {ids}.")
    if not new:
        others = " but what other attempts captured" if own_of(left, listed) else ""
        return _unknown(f"The user's list shows nothing new since{others}. {AGAIN}")
    if _can_be_of(cut_off, left, new):
        return _unknown(f"Another one was cut off too; whose the authentication is cannot be told: {ids}.")
    return Outcome.captured(new[0].auth_id, Via.LISTING)


def own_of(
    left: LeftOpen, listed: tuple[Authentication, ...], of_others: Collection[str] = ()
) -> tuple[Authentication, ...]:
    """Return what is new since, can have come from the attempt's dialog, and is no other attempt's."""
    if left.record.request.kind is DialogKind.EDIT:
        return ()
    known = {auth_id.lower() for auth_id in left.listed_before or ()}
    return without(of_others, new_since(known, listed, left.record.request))


def _can_be_of(attempts: Sequence[LeftOpen], left: LeftOpen, new: tuple[Authentication, ...]) -> bool:
    """Whether one of the attempts for the same end user, other than `left`, can have made something of it.

    Of one without a list from before its dialog anything can be.
    """
    user_id, own_id = left.record.request.user_id, left.record.attempt_id
    return any(
        bool(own_of(other, new))
        for other in attempts
        if other.record.request.user_id == user_id and other.record.attempt_id != own_id
    )


def _unknown(text: str) -> Outcome:
    return Outcome.without_result(OutcomeKind.CRASHED, f"{_CUT_OFF} {text}")
