"""Deleting and renaming selected authentications: asked about first, and said if it is refused."""

from __future__ import annotations

import json
import threading

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.authentication_desk import Desk, desk
from tray_auth_desktop.core.dialog_url import DialogKind
from tray_auth_desktop.core.models import (
    Authentication,
)
from tray_auth_desktop.errors import ApiTimeoutError, ForbiddenError, HttpStatusError
from tray_auth_desktop.onboarding.load_state import Loaded

__all__ = ["desk"]


# Delete.


def test_deleting_asks_first_and_names_what_goes(desk: Desk, qtbot: QtBot) -> None:
    desk.act("delete", "id-2")
    question = desk.question()
    text = f"{question.text()}\n{question.informativeText()}"
    for part in ("=Support <b>", "Slack", "id-2", "cannot be undone", "stop working"):
        assert part in text
    assert question.textFormat() is Qt.TextFormat.PlainText
    assert question.defaultButton().text() == "&Cancel"
    QTest.keyClick(question, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.table.changes.dialog is None)
    assert desk.client.calls == []
    assert desk.ids == ["id-1", "id-2", "id-3", "id-4"]


def test_a_deleted_row_goes_and_the_keyboard_stays_near(desk: Desk, qtbot: QtBot) -> None:
    desk.table.view.setFocus()
    qtbot.waitUntil(desk.table.view.hasFocus)
    desk.act("delete", "id-2")
    desk.question().delete_button.click()
    qtbot.waitUntil(lambda: desk.ids == ["id-1", "id-3", "id-4"])
    assert desk.client.calls == ["delete id-2 of user-1"]
    assert desk.said == "Deleted: =Support <b>."
    qtbot.waitUntil(desk.table.view.hasFocus)
    assert desk.table.view.selected_ids() in (("id-1",), ("id-3",))
    desk.table.set_end_user("user-2", "Pam")
    assert desk.said == ""


def test_several_are_named_and_deleted(desk: Desk, qtbot: QtBot) -> None:
    gate = desk.client.gates["delete id-4 of user-1"] = threading.Event()
    desk.act("delete", "id-1", "id-4")
    assert "• Sales (Slack), id-1\n• Finance (Slack), id-4" in desk.question().informativeText()
    desk.question().delete_button.click()
    qtbot.waitUntil(lambda: desk.said == "Deleting 2 of 2 authentications…")
    assert not desk.table.acts["rename"].isEnabled()
    gate.set()
    qtbot.waitUntil(lambda: desk.ids == ["id-2", "id-3"])
    assert desk.said == "2 authentications deleted."


def test_a_long_deletion_is_stopped(desk: Desk, qtbot: QtBot) -> None:
    gate = desk.client.gates["delete id-1 of user-1"] = threading.Event()
    desk.act("delete", "id-1", "id-2", "id-4")
    desk.question().delete_button.click()
    stop = next(button for button in desk.table.work_line.findChildren(QPushButton) if button.isVisible())
    stop.click()
    gate.set()
    qtbot.waitUntil(lambda: desk.ids == ["id-2", "id-3", "id-4"])
    assert desk.said == "1 authentication deleted. 2 not tried any more: they are still selected."
    assert set(desk.table.view.selected_ids()) == {"id-2", "id-4"}


def test_what_cannot_be_deleted_stays_and_says_why(desk: Desk, qtbot: QtBot) -> None:
    desk.client.failing["delete id-1 of user-1"] = ForbiddenError("No.", operation="removeAuthentication")
    desk.act("delete", "id-1", "id-4")
    desk.question().delete_button.click()
    qtbot.waitUntil(lambda: desk.ids == ["id-1", "id-2", "id-3"])
    assert desk.said.startswith("1 authentication deleted. Not deleted: Sales. No. Check that the token")


def test_a_deletion_without_an_answer_fetches_the_list_again(desk: Desk, qtbot: QtBot) -> None:
    desk.client.failing["delete id-1 of user-1"] = ApiTimeoutError("Too late.")
    desk.act("delete", "id-1")
    with qtbot.waitSignal(desk.table.refreshed):
        desk.question().delete_button.click()
    assert "id-1" in desk.ids
    assert "Too late." in desk.said


def test_a_deletion_that_ends_for_another_user_leaves_the_list_alone(desk: Desk, qtbot: QtBot) -> None:
    gate = desk.client.gates["delete id-1 of user-1"] = threading.Event()
    desk.act("delete", "id-1")
    desk.question().delete_button.click()
    desk.table.set_end_user("user-2", "Pam")
    desk.table.set_state(Loaded((Authentication("id-1", "The same id, of another user"),)))
    gate.set()
    qtbot.waitUntil(lambda: desk.said == "Deleted: Sales.")
    assert desk.ids == ["id-1"]


# Rename.


def test_renaming_explains_itself_and_offers_the_dialog_first(desk: Desk, qtbot: QtBot) -> None:
    desk.act("rename", "id-1")
    dialog = desk.renaming()
    assert dialog.edit_button.isDefault()
    assert dialog.name.text() == "Sales"
    assert not dialog.rename_button.isEnabled()
    with qtbot.waitSignal(desk.table.dialog_requested) as asked:
        dialog.edit_button.click()
    assert asked.args is not None
    assert asked.args[0].kind is DialogKind.EDIT


def test_renaming_by_the_api_needs_a_json_object(desk: Desk) -> None:
    desk.act("rename", "id-1")
    dialog = desk.renaming()
    assert dialog.credentials.echoMode() is QLineEdit.EchoMode.Password
    for text in ("not json", "[1]", '"text"', "{", "[" * 100_000):
        dialog.credentials.setText(text)
        dialog.rename_button.click()
        assert dialog.message.startswith("The credentials are no JSON object")
    assert desk.client.calls == []
    dialog.name.setText("  ")
    assert not dialog.rename_button.isEnabled()


def test_enter_does_what_was_prepared(desk: Desk, qtbot: QtBot) -> None:
    desk.act("rename", "id-1")
    dialog = desk.renaming()
    dialog.name.setText("Sales, new")
    QTest.keyClicks(dialog.credentials, "[")
    with qtbot.assertNotEmitted(desk.table.dialog_requested):
        QTest.keyClick(dialog.credentials, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.message.startswith("The credentials are no JSON object")
    dialog.credentials.clear()
    assert dialog.edit_button.isDefault()


def test_a_renamed_row_shows_its_name_and_is_marked(desk: Desk, qtbot: QtBot) -> None:
    desk.act("rename", "id-1")
    dialog = desk.renaming()
    dialog.name.setText("Sales, new")
    QGuiApplication.clipboard().setText('{\n "access_token": "hush-hush"\n}')
    dialog.credentials.paste()
    left: list[str] = []
    dialog.finished.connect(lambda: left.append(dialog.credentials.text()))
    dialog.rename_button.click()
    qtbot.waitUntil(lambda: desk.table.model.authentication(0).name == "Sales, new")
    assert desk.client.calls == ["rename id-1 of user-1 to Sales, new"]
    assert json.loads(desk.client.credentials[0].reveal()) == {"access_token": "hush-hush"}
    assert desk.table.model.badge_of("id-1") == "Updated"
    assert desk.said == "Renamed: Sales, new."
    assert left == [""]


def test_a_refused_name_stays_in_its_field(desk: Desk, qtbot: QtBot) -> None:
    desk.client.failing["rename id-1 of user-1 to New"] = HttpStatusError(
        "Refused.", operation="update authentication", status=400
    )
    desk.act("rename", "id-1")
    dialog = desk.renaming()
    dialog.name.setText("New")
    dialog.credentials.setText("{}")
    dialog.rename_button.click()
    qtbot.waitUntil(lambda: dialog.message.startswith("Refused."))
    assert dialog.name.text() == "New"
    assert dialog.name.isEnabled()
    assert dialog.rename_button.isEnabled()
