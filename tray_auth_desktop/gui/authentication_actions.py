"""What can be done with authentications, as actions for menus, keys and the palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from tray_auth_desktop.gui.authentication_view import AuthenticationView

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Authentication

_ONE = "Select one authentication first."
_SOME = "Select an authentication first."
_ROWS = "There is nothing to export."
_NOBODY = "Choose an end user first."
_BUSY = "Wait until the change that is under way has ended."
#: Name, text and key of each, in the order of a menu; an empty name parts groups.
_ENTRIES = (
    ("details", "De&tails", ""),
    ("edit", "&Re-authenticate…", ""),
    ("rename", "Re&name…", "F2"),
    ("", "", ""),
    ("copy_cell", "&Copy cell", "Ctrl+C"),
    ("copy_id", "Copy &authId", ""),
    ("copy_name", "Copy na&me", ""),
    ("copy_row", "Copy r&ow", ""),
    ("copy_json", "Copy as &JSON", ""),
    ("copy_link", "Copy as Mar&kdown link", ""),
    ("", "", ""),
    ("export_csv", "E&xport the list as CSV…", ""),
    ("export_json", "Ex&port the list as JSON…", ""),
    ("", "", ""),
    ("delete", "&Delete…", "Del"),
)
_NEED_ONE = frozenset({"details", "edit", "rename"})
_NEED_USER = frozenset({"edit", "rename", "delete"})
_EXPORTS = frozenset({"export_csv", "export_json"})


class AuthenticationActions(QObject):
    """Gives out the actions by name.

    They are: details, edit, rename, copy_cell, copy_id, copy_name, copy_row, copy_json, copy_link,
    export_csv, export_json, delete. Each does what is right for the rows selected at that time; while it
    cannot, it is disabled and its tool tip says why. Their keys work while the table has the keyboard.

    Signals:
        asked(str): what is not done here is wanted: details, edit, rename, delete, or an export.
    """

    asked = Signal(str)

    def __init__(self, view: AuthenticationView) -> None:
        super().__init__(view)
        self._view = view
        self._has_user = self._is_busy = False
        self._by_name: dict[str, QAction] = {}
        for name, text, key in _ENTRIES:
            if name:
                self._by_name[name] = self._action(name, text, key)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu_requested)
        view.chosen.connect(self.refresh)
        view.model().rowsInserted.connect(self.refresh)
        self.refresh()

    def __getitem__(self, name: str) -> QAction:
        """Return an action by its name."""
        return self._by_name[name]

    @property
    def all(self) -> tuple[QAction, ...]:
        """All of them, in the order of a menu."""
        return tuple(self._by_name.values())

    def set_possible(self, *, has_user: bool, is_busy: bool) -> None:
        """Say whether there is an end user to act for, and whether a change is under way."""
        self._has_user, self._is_busy = has_user, is_busy
        self.refresh()

    def refresh(self) -> None:
        """Enable what makes sense for what is selected."""
        count = self._view.place.selected_count()
        for name, action in self._by_name.items():
            obstacle = self._obstacle(name, count)
            action.setEnabled(not obstacle)
            action.setToolTip(obstacle or action.text().replace("&", ""))

    def _obstacle(self, name: str, count: int) -> str:
        """Return why something cannot be done now; empty if it can."""
        if name in _EXPORTS:
            return "" if self._view.model().rowCount() else _ROWS
        if count != 1 and name in _NEED_ONE:
            return _ONE
        if not count:
            return _SOME
        if name in _NEED_USER and not self._has_user:
            return _NOBODY
        return _BUSY if name in _NEED_USER and self._is_busy else ""

    def open_menu(self, at: QPoint, parent: QWidget) -> None:
        """Show all of them as a menu at a place of the screen."""
        menu = QMenu("Authentications", parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for name, _text, _key in _ENTRIES:
            if name:
                menu.addAction(self._by_name[name])
            else:
                menu.addSeparator()
        menu.popup(at)

    def _action(self, name: str, text: str, key: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        if key:
            action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(self._copiers().get(name) or partial(self.asked.emit, name))
        self._view.addAction(action)
        return action

    def _copiers(self) -> dict[str, Callable[[], None]]:
        return {
            "copy_cell": self._view.copy_cell,
            "copy_row": self._view.copy_rows,
            "copy_id": self.copy_ids,
            "copy_name": self.copy_names,
            "copy_json": self.copy_json,
            "copy_link": self.copy_links,
        }

    def copy_ids(self) -> None:
        """Copy the ids of the selected rows, one a line."""
        self._copy_lines(lambda one: one.auth_id)

    def copy_names(self) -> None:
        """Copy the names of the selected rows, one a line; the id of what has none."""
        self._copy_lines(lambda one: one.label)

    def copy_links(self) -> None:
        """Copy `[name](authId)` of each selected row, one a line."""
        from tray_auth_desktop.core.export import markdown_link

        self._copy_lines(markdown_link)

    def copy_json(self) -> None:
        """Copy the selected row as a JSON object, several as a list."""
        from tray_auth_desktop.core.export import json_text

        selected = self._view.selected()
        self._view.copy_text(json_text(selected) if selected else "")

    def _copy_lines(self, line: Callable[[Authentication], str]) -> None:
        self._view.copy_text("\n".join(map(line, self._view.selected())))

    def _on_menu_requested(self, at: QPoint) -> None:
        if self._view.currentIndex().isValid():
            self.open_menu(self._view.viewport().mapToGlobal(at), self._view)
