"""The slim bar above the dialog: how long its code and the attempt live, New code, Cancel."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from tray_auth_desktop.gui.durations import clock
from tray_auth_desktop.gui.flow import FlowLayout
from tray_auth_desktop.gui.grounds import Bar
from tray_auth_desktop.gui.symbols import SymbolLabel
from tray_auth_desktop.gui.theme import Tone, scaled_font

#: From here on the time limit catches the eye.
NEARLY_OUT_OF_TIME_S = 120
_NEARLY_EXPIRED_S = 60


class DialogBar(Bar):
    """Counts down what an attempt has left.

    Signals:
        new_code_asked(), cancelled(): the person pressed the button.
    """

    new_code_asked = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QPalette.ColorRole.AlternateBase, parent)
        self._code = _Countdown("Life of the code", self)
        self._limit = _Countdown("Time left for the attempt", self)
        new_code = QPushButton("&New code", self)
        new_code.setToolTip("Start over with a fresh single-use code; what was typed into the dialog is lost")
        self.last_button = cancel = QPushButton("C&ancel", self)
        cancel.setAccessibleName("Cancel the attempt")
        new_code.clicked.connect(self.new_code_asked)
        cancel.clicked.connect(self.cancelled)
        counts, buttons = FlowLayout(), QHBoxLayout()
        counts.addWidget(self._code)
        counts.addWidget(self._limit)
        buttons.addWidget(new_code)
        buttons.addWidget(cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(8)
        layout.addLayout(counts, 1)
        layout.addLayout(buttons)
        self.reset()

    @property
    def code_text(self) -> str:
        """What is said of the code, or an empty text."""
        return self._code.text()

    @property
    def limit_text(self) -> str:
        """What is said of the time limit, or an empty text."""
        return self._limit.text()

    def reset(self) -> None:
        """Nothing counts down."""
        self._code.say("")
        self._limit.say("")

    def show_code_life(self, seconds: int) -> None:
        """Show how long the code can still be used; -1 hides it."""
        if seconds < 0:
            self._code.say("")
        elif seconds == 0:
            self._code.say("The code has expired: ask for a new one", is_urgent=True)
        else:
            self._code.say(f"Code valid for {clock(seconds)}", is_urgent=seconds <= _NEARLY_EXPIRED_S)

    def show_time_left(self, seconds: int) -> None:
        """Show how long the attempt may still take."""
        self._limit.say(f"Time left {clock(seconds)}", is_urgent=seconds < NEARLY_OUT_OF_TIME_S)


class _Countdown(QWidget):
    """A symbol and a text; when it is urgent, both stand out."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._symbol = SymbolLabel("pending", parent=self)
        self._label = QLabel(self)
        self._label.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(4)
        layout.addWidget(self._symbol)
        layout.addWidget(self._label)

    def text(self) -> str:
        """Return what it says."""
        return self._label.text()

    def say(self, text: str, *, is_urgent: bool = False) -> None:
        """Show a text; an empty one hides it all."""
        self.setVisible(bool(text))
        self._label.setText(text)
        self._symbol.show_symbol(*(("warning", Tone.WARNING) if is_urgent else ("pending", None)))
        self._label.setFont(scaled_font(self._label, 1.0, is_bold=is_urgent))
        role = QPalette.ColorRole.WindowText if is_urgent else QPalette.ColorRole.PlaceholderText
        self._label.setForegroundRole(role)
