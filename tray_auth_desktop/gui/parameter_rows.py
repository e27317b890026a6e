"""Further parameters for the dialog's address, each a name and a value."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.core.dialog_url import RESERVED_PARAMETERS
from tray_auth_desktop.gui.grounds import Field
from tray_auth_desktop.gui.symbols import SymbolButton


class _Row(NamedTuple):
    frame: QWidget
    name: Field
    value: Field

    @property
    def pair(self) -> tuple[str, str]:
        return self.name.text().strip(), self.value.text()


class ParameterRows(QWidget):
    """As many rows as wanted; one that is empty does not count.

    Signals:
        changed(): another text stands in one of them.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._made = 0
        title = QLabel("Extra parameters of the dialog's address", self)
        title.setWordWrap(True)
        self.add_button = QPushButton("Add a parameter", self)
        self.add_button.clicked.connect(self._on_add)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(title)
        self._layout.addWidget(self.add_button)

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Return names and values as they were typed, unencoded."""
        return tuple(row.pair for row in self._rows if any(row.pair))

    def problem(self) -> str:
        """Return why a parameter cannot be used; empty if all can."""
        for name, value in self.parameters():
            if not name:
                return f"The parameter of the value “{value}” has no name."
            if name in RESERVED_PARAMETERS:
                return f"The parameter “{name}” is one that the program itself sets; remove it."
            if not (name + value).isprintable():
                return f"The parameter “{name}” holds invisible characters; type it instead of pasting it."
        return ""

    def set_parameters(self, parameters: tuple[tuple[str, str], ...]) -> None:
        """Show these and no others."""
        for row in tuple(self._rows):
            self._remove(row)
        for name, value in parameters:
            self._add(name, value)
        self.changed.emit()

    def _on_add(self) -> None:
        self._add("", "").name.setFocus()

    def _add(self, name: str, value: str) -> _Row:
        self._made += 1
        number = self._made
        frame = QWidget(self)
        row = _Row(frame, Field(frame), Field(frame))
        remove = SymbolButton("close", f"Remove parameter {number}", row.frame)
        for line, text, what in ((row.name, name, "Name"), (row.value, value, "Value")):
            line.setText(text)
            line.setPlaceholderText(what)
            line.setAccessibleName(f"{what} of parameter {number}")
            line.textChanged.connect(self.changed)
        layout = QHBoxLayout(row.frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(row.name, 1)
        layout.addWidget(QLabel("=", row.frame))
        layout.addWidget(row.value, 1)
        layout.addWidget(remove)
        self._layout.insertWidget(self._layout.count() - 1, row.frame)
        frame.show()  # not only when the layout is, so that the keyboard can go there now
        self._rows.append(row)
        for one, next_one in ((row.name, row.value), (row.value, remove), (remove, self.add_button)):
            QWidget.setTabOrder(one, next_one)
        remove.clicked.connect(lambda: self._on_removed(row))
        return row

    def _on_removed(self, row: _Row) -> None:
        self._remove(row)
        self.add_button.setFocus()
        self.changed.emit()

    def _remove(self, row: _Row) -> None:
        self._rows.remove(row)
        self._layout.removeWidget(row.frame)
        row.frame.hide()
        row.frame.deleteLater()
