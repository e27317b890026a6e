"""What is known of one authentication, shown beside the list."""

from __future__ import annotations

import json
import threading

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from tests.gui.authentication_desk import Desk, clipboard, desk
from tray_auth_desktop.core.models import (
    AuthenticationDetails,
)
from tray_auth_desktop.errors import HttpStatusError
from tray_auth_desktop.gui.authentication_table import AuthenticationTable
from tray_auth_desktop.gui.raw_json_dialog import RawJsonDialog
from tray_auth_desktop.gui.scrolling import scrolled

__all__ = ["desk"]


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
