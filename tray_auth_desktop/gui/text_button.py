"""Buttons with a text and a small symbol before it that keeps to the palette and the size of texts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tray_auth_desktop.gui.symbols import SymbolButton
from tray_auth_desktop.gui.theme import give_style


class TextButton(SymbolButton):
    """Its text is its name.

    Qt's own arrow in place of the symbol would lie on the text where that runs from right to left.
    """

    scale = 0.75

    def __init__(self, text: str, symbol: str, parent: QWidget | None = None) -> None:
        super().__init__(symbol, "", parent)
        self.setText(text)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)


class FoldButton(TextButton):
    """A title that is checked while what stands beneath it is open; its arrow points there."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "right", parent)
        give_style(self, "toggle")
        self.setCheckable(True)
        self.toggled.connect(self._on_toggled)

    def _on_toggled(self, is_open: bool) -> None:
        self.set_symbol("down" if is_open else "right")
