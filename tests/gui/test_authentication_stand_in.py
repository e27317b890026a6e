"""The table against a server: the real client, over HTTP, on the stand-in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tray_auth_desktop.api import TrayClient
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.gui.authentication_table import AuthenticationTable
from tray_auth_desktop.gui.delete_question import DeleteQuestion
from tray_auth_desktop.gui.rename_dialog import RenameDialog
from tray_auth_desktop.onboarding.catalog import Catalog
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn

PATIENCE_MS = 10_000


class Place:
    """A table, its catalog and a client of the stand-in."""

    def __init__(self, bot: QtBot, server: StandIn) -> None:
        hosts = Hosts(server.graphql_url, server.rest_url, server.dialog_url)
        self.client = TrayClient(hosts, Secret(server.master_token))
        self.tasks, self.bot, self.server = Tasks(), bot, server
        self.catalog = Catalog(lambda: self.client, self.tasks)
        self.table = AuthenticationTable()
        bot.addWidget(self.table)
        self.table.attach(self.catalog.authentication_work)
        self.catalog.authentications_changed.connect(self.table.set_state)
        self.table.refreshed.connect(self.load)
        self.user = self.client.users(first=1).users[0]
        self.table.set_end_user(self.user.user_id, self.user.name)
        self.table.show()
        bot.waitExposed(self.table)
        self.load()
        self.wait(lambda: self.table.model.rowCount() >= 3)

    def load(self) -> None:
        self.catalog.load_authentications(self.user.user_id)

    def wait(self, is_so: Callable[[], bool]) -> None:
        self.bot.waitUntil(is_so, timeout=PATIENCE_MS)

    def ids(self) -> set[str]:
        return {one.auth_id for one in self.client.authentications_of(self.user.user_id)}


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    with StandIn() as server:
        made = Place(qtbot, server)
        yield made
        made.tasks.close()
        made.client.close()


def test_deleting_takes_it_off_the_server(place: Place) -> None:
    gone = [place.table.model.authentication(row).auth_id for row in (0, 2)]
    for row in (0, 2):
        index = place.table.model.index(row, 0)
        flags = place.table.view.selectionModel().SelectionFlag
        place.table.view.selectionModel().select(index, flags.Select | flags.Rows)
    count = place.table.model.rowCount()
    place.table.acts["delete"].trigger()
    question = place.table.changes.dialog
    assert isinstance(question, DeleteQuestion)
    question.delete_button.click()
    place.wait(lambda: place.table.model.rowCount() == count - 2)
    assert not place.ids() & set(gone)
    assert place.table.work_line.text() == "2 authentications deleted."


def test_what_somebody_else_deleted_is_said_with_what_to_do(place: Place) -> None:
    one = place.table.model.authentication(1)
    place.client.delete_authentication(place.user.user_id, one.auth_id)
    place.table.view.select_id(one.auth_id)
    place.table.acts["details"].trigger()
    place.wait(lambda: place.table.details.state_text != "" and "not found" in place.table.details.state_text)
    assert "List the authentications again" in place.table.details.state_text
    place.table.acts["delete"].trigger()
    question = place.table.changes.dialog
    assert isinstance(question, DeleteQuestion)
    question.delete_button.click()
    place.wait(lambda: place.table.work_line.text().startswith(f"Not deleted: {one.label}."))


def test_details_come_by_rest(place: Place) -> None:
    one = next(one for one in place.table.model.shown() if one.name == "Slack, product team")
    place.table.view.select_id(one.auth_id)
    place.table.acts["details"].trigger()
    place.wait(lambda: ("Scope", "channels:read") in place.table.details.rows())


def test_a_rename_by_the_api_reaches_the_server(place: Place) -> None:
    one = next(one for one in place.table.model.shown() if "Twilio" in one.name)
    place.table.view.select_id(one.auth_id)
    place.table.acts["rename"].trigger()
    dialog = place.table.changes.dialog
    assert isinstance(dialog, RenameDialog)
    dialog.name.setText("Twilio, renamed")
    dialog.credentials.setText(json.dumps({"account_sid": "AC1", "auth_token": "hush"}))
    dialog.rename_button.click()
    place.wait(lambda: dialog.message != "" or place.table.work_line.text() != "")
    place.wait(lambda: place.table.work_line.text() == "Renamed: Twilio, renamed.")
    names = {found.name for found in place.client.authentications_of(place.user.user_id)}
    assert "Twilio, renamed" in names


def test_a_server_that_is_gone_is_said_and_retried(place: Place) -> None:
    before = place.table.model.rowCount()
    place.server.stop()
    place.load()
    place.wait(lambda: place.table.state_text != "" and "Check the network" in place.table.state_text)
    assert place.table.model.rowCount() == before
    assert [button for button in place.table.findChildren(QPushButton) if button.isVisible()]
