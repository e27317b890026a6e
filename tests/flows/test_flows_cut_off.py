"""Attempts that an earlier run of the program left open: the window resolves and shows them at its start."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.running_window import running_window
from tray_auth_desktop import app
from tray_auth_desktop.cli.window import WindowProgram
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn

pytestmark = pytest.mark.webengine
LIMIT_MS = 40_000


@pytest.fixture
def configuration(tmp_path: Path) -> Iterator[Configuration]:
    with StandIn() as service:
        yield Configuration(
            config_dir=tmp_path / "config",
            data_dir=tmp_path / "data",
            embedded_id=service.embedded_id,
            graphql_url=service.graphql_url,
            rest_url=service.rest_url,
            dialog_url=service.dialog_url,
            master_token=Secret(service.master_token),
        )


@pytest.fixture
def user_id(configuration: Configuration) -> str:
    """The id of an end user with authentications."""
    account = app.Account(configuration)
    try:
        users = account.client().users().users
        return next(
            user.user_id for user in users if len(account.client().authentications_of(user.user_id)) > 1
        )
    finally:
        account.close()


def _leave_open(configuration: Configuration, user_id: str, missing: int) -> list[str]:
    """Leave an attempt as a killed program does, whose list lacked some of those there are now."""
    account = app.Account(configuration)
    listed = account.client().authentications_of(user_id)
    account.close()
    made = listed[:missing]
    service = made[0].service if made else None
    environment = made[0].service_environment if made else None
    request = DialogRequest(
        user_id,
        service.service_id if service else "s",
        environment.service_environment_id if environment else "e",
    )
    assert configuration.data_dir is not None
    path = configuration.data_dir / app.JOURNAL_NAME
    journal = Journal.open(path)
    journal.begin("cut off", account.face.name, request)
    journal.add_listed_before("cut off", [one.auth_id for one in listed[missing:]])
    journal.close()
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE attempt SET owner_pid = ?, owner_start = 'gone'", (int(ended.stdout),))
    connection.close()
    return [one.auth_id for one in made]


@pytest.fixture
def program(configuration: Configuration, qapp: QApplication) -> Iterator[WindowProgram]:
    with running_window(qapp, configuration) as program:
        yield program


def test_a_result_that_was_lost_with_the_program_is_shown(
    configuration: Configuration, user_id: str, program: WindowProgram, qtbot: QtBot
) -> None:
    (lost,) = _leave_open(configuration, user_id, 1)
    program.window.show()
    recovered = program.window.parts.recovered
    qtbot.waitUntil(lambda: recovered.auth_ids == (lost,), timeout=LIMIT_MS)
    assert recovered.isVisible()


def test_where_nothing_is_new_it_is_said(
    configuration: Configuration, user_id: str, program: WindowProgram, qtbot: QtBot
) -> None:
    _leave_open(configuration, user_id, 0)
    program.window.show()
    notices = program.window.notices
    qtbot.waitUntil(lambda: any("nothing new" in text for text in notices.texts), timeout=LIMIT_MS)
    assert program.window.parts.recovered.auth_ids == ()
