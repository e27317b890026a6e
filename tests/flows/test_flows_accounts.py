"""Accounts in the window: the tokens they need, and what happens to a running attempt and to what is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.flows.window_program import (
    LIMIT_MS,
    Start,
    configuration,
    entry_of,
    has_users,
    other,
    start,
    switch,
)
from tray_auth_desktop.cli.first_account import first_account
from tray_auth_desktop.cli.window import WindowProgram
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.gui.token_question import TokenQuestion
from tray_auth_desktop.gui.window_state import WindowState
from tray_auth_desktop.onboarding.limits import AttemptLimits
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn
from tray_auth_desktop.workspaces.entry import STAND_IN
from tray_auth_desktop.workspaces.file import put_entry, read_book, use_workspace

__all__ = ["configuration", "other", "start"]
pytestmark = pytest.mark.webengine


def test_a_missing_token_is_asked_for_once_and_then_everything_is_fetched(
    start: Start, configuration: Configuration, qtbot: QtBot, standin: StandIn
) -> None:
    put_entry(configuration.book_path, entry_of(standin, "One"))
    use_workspace(configuration.book_path, "One")
    program = start(configuration)
    window = program.window
    qtbot.waitUntil(lambda: window.findChild(TokenQuestion) is not None, timeout=LIMIT_MS)
    (question,) = window.findChildren(TokenQuestion)

    question.given.emit(Secret(standin.master_token), False)
    question.accept()

    qtbot.waitUntil(lambda: has_users(program), timeout=LIMIT_MS)
    picker = window.parts.form.service_picker
    qtbot.waitUntil(lambda: "to choose from" in picker.state_text, timeout=LIMIT_MS)
    assert not window.findChildren(TokenQuestion) or not question.isVisible()


def test_the_token_of_the_environment_goes_to_no_other_account(
    start: Start, configuration: Configuration, qtbot: QtBot, standin: StandIn, other: StandIn
) -> None:
    put_entry(configuration.book_path, entry_of(standin, "One"))
    put_entry(configuration.book_path, entry_of(other, "Other"))
    program = start(replace(configuration, workspace="One", master_token=Secret(standin.master_token)))
    window = program.window
    qtbot.waitUntil(lambda: has_users(program), timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: len(window.actions_of_window.workspaces) == 3, timeout=LIMIT_MS)

    switch(program, "Other")

    qtbot.waitUntil(lambda: window.findChild(TokenQuestion) is not None, timeout=LIMIT_MS)
    assert not [request for request in other.requests if request.path.endswith("/graphql")]
    switch(program, "One")
    qtbot.waitUntil(lambda: window.workspace.name == "One" and has_users(program), timeout=LIMIT_MS)


def test_a_described_account_can_be_left_and_taken_up_again(
    start: Start, configuration: Configuration, qtbot: QtBot, standin: StandIn
) -> None:
    described = replace(
        configuration,
        embedded_id=standin.embedded_id,
        graphql_url=standin.graphql_url,
        rest_url=standin.rest_url,
        dialog_url=standin.dialog_url,
        master_token=Secret(standin.master_token),
    )
    program = start(described)
    window = program.window
    qtbot.waitUntil(lambda: has_users(program), timeout=LIMIT_MS)
    assert [action.data() for action in window.actions_of_window.workspaces] == ["", STAND_IN]

    switch(program, STAND_IN)
    qtbot.waitUntil(lambda: window.workspace.is_stand_in and has_users(program), timeout=LIMIT_MS)
    switch(program, "")
    qtbot.waitUntil(lambda: not window.workspace.is_stand_in and has_users(program), timeout=LIMIT_MS)
    assert not configuration.book_path.exists()


def test_switching_while_an_attempt_runs_asks_first(
    start: Start, configuration: Configuration, qtbot: QtBot, standin: StandIn
) -> None:
    put_entry(configuration.book_path, entry_of(standin, "One"))
    program = start(configuration)
    window = program.window
    qtbot.waitUntil(lambda: has_users(program), timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: len(window.actions_of_window.workspaces) == 2, timeout=LIMIT_MS)
    form = window.parts.form
    qtbot.waitUntil(lambda: "to choose from" in form.service_picker.state_text, timeout=LIMIT_MS)
    form.user_picker.field.open_list()
    form.user_picker.field.pick_first()
    form.service_picker.field.open_list()
    form.service_picker.field.pick_first()
    qtbot.waitUntil(lambda: bool(form.environment_picker.field.isEnabled()), timeout=LIMIT_MS)
    if not form.environment_picker.key:
        form.environment_picker.field.open_list()
        form.environment_picker.field.pick_first()
    qtbot.waitUntil(lambda: form.request() is not None, timeout=LIMIT_MS)
    window.attempt.open_dialog()
    assert program.desk.is_running

    switch(program, "One")

    question = window.findChild(QMessageBox)
    assert question is not None
    assert window.workspace.is_stand_in
    next(button for button in question.buttons() if "switch" in button.text()).click()
    qtbot.waitUntil(lambda: window.workspace.name == "One", timeout=LIMIT_MS)
    assert not program.desk.is_running


def test_a_change_of_the_active_workspace_counts_at_once(
    start: Start, configuration: Configuration, qtbot: QtBot, standin: StandIn, other: StandIn
) -> None:
    path = configuration.book_path
    put_entry(path, entry_of(standin, "One"))
    use_workspace(path, "One")
    program = start(replace(configuration, master_token=Secret(standin.master_token)))
    qtbot.waitUntil(lambda: has_users(program), timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: len(program.window.actions_of_window.workspaces) == 2, timeout=LIMIT_MS)
    session = program.session

    put_entry(path, replace(entry_of(other, "One"), account_id="account-1"))
    program.workspaces.read_soon()

    qtbot.waitUntil(lambda: program.session is not session, timeout=LIMIT_MS)
    assert program.account.face.account_id == "account-1"


def test_colours_are_kept_in_the_file(start: Start, configuration: Configuration, qtbot: QtBot) -> None:
    program = start(configuration)
    actions = program.window.actions_of_window
    actions.action("scheme_dark").trigger()
    qtbot.waitUntil(
        lambda: (
            configuration.book_path.exists()
            and read_book(configuration.book_path).preferences.get("color_scheme") == "dark"
        ),
        timeout=LIMIT_MS,
    )
    actions.action("scheme_system").trigger()
    qtbot.waitUntil(lambda: not read_book(configuration.book_path).preferences, timeout=LIMIT_MS)


def test_what_is_kept_of_the_window_holds_no_secret(
    qapp: QApplication, qtbot: QtBot, configuration: Configuration, standin: StandIn, tmp_path: Path
) -> None:
    put_entry(configuration.book_path, entry_of(standin, "One"))
    use_workspace(configuration.book_path, "One")
    state_path = tmp_path / "window.ini"
    with_token = replace(configuration, master_token=Secret(standin.master_token))
    account, _ = first_account(with_token)
    program = WindowProgram(qapp, account, with_token, AttemptLimits(), state=WindowState(state_path))
    with qtbot.waitSignal(program.window.first_painted, timeout=LIMIT_MS):
        program.window.show()
    qtbot.waitUntil(lambda: has_users(program), timeout=LIMIT_MS)
    program.window.parts.form.user_picker.field.open_list()
    program.window.parts.form.user_picker.field.pick_first()
    user_id = program.window.parts.form.user_picker.key
    program.close()
    account.close()

    assert user_id in state_path.read_text()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files if standin.master_token.encode() in path.read_bytes()]
