"""A line above a table that says how a change goes, and what came of it until that is dismissed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolButton, SymbolLabel
from tray_auth_desktop.gui.theme import Tone


class WorkLine(QWidget):
    """Hidden while there is nothing to say.

    Signals:
        stopped(): the person wants no more of it done.
    """

    stopped = Signal()

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbol = SymbolLabel("pending", parent=self)
        self._text = WrappedLabel(parent=self)
        self._text.setAccessibleName(f"How {what} goes")
        self._stop = QPushButton("Stop", self)
        self._stop.setAccessibleName(f"Stop {what}")
        self.last_button = self._dismiss = SymbolButton("close", "Dismiss this message", self)
        self._dismiss.clicked.connect(self.clear)
        self._stop.clicked.connect(self.stopped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._dismiss, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def clear(self) -> None:
        """Say nothing, and take no room."""
        self._text.setText("")
        self._give_focus_back()
        self.hide()

    def progress(self, text: str, *, can_stop: bool = False) -> None:
        """Say what is under way."""
        self._symbol.show_symbol("pending", None)
        self._show(text, can_stop=can_stop, can_dismiss=False)

    def succeed(self, text: str) -> None:
        """Say what was done."""
        self._symbol.show_symbol("check", Tone.GOOD)
        self._show(text, can_stop=False, can_dismiss=True)

    def fail(self, text: str) -> None:
        """Say what was not done, why, and what to do."""
        self._symbol.show_symbol("warning", Tone.PROBLEM)
        self._show(text, can_stop=False, can_dismiss=True)

    def _show(self, text: str, *, can_stop: bool, can_dismiss: bool) -> None:
        self._text.setText(text)
        if not can_stop and self._stop.hasFocus():
            self._give_focus_back()
        self._stop.setVisible(can_stop)
        self._dismiss.setVisible(can_dismiss)
        self.show()

    def _give_focus_back(self) -> None:
        """Keep the keyboard near, instead of wherever Qt sends it when a button vanishes."""
        target = self.focusProxy()
        if target is not None and (self._stop.hasFocus() or self._dismiss.hasFocus()):
            target.setFocus()
