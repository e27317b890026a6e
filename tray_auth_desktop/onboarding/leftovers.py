"""Attempts that a program began and did not live to end: the user's list says what became of them.

A program can be killed while its dialog is open. The person may have finished the dialog in the
moment before; so at the next start with the same workspace the list from before the dialog, which
is in the journal, is compared with the list of now.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.core.dialog_url import DialogKind
from tray_auth_desktop.core.listing import new_since
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
        self._under_way: list[Task] = []

    def start(self, leave_to_attempt: str = "") -> None:
        """Begin; each end user's list is fetched once.

        Args:
            leave_to_attempt: An end user for whom an attempt is about to begin. It fetches the list
                before its dialog opens, to be handed to `use_list`: one fetched later could hold what
                that dialog made.
        """
        try:
            for left in self._journal.left_open(self._workspace):
                self._take(left)
        except JournalError as error:
            self.failed.emit(error.explanation)
        for user_id in tuple(self._left):
            if user_id != leave_to_attempt:
                self._fetch(user_id)
        self._tell_if_done()

    def use_list(self, user_id: str, listed: tuple[Authentication, ...]) -> None:
        """Resolve what is still open of an end user by a list that somebody else fetched."""
        for left in self._left.pop(user_id, []):
            self._settle(left, outcome_of(left, listed))
        self._tell_if_done()

    def cancel(self) -> None:
        """Stop; what is not resolved is left for the next start."""
        for task in self._under_way:
            task.cancel()
        self._left.clear()

    def _take(self, left: LeftOpen) -> None:
        if left.listed_before is None:
            text = f"{_CUT_OFF} There is no list from before the dialog to compare with. {AGAIN}"
            self._settle(left, Outcome.without_result(OutcomeKind.CRASHED, text))
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


def outcome_of(left: LeftOpen, listed: tuple[Authentication, ...]) -> Outcome:
    """Return how an attempt ended that nobody saw the end of.

    Args:
        left: The attempt, with the list from before its dialog.
        listed: The list as it is now.
    """
    request = left.record.request
    if request.kind is DialogKind.EDIT:
        text = f"{_CUT_OFF} Whether the edit was saved cannot be told from the list. {AGAIN}"
        return Outcome.without_result(OutcomeKind.CRASHED, text)
    known = {auth_id.lower() for auth_id in left.listed_before or ()}
    new = new_since(known, listed, request)
    if len(new) == 1:
        return Outcome.captured(new[0].auth_id, Via.LISTING)
    if new:
        ids = ", ".join(authentication.auth_id for authentication in new)
        text = f"{_CUT_OFF} Several authentications are new since; which is this one cannot be told: {ids}."
        return Outcome.without_result(OutcomeKind.CRASHED, text)
    text = f"{_CUT_OFF} The user's list shows nothing new since. {AGAIN}"
    return Outcome.without_result(OutcomeKind.CRASHED, text)
