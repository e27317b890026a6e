"""What can be done with end users: make one, copy its ids, delete it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from tray_auth_desktop.gui.symbols import SymbolButton
from tray_auth_desktop.gui.user_picker import UserPicker
from tray_auth_desktop.onboarding.catalog import Catalog

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import EndUser
    from tray_auth_desktop.gui.delete_user_dialog import DeleteUserDialog
    from tray_auth_desktop.gui.new_user_dialog import NewUserDialog

NOBODY = "Choose an end user first."


class UserActions(QObject):
    """Actions on the chosen end user, for a menu beside the picker, its context menu, and others.

    Signals:
        copied(str): this went to the clipboard.
    """

    copied = Signal(str)

    def __init__(self, catalog: Catalog, picker: UserPicker, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalog, self._picker, self._window = catalog, picker, parent
        self.new = self._action("&New end user…", self.new_user)
        self.copy_id = self._action("Copy &user id", self.copy_user_id)
        self.copy_external_id = self._action("Copy &external user id", self.copy_external_user_id)
        self.copy_both = self._action("&Copy both ids", self.copy_user_ids)
        self.delete = self._action("&Delete end user…", self.delete_user)
        self.dialog: NewUserDialog | DeleteUserDialog | None = None
        picker.field.menu_actions = self.all
        picker.chosen.connect(self.refresh)
        self.refresh()

    @property
    def all(self) -> tuple[QAction, ...]:
        """Return the actions in the order of a menu."""
        return (self.new, self.copy_id, self.copy_external_id, self.copy_both, self.delete)

    def make_button(self, parent: QWidget) -> SymbolButton:
        """Return a button that opens the menu of all actions."""
        button = SymbolButton("more", "End user: new, copy, delete", parent)
        button.clicked.connect(lambda: self._open_menu(button))
        return button

    def new_user(self) -> None:
        """Ask for what a new end user needs; the new one is chosen."""
        from tray_auth_desktop.gui.new_user_dialog import NewUserDialog

        dialog = NewUserDialog(self._catalog.user_work, self._window)
        dialog.made.connect(self._on_made)
        self.dialog = dialog
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def copy_user_id(self) -> None:
        """Copy Tray's id of the chosen end user."""
        if self._picker.user:
            self._copy(self._picker.user.user_id)

    def copy_external_user_id(self) -> None:
        """Copy the host application's id of the chosen end user."""
        if self._picker.user and self._picker.user.external_user_id:
            self._copy(self._picker.user.external_user_id)

    def copy_user_ids(self) -> None:
        """Copy both ids, each on a line with what it is."""
        user = self._picker.user
        if user:
            lines = [f"User id: {user.user_id}"]
            lines += [f"External user id: {user.external_user_id}"] if user.external_user_id else []
            self._copy("\n".join(lines))

    def delete_user(self) -> None:
        """Delete the chosen end user, after a question that names what goes with it."""
        if self._picker.user is None:
            return
        from tray_auth_desktop.gui.delete_user_dialog import DeleteUserDialog

        dialog = DeleteUserDialog(self._picker.user, self._catalog.user_work, self._window)
        dialog.deleted.connect(self._on_deleted)
        self.dialog = dialog
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def refresh(self) -> None:
        """Enable what makes sense for who is chosen."""
        user = self._picker.user
        for action in (self.copy_id, self.copy_both, self.delete):
            action.setEnabled(user is not None)
        self.copy_external_id.setEnabled(bool(user and user.external_user_id))

    def _action(self, text: str, slot: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(slot)
        return action

    def _open_menu(self, button: SymbolButton) -> None:
        menu = QMenu("End user", button)
        menu.addActions(self.all)
        menu.insertSeparator(self.copy_id)
        menu.insertSeparator(self.delete)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _on_made(self, user: EndUser) -> None:
        self._catalog.users.add((user,))
        self._picker.take(user)

    def _on_deleted(self, user_id: str) -> None:
        if self._picker.key == user_id:
            self._picker.clear()
        self._catalog.users.remove(user_id)

    def _on_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)
