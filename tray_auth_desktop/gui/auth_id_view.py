"""A captured authId: large, monospaced, selectable; it says when it has been painted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from tray_auth_desktop.gui.theme import fixed_font

_LARGEST, _SMALLEST, _STEP = 1.7, 0.9, 0.1
_MARGIN_PX = 12


class AuthIdView(QLineEdit):
    """Read-only; the text is as large as fits into one line.

    Signals:
        painted(): the text set last is on the screen.
    """

    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_awaited = False
        self.setReadOnly(True)
        self.setFrame(False)
        self.setAccessibleName("Captured authId")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(fixed_font(_LARGEST))
        self.setTextMargins(-2, 0, 0, 0)  # flush with the texts around it

    def show_id(self, auth_id: str) -> None:
        """Show an id; `painted` follows."""
        self._is_awaited = True
        self.setText(auth_id)
        self.setToolTip(auth_id)
        self._fit()
        self.update()

    def copy_id(self) -> None:
        """Put the id on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint, then say so once the whole window has been flushed."""
        super().paintEvent(event)
        if self._is_awaited and self.text():
            self._is_awaited = False
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the text into the new width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the text when the system's font changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._fit()

    def _fit(self) -> None:
        factor = _LARGEST
        while factor > _SMALLEST and self._width_at(factor) > self.width():
            factor -= _STEP
        font = fixed_font(factor)
        if font != self.font():
            self.setFont(font)
        self.setCursorPosition(0)

    def _width_at(self, factor: float) -> int:
        return QFontMetrics(fixed_font(factor)).horizontalAdvance(self.text()) + 2 * _MARGIN_PX
