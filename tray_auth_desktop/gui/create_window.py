"""The window of `create`: one dialog, and a line that says how it goes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.gui.attempt_pane import PREFERRED_SIZE, AttemptPane
from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner


class CreateWindow(QWidget):
    """Shows the dialog of one attempt.

    Signals:
        close_requested(): the person wants out; the window stays until the attempt has ended.
    """

    close_requested = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(f"New authentication — {workspace.name}")
        self.resize(*PREFERRED_SIZE)
        self._pane = AttemptPane(self)
        self._pane.cancelled.connect(self.close_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pane)

    def follow(self, runner: AttemptRunner) -> None:
        """Show how an attempt goes."""
        self._pane.follow(runner)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask the attempt to end; the window goes when it has."""
        event.ignore()
        self.close_requested.emit()
