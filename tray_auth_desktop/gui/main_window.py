"""The window: pickers on the left, the dialog in the centre, results on the right, the timeline beneath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from tray_auth_desktop import assets
from tray_auth_desktop.core.attempt import Outcome, OutcomeKind
from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.gui.attempt_view import AttemptView, Parts
from tray_auth_desktop.gui.authentication_table import AuthenticationTable
from tray_auth_desktop.gui.banner import Notices, WorkspaceBanner
from tray_auth_desktop.gui.centre import Centre
from tray_auth_desktop.gui.filter_line import nearest_filter
from tray_auth_desktop.gui.layout import arrange
from tray_auth_desktop.gui.recovered_panel import RecoveredPanel
from tray_auth_desktop.gui.request_form import RequestForm
from tray_auth_desktop.gui.result_panel import ResultPanel
from tray_auth_desktop.gui.timeline_panel import TimelinePanel
from tray_auth_desktop.onboarding.catalog import Catalog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

    from tray_auth_desktop.gui.ports import Desk

_COPIED_FOR_MS = 4_000


class MainWindow(QMainWindow):
    """Builds the parts and joins them. Loads nothing by itself: see `first_painted`.

    Signals:
        first_painted(): the window is on the screen; now there is time to load.
        closing(): the window closes, and no attempt runs any more.
    """

    first_painted = Signal()
    closing = Signal()

    def __init__(
        self,
        workspace: Workspace,
        catalog: Catalog,
        desk: Desk,
        *,
        notices: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._catalog, self._desk = catalog, desk
        self._is_painted = False
        self._is_closing = False
        self._question: QMessageBox | None = None
        self.setWindowTitle(workspace.name)  # the program's name is appended by Qt
        self.setWindowIcon(QIcon(str(assets.path("icons/tray-auth-desktop.svg"))))
        self._build(workspace)
        self.attempt = AttemptView(desk, self.parts, self)
        for text in notices:
            self.notices.add(text)
        self._connect_all()
        self._add_shortcuts()
        self.parts.form.user_picker.setFocus()

    def _build(self, workspace: Workspace) -> None:
        centre = QWidget(self)
        self.banner = WorkspaceBanner(workspace, centre)
        self.notices = Notices(centre)
        self.parts = Parts(
            form=RequestForm(self._catalog),
            centre=Centre(),
            result=ResultPanel(),
            recovered=RecoveredPanel(),
            table=AuthenticationTable(),
            timeline=TimelinePanel(),
        )
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self.notices)
        layout.addWidget(arrange(self.parts, centre), 1)
        self.setCentralWidget(centre)
        self.statusBar().setSizeGripEnabled(False)
        self.resize(1280, 800)

    def _connect_all(self) -> None:
        parts = self.parts
        parts.form.user_chosen.connect(self._on_user_chosen)
        parts.table.refreshed.connect(self._refresh)
        parts.table.stopped.connect(self._catalog.cancel)
        self._catalog.authentications_changed.connect(parts.table.set_state)
        self.attempt.listed.connect(self._catalog.show_authentications)
        self.attempt.progressed.connect(self._show_progress)
        self.attempt.ended.connect(self._on_attempt_ended)
        self._desk.journal_failed.connect(self.notices.add)
        for source in (parts.result, parts.recovered, parts.table, parts.timeline):
            source.copied.connect(self._on_copied)

    def _add_shortcuts(self) -> None:
        parts = self.parts
        for keys, slot in (
            ("Ctrl+Return", self.attempt.open_dialog),
            ("Ctrl+Enter", self.attempt.open_dialog),
            ("F5", self._reload),
            ("Ctrl+F", self._focus_filter),
            ("Ctrl+Shift+C", parts.result.copy),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint, and say so the first time."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Close at once, or ask while an attempt runs."""
        if self._desk.is_running:
            event.ignore()
            if not self._is_closing:
                self._ask_before_closing()
            return
        event.accept()
        self.closing.emit()

    def _ask_before_closing(self) -> None:
        if self._question is not None:
            self._question.raise_()
            return
        from PySide6.QtWidgets import QMessageBox

        question = QMessageBox(self)
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle("Close the window?")
        question.setText("The dialog is still open.")
        question.setInformativeText(
            "Closing ends the attempt. What was typed into the dialog is lost; "
            "an authentication that was already made is still looked for."
        )
        close = question.addButton("Close the dialog and the window", QMessageBox.ButtonRole.DestructiveRole)
        keep = question.addButton("Keep it open", QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(keep)
        question.setEscapeButton(keep)
        question.finished.connect(lambda: self._on_answered(question.clickedButton() is close))
        self._question = question
        question.open()

    def _on_answered(self, is_to_close: bool) -> None:
        if self._question is not None:
            self._question.deleteLater()
            self._question = None
        if not is_to_close:
            return
        if not self._desk.is_running:
            self.close()
            return
        self._is_closing = True
        self._show_progress("Closing…")
        self._desk.cancel()

    def _on_attempt_ended(self, outcome: Outcome) -> None:
        """Close if that was waited for; but a result that came meanwhile must be seen first."""
        if self._question is not None:
            self._question.reject()
        is_closing, self._is_closing = self._is_closing, False
        if is_closing and outcome.kind is not OutcomeKind.CAPTURED:
            QTimer.singleShot(0, self, self.close)

    def _on_user_chosen(self, user_id: str | None) -> None:
        self.parts.table.clear()
        self._catalog.load_authentications(user_id)

    def _refresh(self) -> None:
        user_id = self.parts.form.user_picker.key
        if user_id:
            self._catalog.load_authentications(user_id)

    def _reload(self) -> None:
        """Fetch every list again; what is chosen stays."""
        self._catalog.load_users()
        self._catalog.load_services()
        self._refresh()

    def _focus_filter(self) -> None:
        line = nearest_filter(QApplication.focusWidget(), self.parts.table.filter_line)
        line.setFocus()
        line.selectAll()

    def _show_progress(self, text: str) -> None:
        self.statusBar().showMessage(text)

    def _on_copied(self, text: str) -> None:
        first = text.splitlines()[0]
        self.statusBar().showMessage(f"Copied: {first}", _COPIED_FOR_MS)
