"""The scopes to ask for: a filter, a tree with check boxes, and room for one that is not listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QPalette, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.gui.filter_line import FilterLine
from tray_auth_desktop.gui.grounds import Field
from tray_auth_desktop.gui.scope_tree import ScopeTree
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolButton

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Scope, ServiceEnvironment

_MIN_TREE_LINES = 5


@dataclass
class _Wanted:
    """What was wanted of one service, kept until the window closes.

    Attributes:
        free: Scopes that were added by hand, and whether each is checked.
        checked: What was checked in each of its environments.
    """

    free: dict[str, bool] = field(default_factory=dict)
    checked: dict[str, tuple[str, ...]] = field(default_factory=dict)


class ScopePicker(QWidget):
    """Lets a person check scopes of an environment, and add others.

    What was added by hand stays for all environments of the service; what is checked of an
    environment's own list is remembered for each.

    Signals:
        changed(): other scopes are asked for now.
        operations_asked(): the person wants to choose by what the connector must do.
        copied(str): this went to the clipboard.

    Attributes:
        by_operations: The action behind `operations_asked`.
    """

    changed = Signal()
    operations_asked = Signal()
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._environment_id = ""
        self._service_name = ""
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
        self._more = SymbolButton("more", "Scopes: by operation, check all, copy", self)
        self._problem = WrappedLabel(parent=self)
        self._problem.setAccessibleName("Why the scope was not added")
        self.by_operations = QAction("&By what the connector must do…", self)
        self._check_shown = QAction("Check &all that are shown", self)
        self._copy = QAction("&Copy the selected scopes", self)
        self._lay_out()
        self._name_all()
        self._connect_all()
        self._complain("")
        self.show_environment(None)

    def _lay_out(self) -> None:
        title = QLabel("S&copes", self)
        title.setBuddy(self.tree)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(title)
        head.addStretch(1)
        for widget in (self._count, self._clear, self._more):
            head.addWidget(widget)
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
        layout.addWidget(self._problem)
        self.tree.setMinimumHeight(self.fontMetrics().height() * _MIN_TREE_LINES)

    def _name_all(self) -> None:
        self._new.setPlaceholderText("Another scope")
        self._new.setAccessibleName("A scope that is not listed")
        self._add.setAccessibleName("Add this scope")
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.tree.addActions([self.by_operations, self._check_shown, self._copy])

    def _connect_all(self) -> None:
        self._filter.textChanged.connect(self.tree.set_filter)
        self.tree.checks_changed.connect(self._on_checks_changed)
        self.tree.current_changed.connect(self._show_buttons)
        self._new.entered.connect(self._on_add)
        self._new.textChanged.connect(self._on_new_edited)
        self._add.clicked.connect(self._on_add)
        self._remove.clicked.connect(self.tree.remove_current)
        self._clear.clicked.connect(self.tree.uncheck_all)
        self._more.clicked.connect(self._open_menu)
        self.by_operations.triggered.connect(self.operations_asked)
        self._check_shown.triggered.connect(self.tree.check_shown)
        self._copy.triggered.connect(self.copy)

    def scopes(self) -> tuple[str, ...]:
        """Return the scopes to ask for."""
        return self.tree.checked() if self._environment_id else ()

    def check(self, value: str) -> None:
        """Ask for a scope; one that is not listed is added."""
        self.tree.check(value)

    def check_all(self, values: Iterable[str]) -> None:
        """Ask for further scopes; those that are not listed are added."""
        self._filter.clear()
        self.tree.check_all(values)

    def set_scopes(self, values: Iterable[str]) -> None:
        """Ask for these scopes and no others; those that are not listed are added."""
        self.tree.uncheck_all()
        self.check_all(values)

    def copy(self) -> None:
        """Copy the scopes that are asked for, one on each line."""
        if self.scopes():
            text = "\n".join(self.scopes())
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)

    def show_environment(self, environment: ServiceEnvironment | None, service_name: str = "") -> None:
        """Offer an environment's scopes; what was wanted of it and of its service before is wanted again."""
        self._environment_id = environment.service_environment_id if environment else ""
        self._service_name = service_name
        self._scopes = environment.scopes if environment else ()
        wanted = self._wanted.get(service_name, _Wanted())
        checked = wanted.checked.get(self._environment_id, ())
        free = [value for value, is_checked in wanted.free.items() if is_checked]
        lost = set(checked) - self._listed()  # the list is another one now: what was wanted is not dropped
        added = dict.fromkeys((*wanted.free, *(value for value in checked if value in lost)))
        self.tree.show_scopes(self._scopes, tuple(added) if environment else (), (*checked, *free))
        self.tree.set_filter(self._filter.text())
        self.setEnabled(environment is not None)

    def _on_new_edited(self, _text: str) -> None:
        self._complain("")
        self._show_buttons()

    def _complain(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _on_add(self) -> None:
        value = self._new.text().strip()
        if not value or not self.isEnabled():
            return
        if not value.isprintable():
            self._complain("This scope holds invisible characters. Type it instead of pasting it.")
            return
        self._filter.clear()
        self.tree.check(value)
        self._new.clear()

    def _on_checks_changed(self) -> None:
        if self._environment_id:
            self._remember()
        self._show_buttons()
        self.changed.emit()

    def _remember(self) -> None:
        wanted = self._wanted.setdefault(self._service_name, _Wanted())
        checked = self.tree.checked()
        listed = self._listed()
        hidden = {value: now for value, now in wanted.free.items() if value in listed}
        wanted.free = hidden | {value: value in checked for value in self.tree.added()}
        wanted.free |= {value: value in checked for value in hidden}
        wanted.checked[self._environment_id] = tuple(value for value in checked if value in listed)

    def _listed(self) -> set[str]:
        return {scope.value for top in self._scopes for scope in top.walk()}

    def _show_buttons(self) -> None:
        count = len(self.scopes())
        listed = any(True for _ in self._scopes)
        self._filter.setVisible(listed)
        self._add.setEnabled(bool(self._new.text().strip()))
        self._remove.setVisible(self.tree.is_current_added)
        self._clear.setVisible(count > 0)
        self._copy.setEnabled(count > 0)
        self._check_shown.setEnabled(listed)
        nothing = "None needed, or none listed" if self._environment_id and not listed else "None selected"
        self._count.setText(f"{count} selected" if count else nothing)

    def _open_menu(self) -> None:
        menu = QMenu("Scopes", self._more)
        menu.addActions([self.by_operations, self._check_shown, self._copy])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))


class _AddLine(Field):
    """Enter adds the scope; Ctrl+Enter is left to the window."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
