"""The window of `create`: one dialog, and a line that says how it goes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.gui.attempt_pane import PREFERRED_SIZE, AttemptPane
from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner

#: The height of the address line, the line beneath the page and their margins.
_AROUND_PAGE_PX = 110


class CreateWindow(QWidget):
    """Shows the dialog of one attempt.

    Signals:
        close_requested(): the person wants out; the window stays until the attempt has ended.
    """

    close_requested = Signal()

    def __init__(self, workspace: Workspace, page_size: tuple[int, int] | None = None) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(f"New authentication — {workspace.name}")
        self.resize(self._size_around(page_size))
        self._pane = AttemptPane(self)
        self._pane.cancelled.connect(self.close_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pane)

    def _size_around(self, page_size: tuple[int, int] | None) -> QSize:
        """Return a size in which all of a page of that size is seen, as far as the screen has room."""
        preferred = QSize(*PREFERRED_SIZE)
        if page_size is None:
            return preferred
        needed = QSize(*page_size) + QSize(0, _AROUND_PAGE_PX)
        return needed.expandedTo(preferred).boundedTo(self.screen().availableSize())

    def follow(self, runner: AttemptRunner) -> None:
        """Show how an attempt goes."""
        self._pane.follow(runner)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask the attempt to end; the window goes when it has."""
        event.ignore()
        self.close_requested.emit()
