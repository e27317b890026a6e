"""One attempt, from the request to its outcome and its confirmation."""

from __future__ import annotations

import time
import uuid
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from tray_auth_desktop.core.attempt import Attempt, Outcome, OutcomeKind, Phase, Sign
from tray_auth_desktop.core.dialog_state import LoadFailure, WindowGone
from tray_auth_desktop.core.dialog_url import DialogLaunch, DialogRequest
from tray_auth_desktop.core.listing import ListComparison, find_authentication
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.core.presentation import AS_EVER, Presentation
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.core.timeline import EventKind
from tray_auth_desktop.core.window_message import (
    AccountIdRequested,
    DialogClosed,
    DialogEvent,
    DialogFailed,
    DialogFinished,
    Rejected,
    Rejection,
    WindowMessage,
    parse_window_message,
)
from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.onboarding import notes, words
from tray_auth_desktop.onboarding.context import AttemptContext
from tray_auth_desktop.onboarding.own_watch import OwnWatch
from tray_auth_desktop.onboarding.ports import Dialog
from tray_auth_desktop.onboarding.preparation import Preparation
from tray_auth_desktop.onboarding.recorder import Recorder
from tray_auth_desktop.onboarding.search import Search


class AttemptRunner(QObject):
    """Runs one attempt. Whatever happens, `ended` is emitted once, and `done` once after it.

    Signals:
        dialog_made(Dialog): the dialog exists and can be placed in a window.
        phase_changed(Phase), progress_changed(str): where it stands; in one line for people.
        code_minted(float): a code exists; when it expires, in seconds since the epoch.
        loaded(): the dialog's page is there: the code is used, its age no longer matters.
        listed(tuple[Authentication, ...]): the user's list was fetched.
        ended(Outcome, int): the outcome, already on disk, and the milliseconds it took.
        confirmed(Outcome): the same after the search in the list.
        done(): nothing more will come.
    """

    dialog_made = Signal(object)
    phase_changed = Signal(object)
    progress_changed = Signal(str)
    code_minted = Signal(float)
    loaded = Signal()
    listed = Signal(object)
    ended = Signal(object, int)
    confirmed = Signal(object)
    done = Signal()

    def __init__(
        self,
        request: DialogRequest,
        context: AttemptContext,
        parent: QObject | None = None,
        *,
        subject: Subject | None = None,
        presentation: Presentation = AS_EVER,
    ) -> None:
        super().__init__(parent)
        self._subject = subject
        self._presentation = presentation
        self.attempt = Attempt(str(uuid.uuid4()), request)
        self._context = context
        self._limits = context.limits
        self.recorder = Recorder(self.attempt.attempt_id, context.journal, self)
        self._preparation = Preparation(request, context.workspace, context.tasks, self)
        self._preparation.prepared.connect(self._on_prepared)
        self._preparation.failed.connect(lambda error: self._seems_over(words.refused(error)))
        self._preparation.list_missing.connect(self._on_list_missing)
        self._watch = OwnWatch(self.attempt, context, self)
        self._watch.noted.connect(lambda text: self.recorder.note(EventKind.API, text))
        self._launch: DialogLaunch | None = None
        self._comparison = ListComparison(request)
        self._dialog: Dialog | None = None
        self._is_done = False
        self._time_limit = QTimer(self, singleShot=True)
        timed_out = words.timed_out(self._limits.attempt_s)
        self._time_limit.timeout.connect(lambda: self._seems_over(timed_out, self._limits.told_delays_s))

    @property
    def time_left_s(self) -> int:
        """Whole seconds until the time limit strikes; 0 when it does not run."""
        return max(0, self._time_limit.remainingTime()) // 1_000

    def start(self) -> None:
        """Begin. Code and list are fetched while the engine starts."""
        request, context = self.attempt.request, self._context
        self.recorder.begin(context.workspace_name, request, self._subject, self._presentation.described())
        self._time_limit.start(round(self._limits.attempt_s * 1_000))
        self.phase_changed.emit(self.attempt.phase)
        self.progress_changed.emit("Making a single-use code…")
        try:
            factory = context.dialogs()  # no code is made where no dialog may be opened
            self._preparation.start(context.client, self._limits.list_before_s)
            self._use(factory.make(self._presentation))
        except TrayAuthError as error:
            self._seems_over(words.refused(error))

    def cancel(self, outcome: Outcome | None = None) -> None:
        """The person wants out; `outcome` is what that is called (by default: closed here).

        While the lists are being compared, it means not to wait for that.
        """
        self.recorder.note(EventKind.ATTEMPT, "Cancelled here, by the person or the program that started it")
        if self._dialog is not None:
            self._dialog.close_windows()
        if self.attempt.phase is Phase.SETTLING:
            self._on_compared(Search(None, "not waited for"))
        else:
            self._seems_over(outcome or words.closed(WindowGone.BY_PERSON), self._limits.cancelled_delays_s)

    def abandon(self) -> None:
        """Stop looking for a confirmation; ends a captured attempt at once."""
        if self.attempt.phase is Phase.ENDED:
            self._watch.cancel()
            self._finish_up()

    def _use(self, dialog: Dialog) -> None:
        self._dialog = dialog
        dialog.observed.connect(self.recorder.add)
        dialog.message_received.connect(self._on_message)
        dialog.loaded.connect(self._on_loaded)
        dialog.load_failed.connect(self._on_load_failed)
        dialog.gone.connect(self._on_gone)
        dialog.crashed.connect(lambda text: self._seems_over(words.crashed(text), self._limits.gone_delays_s))
        dialog.result_suspected.connect(self._on_result_suspected)
        self.dialog_made.emit(dialog)

    def _on_prepared(self, launch: DialogLaunch, listed: tuple[Authentication, ...] | None) -> None:
        if self.attempt.phase is not Phase.PREPARING or self._dialog is None:
            return
        self._launch, self._comparison.before = launch, listed
        if listed is not None:
            self.recorder.keep_list_before([authentication.auth_id for authentication in listed])
            self.listed.emit(listed)
        age_ms = round((time.time() - launch.code_minted_at) * 1_000)
        self.recorder.note(EventKind.CODE, "Single-use code made", age_ms=age_ms)
        self.code_minted.emit(launch.code_expires_at)
        self.attempt.opened(listed)
        self.phase_changed.emit(self.attempt.phase)
        self.progress_changed.emit("Loading the dialog…")
        self._dialog.open(launch)

    def _on_list_missing(self, why: str) -> None:
        text = "No list to compare with later: a result whose message is lost would not be noticed."
        self.recorder.note(EventKind.API, f"{text} {why}", is_problem=True)

    def _on_loaded(self) -> None:
        self.recorder.note(EventKind.NAVIGATION, "The dialog is there")
        self.progress_changed.emit("Waiting for the dialog to be finished…")
        self.loaded.emit()

    def _on_load_failed(self, failure: LoadFailure) -> None:
        self._seems_over(words.not_loaded(failure), self._limits.told_delays_s)

    def _on_gone(self, gone: WindowGone) -> None:
        self.recorder.note(EventKind.POPUP, f"The dialog's window was {gone.value}")
        is_by_page = gone is WindowGone.BY_PAGE
        delays_s = self._limits.gone_delays_s if is_by_page else self._limits.told_delays_s
        self._seems_over(words.closed(gone), delays_s)

    def _on_message(self, message: WindowMessage) -> None:
        if self._launch is None:
            return
        judged = notes.without_secrets(parse_window_message(message, self._launch.trusted_origin))
        self.recorder.add(notes.describe(message, judged))
        match judged:
            case DialogFinished():
                self._on_finished(judged)
            case Rejected(Rejection.NO_AUTH_ID):
                why = "the dialog finished without an authId that can be read"
                self._on_result_suspected(why, judged.claimed_id, is_over=True)
            case Rejected():
                pass
            case _:
                self._on_other_event(judged)

    def _on_finished(self, event: DialogFinished) -> None:
        """Commit at once: nothing stands between the message and the disk."""
        outcome = self.attempt.finished(event)
        if outcome is not None:
            self._end(outcome)
        else:
            text = "A finish after the outcome: ignored"
            self.recorder.note(EventKind.MESSAGE, text, auth_id=event.auth_id)

    def _on_other_event(self, event: DialogEvent) -> None:
        match event:
            case DialogFailed(text):
                self._seems_over(words.failed(text), self._limits.told_delays_s, Sign.DIALOG_FAILED)
            case DialogClosed():
                self._seems_over(words.closed(None), self._limits.told_delays_s, Sign.DIALOG_CLOSED)
            case AccountIdRequested():
                self._answer_account_id()

    def _answer_account_id(self) -> None:
        account_id = self._context.account_id
        if account_id and self._dialog is not None:
            self._dialog.answer_account_id(account_id)
            self.recorder.note(EventKind.MESSAGE, "Account id sent to the dialog")
            return
        self.recorder.note(EventKind.MESSAGE, words.NO_ACCOUNT_ID, is_problem=True)
        self.progress_changed.emit(words.NO_ACCOUNT_ID)

    def _seems_over(self, seeming: Outcome, delays_s: tuple[float, ...] = (), sign: Sign = Sign.SEEN) -> None:
        """There is no result as far as one can see: let the list have the last word."""
        before = self.attempt.phase
        outcome = self.attempt.seems_over(seeming, sign)
        if outcome is not None:
            self._preparation.cancel()
            self._end(outcome)
        elif before is Phase.OPEN:
            self.phase_changed.emit(self.attempt.phase)
            self.progress_changed.emit("Comparing the user's authentications with those before…")
            self._watch.compare(self._comparison, delays_s, self._on_compared)

    def _on_compared(self, search: Search) -> None:
        new = self._watch.new_in(self._comparison, search.listed)
        if search.listed is not None:
            self.listed.emit(search.listed)
        if search.trouble:
            self.recorder.note(EventKind.API, f"The list: {search.trouble}", is_problem=True)
        outcome = self.attempt.settle(new)
        if outcome is not None:
            self._end(outcome)

    def _on_result_suspected(self, why: str, claimed_id: str = "", *, is_over: bool = False) -> None:
        """Look into the list while the dialog is still open, for a new one or for the id it claims.

        `is_over` says that the dialog will send nothing more: without a list, nothing else can be waited for.
        """
        if self.attempt.phase is not Phase.OPEN:
            return
        self.recorder.note(EventKind.API, f"Looking into the list: {why}")

        def checked(search: Search) -> None:
            """End the attempt if the list tells how."""
            made = self._watch.made_in(self._comparison, search.listed or (), claimed_id)
            outcome = self.attempt.found(made) if made is not None else None
            if outcome is not None:
                self._end(outcome)
            elif is_over and search.listed is None:
                self._seems_over(words.finished_unreadably())

        self._watch.look_for_made(self._comparison, claimed_id, checked)

    def _end(self, outcome: Outcome) -> None:
        """Commit the outcome, show it, then look whether the list confirms it."""
        elapsed_ms = self.recorder.settle(outcome)
        self._time_limit.stop()
        self._watch.cancel()
        self.ended.emit(outcome, elapsed_ms)
        self.recorder.add(notes.describe_outcome(outcome))
        self.phase_changed.emit(self.attempt.phase)
        if self._dialog is not None:
            self._dialog.close_windows()
        if outcome.kind is OutcomeKind.CAPTURED:
            self._confirm(outcome)
        else:
            self._finish_up()

    def _confirm(self, outcome: Outcome) -> None:
        self.progress_changed.emit("Looking for it in the user's list…")
        self._watch.look_for(outcome.auth_id or "", lambda search: self._on_looked_for(outcome, search))

    def _on_looked_for(self, outcome: Outcome, search: Search) -> None:
        listed = search.listed or ()
        is_there = outcome.confirmed or find_authentication(listed, outcome.auth_id or "") is not None
        if search.listed is not None:
            self.listed.emit(search.listed)
        self.recorder.add(notes.describe_confirmation(search.trouble, is_there=is_there))
        if is_there:
            self.recorder.confirm()
        self.confirmed.emit(replace(outcome, confirmed=is_there))
        self._finish_up()

    def _finish_up(self) -> None:
        self.recorder.flush()
        self.progress_changed.emit("")
        if self._is_done:
            return
        self._is_done = True
        if self._dialog is not None:
            self._dialog.dispose()
            self._dialog = None
        self.done.emit()
