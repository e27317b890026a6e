"""The scopes to ask for: a filter, a tree with check boxes, and room for one that is not listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QPalette, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.gui.filter_line import FilterLine
from tray_auth_desktop.gui.grounds import Field
from tray_auth_desktop.gui.scope_tree import ScopeTree
from tray_auth_desktop.gui.symbols import SymbolButton

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Scope, ServiceEnvironment

_MIN_TREE_LINES = 5


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was checked and added for one environment, kept until the window closes."""

    added: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()


class ScopePicker(QWidget):
    """Lets a person check scopes of an environment, and add others.

    Signals:
        changed(): other scopes are asked for now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._environment_id = ""
        self._scopes: tuple[Scope, ...] = ()
        self._wanted: dict[str, _Wanted] = {}
        self._count = QLabel(self)
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._filter = FilterLine("Filter scopes", "Filter scopes", self)
        self.tree = ScopeTree(self)
        self._new = _AddLine(self)
        self._add = QPushButton("Add", self)
        self._remove = SymbolButton("close", "Remove the added scope (Delete)", self)
        self._clear = SymbolButton("close", "Uncheck all scopes", self)
        self._lay_out()
        self._name_all()
        self._connect_all()
        self.show_environment(None)

    def _lay_out(self) -> None:
        title = QLabel("S&copes", self)
        title.setBuddy(self.tree)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._count)
        head.addWidget(self._clear)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._new, 1)
        foot.addWidget(self._add)
        foot.addWidget(self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._filter)
        layout.addWidget(self.tree, 1)
        layout.addLayout(foot)
        self.tree.setMinimumHeight(self.fontMetrics().height() * _MIN_TREE_LINES)

    def _name_all(self) -> None:
        self._new.setPlaceholderText("Another scope")
        self._new.setAccessibleName("A scope that is not listed")
        self._add.setAccessibleName("Add this scope")

    def _connect_all(self) -> None:
        self._filter.textChanged.connect(self._on_filter_changed)
        self.tree.checks_changed.connect(self._on_checks_changed)
        self.tree.current_changed.connect(self._show_buttons)
        self._new.entered.connect(self._on_add)
        self._new.textChanged.connect(self._show_buttons)
        self._add.clicked.connect(self._on_add)
        self._remove.clicked.connect(self.tree.remove_current)
        self._clear.clicked.connect(self.tree.uncheck_all)

    def scopes(self) -> tuple[str, ...]:
        """Return the scopes to ask for."""
        return self.tree.checked() if self._environment_id else ()

    def check(self, value: str) -> None:
        """Ask for a scope; one that is not listed is added."""
        self.tree.check(value)

    def show_environment(self, environment: ServiceEnvironment | None) -> None:
        """Offer an environment's scopes; what was checked for it before is checked again."""
        self._environment_id = environment.service_environment_id if environment else ""
        self._scopes = environment.scopes if environment else ()
        wanted = self._wanted.get(self._environment_id, _Wanted())
        self.tree.show_scopes(self._scopes, wanted.added, wanted.checked)
        self._on_filter_changed(self._filter.text())
        self.setEnabled(environment is not None)

    def _on_filter_changed(self, text: str) -> None:
        self.tree.set_filter(text)

    def _on_add(self) -> None:
        value = self._new.text().strip()
        if not value or not self.isEnabled():
            return
        self._filter.clear()
        self.tree.check(value)
        self._new.clear()

    def _on_checks_changed(self) -> None:
        if self._environment_id:
            self._wanted[self._environment_id] = _Wanted(self.tree.added(), self.tree.checked())
        self._show_buttons()
        self.changed.emit()

    def _show_buttons(self) -> None:
        count = len(self.scopes())
        listed = any(True for _ in self._scopes)
        self._filter.setVisible(listed)
        self._add.setEnabled(bool(self._new.text().strip()))
        self._remove.setVisible(self.tree.is_current_added)
        self._clear.setVisible(count > 0)
        nothing = "None needed, or none listed" if self._environment_id and not listed else "None selected"
        self._count.setText(f"{count} selected" if count else nothing)


class _AddLine(Field):
    """Enter adds the scope; Ctrl+Enter is left to the window."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
