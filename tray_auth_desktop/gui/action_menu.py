"""The menu that reaches everything. It is made when it is opened: the first paint need not wait for it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QWidget

from tray_auth_desktop.gui.actions import Group
from tray_auth_desktop.gui.window_actions import WindowActions


class ActionMenu(QMenu):
    """One submenu for each group. What cannot be done now is dimmed; its tool tip says why."""

    def __init__(self, actions: WindowActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._groups: dict[Group, QMenu] = {}
        for group in Group:
            menu = QMenu(group.value, self)
            menu.setToolTipsVisible(True)
            self.addMenu(menu)
            self._groups[group] = menu
        self.aboutToShow.connect(self._fill)
        self.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._release))

    def submenu(self, group: Group) -> QMenu:
        """Return the menu of a group."""
        return self._groups[group]

    def _fill(self) -> None:
        for group, menu in self._groups.items():
            actions = self._actions.in_group(group)
            self._actions.refresh(actions)
            menu.clear()
            menu.addActions(actions)

    def _release(self) -> None:
        for group in Group:
            self._actions.release(self._actions.in_group(group))
