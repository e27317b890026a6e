"""Workspaces in the window: taken up, switched, refused, asked for their tokens. On stand-ins, over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from tray_auth_desktop import app
from tray_auth_desktop.cli.first_account import first_account
from tray_auth_desktop.cli.window import WindowProgram
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.gui.token_question import TokenQuestion
from tray_auth_desktop.gui.window_state import WindowState
from tray_auth_desktop.onboarding.limits import AttemptLimits
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn
from tray_auth_desktop.workspaces.entry import STAND_IN, WorkspaceEntry
from tray_auth_desktop.workspaces.file import put_entry, read_book, use_workspace

pytestmark = pytest.mark.webengine
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


def test_without_workspaces_it_starts_on_the_stand_in_and_offers_to_connect(
    start: Start, configuration: Configuration, qtbot: QtBot
) -> None:
    program = start(configuration)
    qtbot.waitUntil(lambda: has_users(program), timeout=LIMIT_MS)
    notices = program.window.notices
    qtbot.waitUntil(lambda: any("Tray account" in text for text in notices.texts), timeout=LIMIT_MS)
    button = next(
        button for button in notices.findChildren(QPushButton) if button.text().startswith("Connect")
    )

    button.click()

    assert program.window.page_name == "page_workspaces"
    assert not [text for text in notices.texts if "Tray account" in text]
    assert [action.data() for action in program.window.actions_of_window.workspaces] == [STAND_IN]


def test_an_offer_that_was_dismissed_does_not_come_again(
    start: Start, configuration: Configuration, qtbot: QtBot
) -> None:
    program = start(configuration)
    notices = program.window.notices
    qtbot.waitUntil(lambda: any("Tray account" in text for text in notices.texts), timeout=LIMIT_MS)
    (offer,) = [text for text in notices.texts if "Tray account" in text]
    notices.remove(offer)
    notices.dismissed.emit(offer)
    with qtbot.waitSignal(program.window.actions_of_window.workspaces_changed, timeout=200, raising=False):
        program.workspaces.read_soon()
    assert offer not in notices.texts


def test_switching_shows_the_other_account_and_is_remembered(
    start: Start, configuration: Configuration, qtbot: QtBot, standin: StandIn, other: StandIn
) -> None:
    path = configuration.book_path
    put_entry(path, entry_of(standin, "One"))
    put_entry(path, entry_of(other, "Other"))
    use_workspace(path, "One")
    program = start(configuration)
    window = program.window
    program.workspaces.tokens.take("One", Secret(standin.master_token))
    program.workspaces.tokens.take("Other", Secret(other.master_token))
    qtbot.waitUntil(lambda: has_users(program), timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: len(window.actions_of_window.workspaces) == 3, timeout=LIMIT_MS)
    before, left = window.page, program.session
    assert (window.windowTitle(), "One" in window.banner.text) == ("One", True)

    switch(program, "Other")

    qtbot.waitUntil(lambda: window.workspace.name == "Other", timeout=LIMIT_MS)
    assert window.page is not before
    assert program.session is not left
    assert (window.windowTitle(), "Other" in window.banner.text) == ("Other", True)
    qtbot.waitUntil(lambda: has_users(program), timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: read_book(path).active == "Other", timeout=LIMIT_MS)
    checked = [action.data() for action in window.actions_of_window.workspaces if action.isChecked()]
    assert checked == ["Other"]


def test_the_event_loop_goes_on_while_a_stand_in_is_left(
    start: Start, configuration: Configuration, qtbot: QtBot, standin: StandIn
) -> None:
    put_entry(configuration.book_path, entry_of(standin, "One"))
    program = start(configuration)
    qtbot.waitUntil(lambda: has_users(program), timeout=LIMIT_MS)
    program.workspaces.tokens.take("One", Secret(standin.master_token))
    ended = program.account.close
    longest, clock = [0], QElapsedTimer()
    beat = QTimer(interval=0)

    def on_beat() -> None:
        longest[0] = max(longest[0], clock.restart())

    beat.timeout.connect(on_beat)
    threads: list[str] = []

    def close_and_note_where() -> None:
        threads.append(threading.current_thread().name)
        ended()

    program.account.close = close_and_note_where  # type: ignore[method-assign]  # to see where it runs
    qtbot.waitUntil(lambda: len(program.window.actions_of_window.workspaces) == 2, timeout=LIMIT_MS)
    clock.start()
    beat.start()
    switch(program, "One")
    qtbot.waitUntil(lambda: program.window.workspace.name == "One", timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: bool(threads), timeout=LIMIT_MS)
    beat.stop()

    assert threads == ["account"]
    assert longest[0] < 1_000, "the loop was held up by what should run elsewhere"


def test_a_workspace_that_cannot_be_used_leaves_everything_as_it_is(
    start: Start, configuration: Configuration, qtbot: QtBot
) -> None:
    put_entry(configuration.book_path, WorkspaceEntry("Half"))
    program = start(configuration)
    window, session = program.window, program.session
    qtbot.waitUntil(lambda: len(window.actions_of_window.workspaces) == 2, timeout=LIMIT_MS)

    switch(program, "Half")

    qtbot.waitUntil(lambda: any("Embedded ID" in text for text in window.notices.texts), timeout=LIMIT_MS)
    assert (program.session, window.workspace.is_stand_in) == (session, True)
    assert read_book(configuration.book_path).active == STAND_IN
    switch(program, "Half")  # and it can be tried again


def test_an_unreadable_file_is_said_with_its_place_and_never_touched(
    start: Start, configuration: Configuration, qtbot: QtBot
) -> None:
    path = configuration.book_path
    path.parent.mkdir(parents=True)
    path.write_text('active = "acme"\n[workspaces.acme\n', encoding="utf-8")
    program = start(configuration)
    notice = "\n".join(program.window.notices.texts)

    assert "line 2" in notice
    assert str(path) in notice
    assert program.window.workspace.is_stand_in
    qtbot.waitUntil(lambda: has_users(program), timeout=LIMIT_MS)
    assert path.read_text(encoding="utf-8") == 'active = "acme"\n[workspaces.acme\n'


def test_a_workspace_that_is_named_and_missing_is_said(start: Start, configuration: Configuration) -> None:
    program = start(replace(configuration, workspace="gone"))

    assert any("gone" in text and "stand-in" in text for text in program.window.notices.texts)
    assert program.window.workspace.is_stand_in


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
