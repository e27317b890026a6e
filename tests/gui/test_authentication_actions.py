"""What is done with selected authentications: the menu, copies, editing, export."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from tests.gui.authentication_desk import ROWS, Desk, clipboard, desk
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.models import (
    Authentication,
)
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.onboarding.load_state import Loaded

__all__ = ["desk"]


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


# What an attempt brought.


def test_what_was_known_is_marked_as_updated(desk: Desk) -> None:
    desk.table.mark_new("id-4", was_known=True)
    assert desk.table.view.selected_ids() == ("id-4",)
    desk.table.mark_new("id-9", was_known=False)
    desk.table.set_state(Loaded((*ROWS, Authentication("id-9", "Fresh"))))
    texts = {desk.table.model.badge_of(auth_id) for auth_id in ("id-4", "id-9", "id-1")}
    assert texts == {"Updated", "New", ""}
    assert desk.table.view.selected_ids() == ("id-9",)
