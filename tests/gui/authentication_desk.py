"""A table of authentications that can act, over a client that answers from memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import FakeClient
from tray_auth_desktop.core.models import (
    Authentication,
    Service,
    ServiceEnvironment,
)
from tray_auth_desktop.gui.authentication_table import AuthenticationTable
from tray_auth_desktop.gui.delete_question import DeleteQuestion
from tray_auth_desktop.gui.rename_dialog import RenameDialog
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
