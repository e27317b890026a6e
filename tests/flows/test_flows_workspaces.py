"""Workspaces in the window: taken up, switched, refused, asked for their tokens. On stand-ins, over HTTP."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QPushButton
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
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn
from tray_auth_desktop.workspaces.entry import STAND_IN, WorkspaceEntry
from tray_auth_desktop.workspaces.file import put_entry, read_book, use_workspace

__all__ = ["configuration", "other", "start"]
pytestmark = pytest.mark.webengine


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
