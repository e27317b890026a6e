"""The window as the command starts it, on accounts of the test; and what a person does to it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tray_auth_desktop import app
from tray_auth_desktop.cli.first_account import first_account
from tray_auth_desktop.cli.window import WindowProgram
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.onboarding.limits import AttemptLimits
from tray_auth_desktop.standin import StandIn
from tray_auth_desktop.workspaces.entry import WorkspaceEntry

LIMIT_MS = 40_000


def entry_of(standin: StandIn, name: str) -> WorkspaceEntry:
    return WorkspaceEntry(
        name,
        embedded_id=standin.embedded_id,
        graphql_url=standin.graphql_url,
        rest_url=standin.rest_url,
        dialog_url=standin.dialog_url,
    )


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    return Configuration(config_dir=tmp_path / "config", data_dir=tmp_path / "data")


@pytest.fixture
def other() -> Iterator[StandIn]:
    with StandIn() as service:
        yield service


Start = Callable[[Configuration], WindowProgram]


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot) -> Iterator[Start]:
    """Starts the window's program as the command does, but for the event loop."""
    programs: list[tuple[WindowProgram, app.Account]] = []

    def begin(configuration: Configuration) -> WindowProgram:
        account, problem = first_account(configuration)
        program = WindowProgram(qapp, account, configuration, AttemptLimits(), problem=problem)
        programs.append((program, account))
        with qtbot.waitSignal(program.window.first_painted, timeout=LIMIT_MS):
            program.window.show()
        return program

    yield begin
    for program, account in programs:
        program.close()
        account.close()


def has_users(program: WindowProgram) -> bool:
    return "to choose from" in program.window.parts.form.user_picker.state_text


def switch(program: WindowProgram, name: str) -> None:
    """Choose a workspace in the list that drops down."""
    actions = program.window.actions_of_window.workspaces
    next(action for action in actions if action.data() == name).trigger()
