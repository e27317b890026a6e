"""What is asked on a terminal: a token that is not shown, and whether something shall be deleted."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo terminals are POSIX", allow_module_level=True)

import pty
import termios

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program
    from tray_auth_desktop.standin import StandIn

pytestmark = pytest.mark.program

AVA = "14ee78f9-73d8-527a-bd84-7734b8424c08"
_LIMIT_S = 30


class Terminal:
    """A terminal that the program's stdin and stderr are connected to; its stdout is a pipe."""

    def __init__(self) -> None:
        self._ours, self._programs = pty.openpty()
        self._seen = ""

    def start(self, program: Program, *arguments: str) -> subprocess.Popen[str]:
        """Start the program on this terminal, in a session of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "tray_auth_desktop", *arguments],
            stdin=self._programs,
            stdout=subprocess.PIPE,
            stderr=self._programs,
            text=True,
            env=program.environment,
            cwd=program.folder,
            start_new_session=True,
        )

    def wait_for(self, text: str) -> str:
        """Wait until a text was shown; return all that was shown."""
        until = time.monotonic() + _LIMIT_S
        while text not in self._seen:
            assert time.monotonic() < until, f"not shown: {text!r}, but {self._seen!r}"
            self._read(1.0)
        return self._seen

    def type_in(self, text: str) -> None:
        """Type a line."""
        os.write(self._ours, f"{text}\n".encode())

    @property
    def shows_what_is_typed(self) -> bool:
        return bool(termios.tcgetattr(self._programs)[3] & termios.ECHO)

    def rest(self) -> str:
        """Return all that was shown, once the program has ended."""
        while self._read(0):
            pass
        return self._seen

    def close(self) -> None:
        os.close(self._ours)
        os.close(self._programs)

    def _read(self, limit_s: float) -> bool:
        if not select.select([self._ours], [], [], limit_s)[0]:
            return False
        self._seen += os.read(self._ours, 65_536).decode(errors="replace")
        return True


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    terminal = Terminal()
    yield terminal
    terminal.close()


def test_a_token_that_is_nowhere_is_asked_for_and_not_shown(
    program: Program, stand_in: StandIn, terminal: Terminal
) -> None:
    token = program.environment.pop("TRAY_MASTER_TOKEN")
    process = terminal.start(program, "list", "--user-id", AVA, "--json")
    terminal.wait_for("Master token")
    assert not terminal.shows_what_is_typed

    terminal.type_in(token)

    ended = program.end(process)
    assert (ended.code, len(json.loads(ended.out))) == (0, 4)
    assert token not in terminal.rest()
    assert terminal.shows_what_is_typed


def test_no_token_typed(program: Program, tray: MadeUpTray, terminal: Terminal) -> None:
    del program.environment["TRAY_MASTER_TOKEN"]
    process = terminal.start(program, "users", "list")
    terminal.wait_for("Master token")

    terminal.type_in("")

    assert program.end(process).code == 2
    assert "TRAY_MASTER_TOKEN" in terminal.rest()
    assert not tray.requests


@pytest.mark.webengine
def test_create_asks_before_its_clock_runs(program: Program, tray: MadeUpTray, terminal: Terminal) -> None:
    del program.environment["TRAY_MASTER_TOKEN"]
    tray.lists_after_page = [tray.finishing()]
    process = terminal.start(program, *program.create, "--timeout", "20")
    terminal.wait_for("Master token")

    terminal.type_in(tray.master_token)

    ended = program.end(process)
    assert (ended.code, ended.answer["outcome"], ended.answer["known"]) == (0, "captured", False)
    assert tray.master_token not in terminal.rest()


@pytest.mark.parametrize(
    "command", [("create", "--service-id", "s", "--service-environment-id", "e"), ("list",)]
)
def test_told_to_stop_while_it_asks_leaves_the_terminal_as_it_was(
    program: Program, tray: MadeUpTray, terminal: Terminal, command: tuple[str, ...]
) -> None:
    del program.environment["TRAY_MASTER_TOKEN"]
    process = terminal.start(program, *command, "--user-id", "u-1")
    terminal.wait_for("Master token")

    process.send_signal(signal.SIGINT)

    assert program.end(process, limit_s=10).code == 3
    assert terminal.shows_what_is_typed


def test_a_deletion_is_confirmed_by_name(program: Program, stand_in: StandIn, terminal: Terminal) -> None:
    process = terminal.start(program, "users", "delete", AVA)
    asked = terminal.wait_for("[y/N]")

    terminal.type_in("y")

    assert all(part in asked for part in ("Ava Lindqvist", AVA, "ext-1001", "4 authentications"))
    assert program.end(process).code == 0
    assert program.run("users", "list", "--search", AVA, "--json").out == "[]\n"


@pytest.mark.parametrize("answer", ["n", ""])
def test_a_deletion_that_is_not_confirmed(
    program: Program, stand_in: StandIn, terminal: Terminal, answer: str
) -> None:
    auth_id = "9ad36753-12b6-5443-bb2c-68b532287f62"
    process = terminal.start(program, "delete", auth_id, "--user-id", AVA, "--json")
    asked = terminal.wait_for("[y/N]")

    terminal.type_in(answer)

    ended = program.end(process)
    assert (ended.code, ended.out) == (3, "")
    assert "Twilio" in asked
    assert "Nothing was deleted" in terminal.rest()
    assert auth_id in program.run("list", "--user-id", AVA).out


@pytest.mark.parametrize(
    "command",
    [("users", "delete", "no-such-user"), ("delete", "no-such-id", "--user-id", AVA)],
    ids=["user", "authentication"],
)
def test_nothing_is_asked_about_what_is_not_there(
    program: Program, stand_in: StandIn, terminal: Terminal, command: tuple[str, ...]
) -> None:
    process = terminal.start(program, *command)

    assert program.end(process).code == 2
    assert "[y/N]" not in terminal.rest()


def test_told_to_stop_while_it_asks_deletes_nothing(
    program: Program, stand_in: StandIn, terminal: Terminal
) -> None:
    process = terminal.start(program, "users", "delete", AVA)
    terminal.wait_for("[y/N]")

    process.send_signal(signal.SIGINT)

    assert program.end(process, limit_s=10).code == 3
    assert "Ava" in program.run("users", "list").out


def test_credentials_are_asked_for_and_not_shown(
    program: Program, stand_in: StandIn, terminal: Terminal
) -> None:
    auth_id = "9ad36753-12b6-5443-bb2c-68b532287f62"
    process = terminal.start(program, "rename", auth_id, "--user-id", AVA, "--name", "Renamed")
    terminal.wait_for("Credentials")

    terminal.type_in('{"account_sid": "AC01", "auth_token": "5f3a9c1e77"}')

    assert program.end(process).code == 0
    assert "5f3a9c1e77" not in terminal.rest()
    assert "Renamed" in program.run("list", "--user-id", AVA).out


@pytest.mark.webengine
@pytest.mark.parametrize(("typed", "code", "is_kept"), [("no", 3, True), ("", 3, True), ("yes", 0, False)])
def test_a_file_is_overwritten_only_if_that_is_wanted(
    program: Program, tray: MadeUpTray, terminal: Terminal, typed: str, code: int, is_kept: bool
) -> None:
    tray.lists_after_page = [tray.finishing()]
    attempt_id = program.run(*program.create).answer["attempt_id"]
    there = program.folder / "there.json"
    there.write_text("mine")
    process = terminal.start(program, "history", "export", attempt_id, "-o", str(there))
    terminal.wait_for("Overwrite it?")

    terminal.type_in(typed)

    assert program.end(process).code == code
    assert (there.read_text(encoding="utf-8") == "mine") is is_kept
    assert ("Nothing was written." in terminal.rest()) is is_kept
