"""The line beneath a field or above a table that says where its list stands, with a Retry where it failed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QPalette
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from tray_auth_desktop.gui.symbols import SymbolLabel
from tray_auth_desktop.gui.theme import Tone

#: Until then a list is expected to come by itself.
_PATIENCE_MS = 700
_THIN_PX = 4
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


class WrappedLabel(QLabel):
    """A text that wraps to the width it is given, and can be selected with the mouse."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(0)
        if self.isRightToLeft():  # else Qt goes by the letters, and leaves words of ours on the left
            self.setAlignment(_RIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Become selectable when the mouse comes: what Qt makes for that costs 0.4 ms for each text."""
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        super().enterEvent(event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Let a layout make the text as narrow as it must be."""
        return QSize(0, super().minimumSizeHint().height())


class BusyBar(QProgressBar):
    """A bar that moves while something is under way."""

    def __init__(self, name: str, parent: QWidget, *, is_thin: bool = True) -> None:
        super().__init__(parent)
        self.setRange(0, 0)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        if is_thin:
            self.setFixedHeight(_THIN_PX)


class StateLine(QWidget):
    """One line of words, hidden while there is nothing to say.

    Args:
        what: What the list holds.
        beside: Where the Retry button goes; by default it stands beside the words.

    Signals:
        retried(): the person asks for the list again.
        stopped(): the person has waited long enough.
    """

    retried = Signal()
    stopped = Signal()

    def __init__(self, what: str, parent: QWidget | None = None, *, beside: QBoxLayout | None = None) -> None:
        super().__init__(parent)
        self._symbol = SymbolLabel("warning", Tone.PROBLEM, self)
        self._text = WrappedLabel(parent=self)
        self._text.setAccessibleName(f"State of {what}")
        self._retry = QPushButton("Retry", self)
        self._retry.setAccessibleName(f"Retry: fetch {what} again")
        self._retry.clicked.connect(self.retried)
        self._stop = QPushButton("Stop", self)
        self._stop.setAccessibleName(f"Stop loading {what}")
        self._stop.clicked.connect(self.stopped)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience_over)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        for button in (self._stop, self._retry):
            if beside is None:
                layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            else:
                beside.addWidget(button)
        self.clear()

    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def clear(self) -> None:
        """Say nothing, and take no room."""
        self._show("", is_problem=False)

    def say(self, text: str) -> None:
        """Say something that is no problem."""
        self._show(text, is_problem=False)

    def wait(self, text: str, *, is_quiet: bool = False) -> None:
        """Say what is under way; if it takes long, offer to stop it.

        Args:
            text: What is under way.
            is_quiet: Say it only when it takes long.
        """
        if self._patience.isActive():
            return
        self._show(text, is_problem=False)
        self.setVisible(not is_quiet)
        self._patience.start()

    def _on_patience_over(self) -> None:
        self._stop.show()
        self.show()

    def fail(self, explanation: str) -> None:
        """Say what went wrong, and offer to try again."""
        self._show(explanation, is_problem=True)

    def _show(self, text: str, *, is_problem: bool) -> None:
        had_focus = self._retry.hasFocus() or self._stop.hasFocus()
        self._patience.stop()
        self._stop.hide()
        self._text.setText(text)
        self._text.setForegroundRole(
            QPalette.ColorRole.WindowText if is_problem else QPalette.ColorRole.PlaceholderText
        )
        self._symbol.setVisible(is_problem)
        self._retry.setVisible(is_problem)
        self.setVisible(bool(text))
        if had_focus and not is_problem:
            self._give_focus_back()

    def _give_focus_back(self) -> None:
        """Keep the keyboard where the person was, instead of wherever Qt sends it when Retry vanishes."""
        target = self.focusProxy()
        if target is not None:
            target.setFocus()
