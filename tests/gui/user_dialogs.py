"""The dialogs that make and delete end users, as a person uses them."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.gui.form_bench import FormStage
from tray_auth_desktop.gui.delete_user_dialog import DeleteUserDialog
from tray_auth_desktop.gui.new_user_dialog import NewUserDialog


def new_dialog(stage: FormStage) -> NewUserDialog:
    stage.form.new_user()
    dialog = stage.form.users.dialog
    assert isinstance(dialog, NewUserDialog)
    return dialog


def button(dialog: NewUserDialog | DeleteUserDialog, text: str) -> QPushButton:
    buttons = dialog.findChildren(QPushButton)
    return next(one for one in buttons if text in one.text().replace("&", ""))


def fill(dialog: NewUserDialog, name: str = "Jim Halpert", external: str = "dunder-009") -> None:
    QTest.keyClicks(dialog.name, name)
    QTest.keyClicks(dialog.external_user_id, external)
