"""What the window opens over itself: menu, list of workspaces, palette, sheet, About; made when asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QDialog, QMenu, QToolButton

from tray_auth_desktop.gui.actions import Group
from tray_auth_desktop.onboarding.explain import explain

if TYPE_CHECKING:
    from tray_auth_desktop.gui.main_window import MainWindow


class WindowDialogs(QObject):
    """Keeps one of each: asking again brings it to the front."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._menu: QMenu | None = None
        self._opened: dict[str, QDialog] = {}

    def open_menu(self) -> None:
        """Drop the menu of all actions down."""
        if self._menu is None:
            from tray_auth_desktop.gui.action_menu import ActionMenu

            self._menu = ActionMenu(self._window.actions_of_window, self._window)
        button = self._window.bar.menu_button
        self._menu.popup(_beneath(button, self._menu))

    def open_switcher(self) -> None:
        """Drop the list of workspaces down; it is read anew meanwhile."""
        menu = QMenu(self._window)
        menu.setToolTipsVisible(True)
        fill = partial(self._fill_switcher, menu)
        actions = self._window.actions_of_window
        actions.workspaces_changed.connect(fill)
        menu.aboutToHide.connect(lambda: actions.workspaces_changed.disconnect(fill))
        menu.aboutToHide.connect(menu.deleteLater)
        fill()
        menu.popup(_beneath(self._window.banner.switch_button, menu))
        self._window.workspaces_wanted.emit()

    def _fill_switcher(self, menu: QMenu) -> None:
        window, actions = self._window, self._window.actions_of_window
        switches = actions.workspaces
        actions.refresh(switches)
        menu.clear()
        menu.addActions(switches)
        menu.addSeparator()
        menu.addAction("&Manage workspaces", partial(window.show_page, "page_workspaces"))
        menu.addAction(actions.action("connect").text(), self.open_first_run)
        if switches:
            menu.setActiveAction(next((one for one in switches if one.isChecked()), switches[0]))

    def open_palette(self) -> None:
        """Show the list of all actions."""
        from tray_auth_desktop.gui.palette import CommandPalette

        actions = self._window.actions_of_window
        listed = [(group.label, action) for group in Group for action in actions.in_group(group)]
        for act in (actions.refresh, actions.release):
            act([action for _, action in listed])
        self._show("palette", lambda: CommandPalette(listed, actions.why_not, self._window))

    def open_sheet(self) -> None:
        """Show shortcuts and words."""
        from tray_auth_desktop.gui.shortcut_sheet import ShortcutSheet

        def make() -> QDialog:
            sheet = ShortcutSheet(self._window)
            sheet.copied.connect(self._window.say_copied)
            return sheet

        self._show("sheet", make)

    def open_about(self) -> None:
        """Show versions, paths and the vault."""
        from tray_auth_desktop.gui.about_dialog import AboutDialog

        def make() -> QDialog:
            backstage = self._window.backstage
            about = AboutDialog(backstage.facts, backstage.tasks, self._window)
            about.copied.connect(self._window.say_copied)
            return about

        self._show("about", make)

    def open_first_run(self) -> None:
        """Show the page of workspaces where an account is connected."""
        self._window.show_page("page_workspaces")
        self._window.first_run_asked.emit()

    def install_entry(self) -> None:
        """Install the desktop entry in the background."""
        backstage, window = self._window.backstage, self._window
        if backstage.install_entry is not None:
            backstage.tasks.submit(
                backstage.install_entry, window.say, lambda error: window.notices.add(explain(error))
            )

    def _show(self, name: str, make: Callable[[], QDialog]) -> None:
        dialog = self._opened.get(name)
        if dialog is None:
            dialog = self._opened[name] = make()
            dialog.finished.connect(lambda _result: self._opened.pop(name, None))
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()


def _beneath(button: QToolButton, menu: QMenu) -> QPoint:
    """Return where a menu belongs: beneath its button, and within the window's edge."""
    is_mirrored = button.isRightToLeft()
    x = 0 if is_mirrored else button.width() - menu.sizeHint().width()
    return button.mapToGlobal(QPoint(x, button.height()))
