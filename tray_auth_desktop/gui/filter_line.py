"""A line that narrows what is shown beneath it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from tray_auth_desktop.gui.grounds import Field
from tray_auth_desktop.gui.symbols import symbol_icon


class FilterLine(Field):
    """Words to find; Esc empties it. Ctrl+F goes to the nearest one."""

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setClearButtonEnabled(True)
        self._symbol = QAction(self)
        self.addAction(self._symbol, QLineEdit.ActionPosition.LeadingPosition)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc shows everything again."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw anew when the colours change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_symbol"):
            self._draw()

    def _draw(self) -> None:
        self._symbol.setIcon(symbol_icon("search", self.palette(), self.devicePixelRatioF()))


def nearest_filter(start: QWidget | None, fallback: FilterLine) -> FilterLine:
    """Return the filter line of the panel that has the keyboard, or else the one given."""
    widget = start
    while widget is not None:
        lines = [line for line in widget.findChildren(FilterLine) if line.isVisibleTo(widget)]
        if len(lines) == 1:
            return lines[0]
        if lines:
            break
        widget = widget.parentWidget()
    return fallback
