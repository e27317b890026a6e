"""Shows how an attempt goes: tells each part of the window what the desk says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.gui import guidance
from tray_auth_desktop.gui.authentication_table import AuthenticationTable
from tray_auth_desktop.gui.centre import Centre
from tray_auth_desktop.gui.guidance import Offer
from tray_auth_desktop.gui.recovered_panel import RecoveredPanel
from tray_auth_desktop.gui.request_form import RequestForm
from tray_auth_desktop.gui.result_panel import ResultPanel
from tray_auth_desktop.gui.timeline_panel import TimelinePanel

if TYPE_CHECKING:
    from tray_auth_desktop.core.attempt import Outcome, Phase
    from tray_auth_desktop.core.dialog_url import DialogRequest
    from tray_auth_desktop.core.models import Authentication
    from tray_auth_desktop.gui.ports import CapturedRecord, Desk, DialogWidget


class Parts(NamedTuple):
    """The parts of the window that an attempt shows itself in."""

    form: RequestForm
    centre: Centre
    result: ResultPanel
    recovered: RecoveredPanel
    table: AuthenticationTable
    timeline: TimelinePanel


class AttemptView(QObject):
    """Joins desk and parts; keeps nothing but what the current attempt is called.

    Signals:
        progressed(str): one line for the status bar.
        listed(tuple[Authentication, ...]): the attempt's own list of the end user who is still chosen.
        ended(Outcome): the attempt has its outcome, and the window shows it.
    """

    progressed = Signal(str)
    listed = Signal(object)
    ended = Signal(object)

    def __init__(self, desk: Desk, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._parts = desk, parts
        self._attempt_id = ""
        self._user_id = ""
        self._subject = Subject()
        self._is_open = self._is_settling = False
        self._dialog: DialogWidget | None = None
        self._progress = ""
        self._connect_desk()
        self._connect_parts()
        self.show_choice()

    def _connect_desk(self) -> None:
        desk, parts = self._desk, self._parts
        desk.attempt_started.connect(self._on_started)
        desk.dialog_made.connect(self._on_dialog_made)
        desk.dialog_dismissed.connect(parts.centre.dismiss_dialog)
        desk.phase_changed.connect(self._on_phase_changed)
        desk.progress_changed.connect(self._on_progress_changed)
        desk.code_life_changed.connect(parts.centre.bar.show_code_life)
        desk.time_left_changed.connect(parts.centre.bar.show_time_left)
        desk.observed.connect(parts.timeline.add)
        desk.ended.connect(self._on_ended)
        desk.confirmed.connect(self._on_confirmed)
        desk.listed.connect(self._on_listed)
        desk.recovered.connect(self._on_recovered)

    def _connect_parts(self) -> None:
        parts = self._parts
        parts.form.opened.connect(self.open_dialog)
        parts.form.cancelled.connect(self._desk.cancel)
        parts.form.changed.connect(self._on_choice_changed)
        parts.centre.bar.new_code_asked.connect(self._desk.new_code)
        parts.centre.bar.cancelled.connect(self._desk.cancel)
        parts.centre.guide.accepted.connect(self._on_offer_accepted)
        parts.result.painted.connect(self._desk.acknowledge)
        parts.recovered.painted.connect(self._desk.acknowledge)

    def open_dialog(self) -> None:
        """Start an attempt for what is chosen, if that is all that is needed."""
        request = self._parts.form.request()
        if request is not None and not self._desk.is_running:
            self._parts.form.remember()
            self.open_for(request, self._parts.form.subject)

    def open_for(self, request: DialogRequest, subject: Subject) -> None:
        """Start an attempt, unless one runs."""
        if not self._desk.is_running:
            self._subject, self._user_id = subject, request.user_id
            self._desk.start(request, subject, self._parts.form.choices.presentation_options.presentation())

    @property
    def attempt_id(self) -> str:
        """The id of the last attempt; empty before the first."""
        return self._attempt_id

    @property
    def has_begun(self) -> bool:
        """Whether there was an attempt since the window opened: another code can be made for it."""
        return bool(self._attempt_id)

    @property
    def can_be_inspected(self) -> bool:
        """Whether there is a dialog whose page can be looked into."""
        return self._is_open and self._dialog is not None

    def inspect(self) -> None:
        """Open the web inspector of the dialog."""
        if self._dialog is not None:
            self._dialog.inspect()

    def show_choice(self) -> None:
        """Say what is still to choose or to change, or that the dialog can be opened."""
        form = self._parts.form
        missing, problem = form.missing(), form.problem()
        if missing:
            said = guidance.before_choice(missing)
        else:
            said = guidance.before_mending(problem) if problem else guidance.before_opening(form.subject)
        self._parts.centre.show_guidance(said)

    def _on_choice_changed(self) -> None:
        if not self._desk.is_running:
            self.show_choice()

    def _on_started(self, attempt_id: str) -> None:
        self._attempt_id = attempt_id
        self._is_open = self._is_settling = False
        self._parts.form.set_running(True)
        self._parts.timeline.clear()
        self._parts.result.call_earlier()
        self._parts.centre.bar.reset()
        self._on_progress_changed("Preparing…")

    def _on_dialog_made(self, dialog: DialogWidget) -> None:
        self._dialog = dialog
        self._parts.centre.take_dialog(dialog.widget())
        if self._is_open:
            self._parts.centre.show_dialog()

    def _on_phase_changed(self, phase: Phase) -> None:
        from tray_auth_desktop.core.attempt import Phase  # no attempt runs at the first paint

        self._is_open, self._is_settling = phase is Phase.OPEN, phase is Phase.SETTLING
        if self._is_open:
            self._parts.centre.show_dialog()
        elif self._is_settling:
            self._show_under_way()

    def _on_progress_changed(self, text: str) -> None:
        self._progress = text
        self.progressed.emit(text)
        if not self._is_open:
            self._show_under_way()

    def _show_under_way(self) -> None:
        if self._desk.is_running:
            self._parts.centre.show_guidance(
                guidance.under_way(self._progress, self._subject, is_settling=self._is_settling)
            )

    def _on_ended(self, outcome: Outcome) -> None:
        from tray_auth_desktop.core.attempt import OutcomeKind

        parts, self._dialog = self._parts, None
        parts.centre.dismiss_dialog()
        parts.form.set_running(False)
        if outcome.kind is OutcomeKind.CAPTURED:
            from datetime import datetime

            now = datetime.now().astimezone()
            parts.result.show_captured(self._attempt_id, outcome, self._subject, now)
            self._mark(outcome)
        parts.centre.show_guidance(guidance.after(outcome))
        if outcome.kind is not OutcomeKind.CAPTURED:
            self._desk.acknowledge(self._attempt_id)
        self.progressed.emit(parts.centre.guide.title)
        self.ended.emit(outcome)

    def _on_confirmed(self, outcome: Outcome) -> None:
        self._parts.result.show_confirmation(outcome)
        self._mark(outcome)
        self.progressed.emit("Confirmed" if outcome.confirmed else "Captured, but not confirmed")

    def _mark(self, outcome: Outcome) -> None:
        if outcome.auth_id and self._parts.form.user_picker.key == self._user_id:
            self._parts.table.mark_new(outcome.auth_id, was_known=outcome.was_known)

    def _on_listed(self, listed: tuple[Authentication, ...]) -> None:
        if self._parts.form.user_picker.key == self._user_id:
            self.listed.emit(listed)

    def _on_recovered(self, records: Sequence[CapturedRecord]) -> None:
        self._parts.recovered.show_records(records)

    def _on_offer_accepted(self, offer: Offer) -> None:
        guide = self._parts.centre.guide
        actions: dict[Offer, Callable[[], None]] = {
            Offer.NEW_CODE: self._desk.new_code,
            Offer.CANCEL: self._desk.cancel,
            Offer.COPY_AUTH_ID: self._parts.result.copy,
            Offer.COPY_TEXT: lambda: QGuiApplication.clipboard().setText(f"{guide.title}\n{guide.text}"),
        }
        actions[offer]()
