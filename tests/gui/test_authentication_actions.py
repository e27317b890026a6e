"""What is done with selected authentications: edit, rename, delete, copy, export, details."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu, QPlainTextEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from tests.gui.conftest import FakeClient
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.models import (
    Authentication,
    AuthenticationDetails,
    Service,
    ServiceEnvironment,
)
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.errors import ApiTimeoutError, ForbiddenError, HttpStatusError
from tray_auth_desktop.gui.authentication_table import AuthenticationTable
from tray_auth_desktop.gui.delete_question import DeleteQuestion
from tray_auth_desktop.gui.raw_json_dialog import RawJsonDialog
from tray_auth_desktop.gui.rename_dialog import RenameDialog
from tray_auth_desktop.gui.scrolling import scrolled
from tray_auth_desktop.onboarding.authentication_work import AuthenticationWork
from tray_auth_desktop.onboarding.load_state import Loaded
from tray_auth_desktop.onboarding.tasks import Tasks

SLACK = Service("svc-slack", "slack", "Slack", "https://icons.test/slack.svg", "4")
PRODUCTION = ServiceEnvironment("env-1", "Production")
ROWS = (
    Authentication("id-1", "Sales", SLACK, PRODUCTION, {"region": "eu", "tags": [1, 2]}),
    Authentication("id-2", "=Support <b>", SLACK, None),
    Authentication("id-3", "", None, PRODUCTION),
    Authentication("id-4", "Finance", SLACK, PRODUCTION),
)


class Desk:
    """A table that can act, and what stands behind it."""

    def __init__(self, bot: QtBot) -> None:
        self.client, self.tasks, self.bot = FakeClient(), Tasks(), bot
        self.table = AuthenticationTable()
        bot.addWidget(self.table)
        self.table.attach(AuthenticationWork(lambda: self.client, self.tasks, self.table))
        self.table.set_end_user("user-1", "Michael Scott")
        self.table.set_state(Loaded(ROWS))
        self.table.resize(640, 700)
        self.table.show()
        bot.waitExposed(self.table)

    def act(self, name: str, *auth_ids: str) -> None:
        """Select rows, then trigger an action."""
        self.select(*auth_ids)
        action = self.table.acts[name]
        assert action.isEnabled(), action.toolTip()
        action.trigger()

    def select(self, *auth_ids: str) -> None:
        self.table.view.clearSelection()
        for number, auth_id in enumerate(auth_ids):
            index = self.table.model.index(self.table.model.row_of(auth_id), 0)
            if not number:
                self.table.view.setCurrentIndex(index)
            self.table.view.selectionModel().select(
                index,
                self.table.view.selectionModel().SelectionFlag.Select
                | self.table.view.selectionModel().SelectionFlag.Rows,
            )

    @property
    def ids(self) -> list[str]:
        return [one.auth_id for one in self.table.model.shown()]

    @property
    def said(self) -> str:
        return self.table.work_line.text()

    def question(self) -> DeleteQuestion:
        dialog = self.table.changes.dialog
        assert isinstance(dialog, DeleteQuestion)
        return dialog

    def renaming(self) -> RenameDialog:
        dialog = self.table.changes.dialog
        assert isinstance(dialog, RenameDialog)
        return dialog


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.tasks.close()


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


# Which actions there are.


def test_what_cannot_be_done_is_disabled_and_says_why(desk: Desk) -> None:
    acts = desk.table.acts
    desk.select()
    assert not acts["edit"].isEnabled()
    assert acts["edit"].toolTip() == "Select one authentication first."
    assert not acts["copy_id"].isEnabled()
    assert acts["export_csv"].isEnabled()
    desk.select("id-1", "id-2")
    assert not acts["rename"].isEnabled()
    assert acts["delete"].isEnabled()
    desk.select("id-1")
    assert all(action.isEnabled() for action in acts.all)
    desk.table.set_end_user("", "")
    assert not acts["export_json"].isEnabled()
    desk.table.set_state(Loaded(ROWS))
    desk.select("id-1")
    assert acts["edit"].toolTip() == "Choose an end user first."


def test_menu_button_and_context_menu_offer_everything(desk: Desk) -> None:
    desk.select("id-1")
    desk.table.menu_button.click()
    desk.table.view.customContextMenuRequested.emit(QPoint(4, 4))
    menus = desk.table.findChildren(QMenu)
    assert len(menus) == 2
    for menu in menus:
        assert [action for action in menu.actions() if not action.isSeparator()] == list(desk.table.acts.all)
        menu.close()


def test_no_two_actions_of_the_menu_share_a_mnemonic(desk: Desk) -> None:
    letters = [action.text()[action.text().index("&") + 1].lower() for action in desk.table.acts.all]
    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_F2, "rename"), (Qt.Key.Key_Delete, "delete")])
def test_the_keyboard_reaches_the_actions(desk: Desk, qtbot: QtBot, key: Qt.Key, name: str) -> None:
    desk.select("id-1")
    desk.table.view.setFocus()
    qtbot.waitUntil(desk.table.view.hasFocus)
    with qtbot.waitSignal(desk.table.acts.asked) as asked:
        QTest.keyClick(desk.table.view, key)
    assert asked.args == [name]
    assert desk.table.changes.dialog is not None
    desk.table.changes.dialog.reject()
    qtbot.waitUntil(desk.table.view.hasFocus)


# Copying.


@pytest.mark.parametrize(
    ("name", "one", "several"),
    [
        ("copy_id", "id-1", "id-1\nid-3"),
        ("copy_name", "Sales", "Sales\nid-3"),
        (
            "copy_row",
            "Sales\tSlack\tProduction\tid-1",
            "Sales\tSlack\tProduction\tid-1\n\t\tProduction\tid-3",
        ),
        ("copy_link", "[Sales](id-1)", "[Sales](id-1)\n[id-3](id-3)"),
    ],
)
def test_copying_one_row_and_several(desk: Desk, name: str, one: str, several: str) -> None:
    desk.act(name, "id-1")
    assert clipboard() == one
    desk.act(name, "id-1", "id-3")
    assert clipboard() == several


def test_json_is_copied_with_every_field(desk: Desk) -> None:
    desk.act("copy_json", "id-1")
    assert json.loads(clipboard())["custom_fields"] == {"region": "eu", "tags": [1, 2]}
    desk.act("copy_json", "id-1", "id-2")
    assert [one["auth_id"] for one in json.loads(clipboard())] == ["id-1", "id-2"]


# Re-authenticate.


def test_editing_asks_for_the_dialog(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.table.dialog_requested) as asked:
        desk.act("edit", "id-1")
    assert asked.args == [
        DialogRequest(
            "user-1",
            "svc-slack",
            "env-1",
            kind=DialogKind.EDIT,
            auth_id="id-1",
            service_name="slack",
        ),
        Subject("Michael Scott", "Slack", "Production", "Sales"),
    ]
    with qtbot.waitSignal(desk.table.dialog_requested) as asked:
        desk.act("edit", "id-3")
    assert asked.args is not None
    assert asked.args[0].service_id == ""


def test_an_id_that_no_dialog_takes_is_said(desk: Desk) -> None:
    desk.table.set_state(Loaded((Authentication("a\x07b", "Odd"),)))
    desk.act("edit", "a\x07b")
    assert desk.said.startswith("The dialog cannot be opened for this authentication")


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


# Export.


def save_as(desk: Desk, name: str, path: Path) -> None:
    desk.table.acts[name].trigger()
    dialog = desk.table.changes.dialog
    assert isinstance(dialog, QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def test_the_visible_list_is_exported_as_csv(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.table.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    desk.table.filter_line.setText("slack")
    save_as(desk, "export_csv", tmp_path / "list.csv")
    qtbot.waitUntil(lambda: desk.said.startswith("Exported"))
    assert desk.said == f"Exported 3 authentications to {tmp_path / 'list.csv'}."
    with (tmp_path / "list.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert [row["auth_id"] for row in rows] == ["id-1", "id-4", "id-2"]
    assert rows[2]["name"] == "'=Support <b>"


def test_the_visible_list_is_exported_as_json(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    save_as(desk, "export_json", tmp_path / "list.json")
    qtbot.waitUntil(lambda: desk.said.startswith("Exported"))
    listed = json.loads((tmp_path / "list.json").read_text(encoding="utf-8"))
    assert [one["auth_id"] for one in listed] == ["id-1", "id-2", "id-3", "id-4"]
    assert listed[1]["name"] == "=Support <b>"


def test_a_file_that_cannot_be_written_is_said(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    save_as(desk, "export_json", tmp_path / "no folder" / "list.json")
    qtbot.waitUntil(lambda: "could not be written" in desk.said)
    assert desk.said.endswith("then export again.")


# Details.


def open_details(desk: Desk, qtbot: QtBot, auth_id: str) -> None:
    desk.act("details", auth_id)
    qtbot.waitUntil(lambda: f"details of {auth_id} of user-1" in desk.client.calls)


def test_details_show_the_list_at_once_and_the_rest_later(desk: Desk, qtbot: QtBot) -> None:
    raw = {
        "id": "id-1",
        "name": "Sales",
        "scopes": ["a"],
        "privileged": False,
        "onPremAgentGroupId": "group-1",
    }
    desk.client.details["id-1"] = AuthenticationDetails("id-1", "Sales", "env-1", ("a", "b"), "group-1", raw)
    gate = desk.client.gates["details of id-1 of user-1"] = threading.Event()
    desk.act("details", "id-1")
    assert {row[0]: row[1] for row in desk.table.details.rows()} == {
        "Name": "Sales",
        "authId": "id-1",
        "Service": "Slack",
        "Service name": "slack",
        "Service version": "4",
        "Service id": "svc-slack",
        "Environment": "Production",
        "Environment id": "env-1",
        "Custom fields: region": "eu",
        "Custom fields: tags": "[1, 2]",
        "Icon": "https://icons.test/slack.svg",
    }
    gate.set()
    qtbot.waitUntil(lambda: ("On-prem agent group id", "group-1") in desk.table.details.rows())
    rows = desk.table.details.rows()
    assert ("Scope", "a") in rows
    assert ("Scope", "b") in rows
    assert ("privileged", "false") in rows
    assert [row for row in rows if row[0].startswith("Name")] == [("Name", "Sales")]


def test_details_that_fail_say_why_and_are_asked_for_again(desk: Desk, qtbot: QtBot) -> None:
    what = "details of id-1 of user-1"
    desk.client.failing[what] = HttpStatusError(
        "Not found.", operation="authentication", status=404, advice="Look."
    )
    open_details(desk, qtbot, "id-1")
    qtbot.waitUntil(
        lambda: desk.table.details.state_text != "" and "Not found" in desk.table.details.state_text
    )
    assert desk.table.details.state_text == "The details could not be fetched. Not found. Look."
    del desk.client.failing[what]
    desk.client.details["id-1"] = AuthenticationDetails("id-1", scopes=("later",))
    buttons = desk.table.details.findChildren(QPushButton)
    next(button for button in buttons if button.text() == "Retry" and button.isVisible()).click()
    qtbot.waitUntil(lambda: ("Scope", "later") in desk.table.details.rows())
    assert desk.table.details.state_text == ""


def test_who_passes_over_rows_asks_for_the_last_only(desk: Desk, qtbot: QtBot) -> None:
    desk.table.details.toggle.setChecked(True)
    for auth_id in ("id-1", "id-2", "id-3", "id-4"):
        desk.table.view.select_id(auth_id)
    qtbot.waitUntil(lambda: bool(desk.client.calls))
    assert desk.client.calls == ["details of id-4 of user-1"]
    desk.table.view.clearSelection()
    assert desk.table.details.rows() == ()
    assert desk.table.details.state_text == "Select an authentication to see its details."


def test_enter_on_a_row_opens_the_details(desk: Desk) -> None:
    desk.table.view.select_id("id-1")
    assert not desk.table.details.is_open
    QTest.keyClick(desk.table.view, Qt.Key.Key_Return)
    assert desk.table.details.is_open


def test_opened_details_come_into_sight_in_a_low_window(qtbot: QtBot) -> None:
    table = AuthenticationTable()
    area = scrolled(table)
    qtbot.addWidget(area)
    area.resize(480, 300)
    area.show()
    qtbot.waitExposed(area)
    table.details.toggle.click()
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)
    assert table.details.visibleRegion().boundingRect().bottom() == table.details.rect().bottom()


def test_values_can_be_copied(desk: Desk, qtbot: QtBot) -> None:
    open_details(desk, qtbot, "id-1")
    view = desk.table.details.findChildren(QTableView)[0]
    view.setCurrentIndex(view.model().index(1, 0))
    action = next(action for action in view.findChildren(QAction) if action.text() == "Copy &value")
    with qtbot.waitSignal(desk.table.copied):
        action.trigger()
    assert clipboard() == "id-1"


def test_raw_json_shows_both_replies(desk: Desk, qtbot: QtBot) -> None:
    desk.client.details["id-1"] = AuthenticationDetails("id-1", raw={"id": "id-1", "odd": {"a": [None]}})
    desk.select("id-1")
    desk.table.details.raw_button.click()
    dialog = desk.table.details.findChild(RawJsonDialog)
    assert dialog is not None
    pages = {page.accessibleName(): page for page in dialog.findChildren(QPlainTextEdit)}
    assert json.loads(pages["JSON: As listed"].toPlainText())["customFields"] == {
        "region": "eu",
        "tags": [1, 2],
    }
    rest = pages["JSON: Details (REST)"]
    qtbot.waitUntil(lambda: rest.toPlainText().startswith("{"))
    assert json.loads(rest.toPlainText()) == {"id": "id-1", "odd": {"a": [None]}}
    assert rest.isReadOnly()
    dialog.copy()
    assert json.loads(clipboard())["id"] == "id-1"
    dialog.reject()
    qtbot.waitUntil(lambda: desk.table.details.findChild(RawJsonDialog) is None)


# What an attempt brought.


def test_what_was_known_is_marked_as_updated(desk: Desk) -> None:
    desk.table.mark_new("id-4", was_known=True)
    assert desk.table.view.selected_ids() == ("id-4",)
    desk.table.mark_new("id-9", was_known=False)
    desk.table.set_state(Loaded((*ROWS, Authentication("id-9", "Fresh"))))
    texts = {desk.table.model.badge_of(auth_id) for auth_id in ("id-4", "id-9", "id-1")}
    assert texts == {"Updated", "New", ""}
    assert desk.table.view.selected_ids() == ("id-9",)
