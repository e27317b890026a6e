"""A button with a text and a small symbol before it that keeps to the palette and the size of texts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from tray_auth_desktop.gui.symbols import symbol_icon, symbol_size_px

_REASONS_TO_DRAW = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)


class TextButton(QToolButton):
    """Flat; reached by the keyboard.

    Qt's own arrow in its place would lie on the text where that runs from right to left.
    """

    def __init__(self, text: str, symbol: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbol = symbol
        self.setText(text)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._draw()

    def set_symbol(self, symbol: str) -> None:
        """Show another drawing."""
        if symbol != self._symbol:
            self._symbol = symbol
            self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw anew when the colours or the size of texts change."""
        super().changeEvent(event)
        if event.type() in _REASONS_TO_DRAW:
            self._draw()

    def _draw(self) -> None:
        size_px = symbol_size_px() * 3 // 4
        self.setIconSize(QSize(size_px, size_px))
        self.setIcon(symbol_icon(self._symbol, self.palette(), self.devicePixelRatioF()))
