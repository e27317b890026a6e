"""One attempt by itself: its dialog, and beneath it how it goes, what time is left, and a way out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.core.attempt import Phase
from tray_auth_desktop.gui.durations import clock
from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner

if TYPE_CHECKING:
    from tray_auth_desktop.gui.ports import DialogWidget

#: What the window around it should be at first.
PREFERRED_SIZE = (560, 700)
#: From here on the time that is left is shown, in seconds.
_WARN_FROM_S = 120


class AttemptPane(QWidget):
    """Shows the dialog of one attempt after the other.

    Signals:
        cancelled(): the person pressed the button.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress = QLabel("Starting…", self)
        self._progress.setAccessibleName("Progress")
        self._progress.setTextFormat(Qt.TextFormat.PlainText)
        self._progress.setWordWrap(True)
        self._time = QLabel(self)
        self._time.setAccessibleName("Time left")
        self._cancel = QPushButton("Cancel", self)
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.cancelled)
        self._code_expires_at: float | None = None
        self._runner: AttemptRunner | None = None
        self._shown: QWidget | None = None
        self._lay_out()
        self._ticks = QTimer(self, interval=1_000)
        self._ticks.timeout.connect(self._show_time)

    def follow(self, runner: AttemptRunner) -> None:
        """Show how an attempt goes; the one before is forgotten."""
        self.release()
        self._runner, self._code_expires_at = runner, None
        self._cancel.setText("Cancel")
        runner.progress_changed.connect(self._progress.setText)
        runner.phase_changed.connect(self._on_phase)
        runner.dialog_made.connect(self._on_dialog_made)
        runner.code_minted.connect(self._on_code_minted)
        runner.loaded.connect(self._on_loaded)
        self._ticks.start()

    def release(self) -> None:
        """Let go of the dialog's widget, which is not ours to delete."""
        shown, self._shown = self._shown, None
        if shown is not None:
            shown.destroyed.disconnect(self._on_destroyed)
            shown.hide()
            shown.setParent(None)
        self._ticks.stop()
        self._time.clear()

    def _lay_out(self) -> None:
        footer = QHBoxLayout()
        footer.setContentsMargins(8, 8, 8, 8)
        footer.setSpacing(8)
        footer.addWidget(self._progress, 1)
        footer.addWidget(self._time)
        footer.addWidget(self._cancel)
        self._place = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._place, 1)
        column.addLayout(footer)

    def _on_phase(self, phase: Phase) -> None:
        """Once it has ended the result is safe: from then on the button only stops the look into the list."""
        if phase is Phase.ENDED:
            self._cancel.setText("Close")

    def _on_dialog_made(self, dialog: DialogWidget) -> None:
        self._shown = dialog.widget()
        self._shown.destroyed.connect(self._on_destroyed)
        self._place.addWidget(self._shown)
        self._shown.show()
        self._shown.setFocus()

    def _on_destroyed(self) -> None:
        self._shown = None

    def _on_code_minted(self, expires_at: float) -> None:
        self._code_expires_at = expires_at
        self._show_time()

    def _on_loaded(self) -> None:
        self._code_expires_at = None
        self._show_time()

    def _show_time(self) -> None:
        if self._code_expires_at is not None:
            left_s = round(self._code_expires_at - time.time())
            self._time.setText(f"Code valid for {clock(left_s)}")
            return
        left_s = self._runner.time_left_s if self._runner is not None else 0
        is_near = 0 < left_s <= _WARN_FROM_S
        self._time.setText(f"Out of time in {clock(left_s)}" if is_near else "")
