"""The window of `create`: one dialog, and a line that says how it goes."""

from __future__ import annotations

import time
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner

_SIZE = (560, 700)
#: From here on the time that is left is shown, in seconds.
_WARN_FROM_S = 120


class HasWidget(Protocol):
    """A dialog that can be put into a window."""

    def widget(self) -> QWidget:
        """Return the widget that shows it."""
        ...


class CreateWindow(QWidget):
    """Shows the dialog of one attempt.

    Signals:
        close_requested(): the person wants out; the window stays until the attempt has ended.
    """

    close_requested = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(f"New authentication — {workspace.name}")
        self.resize(*_SIZE)
        self._progress = QLabel("Starting…", self)
        self._progress.setAccessibleName("Progress")
        self._progress.setTextFormat(Qt.TextFormat.PlainText)
        self._time = QLabel(self)
        self._time.setAccessibleName("Time left")
        self._cancel = QPushButton("Cancel", self)
        self._cancel.clicked.connect(self.close_requested)
        self._code_expires_at: float | None = None
        self._runner: AttemptRunner | None = None
        self._lay_out()
        self._ticks = QTimer(self, interval=1_000)
        self._ticks.timeout.connect(self._show_time)

    def follow(self, runner: AttemptRunner) -> None:
        """Show how an attempt goes."""
        self._runner = runner
        runner.progress_changed.connect(self._progress.setText)
        runner.dialog_made.connect(self._on_dialog_made)
        runner.code_minted.connect(self._on_code_minted)
        runner.loaded.connect(self._on_loaded)
        self._ticks.start()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask the attempt to end; the window goes when it has."""
        event.ignore()
        self.close_requested.emit()

    def _lay_out(self) -> None:
        footer = QHBoxLayout()
        footer.setContentsMargins(8, 8, 8, 8)
        footer.addWidget(self._progress, 1)
        footer.addWidget(self._time)
        footer.addWidget(self._cancel)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._column.addLayout(footer)

    def _on_dialog_made(self, dialog: HasWidget) -> None:
        widget = dialog.widget()
        self._column.takeAt(0)
        self._column.insertWidget(0, widget, 1)
        widget.setFocus()

    def _on_code_minted(self, expires_at: float) -> None:
        self._code_expires_at = expires_at
        self._show_time()

    def _on_loaded(self) -> None:
        self._code_expires_at = None
        self._show_time()

    def _show_time(self) -> None:
        if self._code_expires_at is not None:
            left_s = max(0, round(self._code_expires_at - time.time()))
            self._time.setText(f"Code valid for {left_s // 60}:{left_s % 60:02}")
            return
        left_s = self._runner.time_left_s if self._runner is not None else 0
        is_near = 0 < left_s <= _WARN_FROM_S
        self._time.setText(f"Out of time in {left_s // 60}:{left_s % 60:02}" if is_near else "")
