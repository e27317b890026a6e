"""Ctrl-C, SIGTERM and a closed terminal end every command at once, whatever it waits for."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program

pytestmark = pytest.mark.program

_MORE_THAN_A_PIPE_HOLDS = 200_000
_HANGUP: int = getattr(signal, "SIGHUP", 0)
_SIGNALS = [signal.SIGINT, signal.SIGTERM]
_needs_hangup = pytest.mark.skipif(not _HANGUP, reason="the system has no SIGHUP")
COMMANDS = [
    ("users", "list"),
    ("users", "create", "--name", "N", "--external-user-id", "e"),
    ("users", "delete", "u-1", "--yes"),
    ("list", "--user-id", "u-1"),
    ("show", "i-1", "--user-id", "u-1"),
    ("delete", "i-1", "--user-id", "u-1", "--yes"),
    ("services", "list"),
]


@pytest.mark.parametrize("number", _SIGNALS)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_told_to_stop_during_a_call(
    program: Program, tray: MadeUpTray, command: tuple[str, ...], number: signal.Signals
) -> None:
    tray.stalled = {""}
    process = program.start(*command)
    assert tray.stalling.wait(30)

    process.send_signal(number)
    begun = time.monotonic()

    ended = program.end(process, limit_s=10)
    assert (ended.code, ended.out) == (3, "")
    assert "Traceback" not in ended.err
    assert time.monotonic() - begun < 3


def test_told_to_stop_while_it_waits_for_its_input(program: Program, tray: MadeUpTray) -> None:
    process = program.start(
        "rename", "i-1", "--user-id", "u-1", "--name", "N", "--credentials-from-stdin", stdin=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(" " * _MORE_THAN_A_PIPE_HOLDS)
    process.stdin.flush()  # returns when the program has begun to read

    process.send_signal(signal.SIGINT)

    with process:
        try:
            assert process.wait(10) == 3
        finally:
            process.kill()
    assert not tray.requests


def test_whoever_reads_may_go_away(program: Program, tray: MadeUpTray) -> None:
    tray.listed = [f"{number:08x}" for number in range(20_000)]
    process = program.start("list", "--user-id", "u-1")
    assert process.stdout is not None
    assert process.stdout.readline().startswith("NAME")

    process.stdout.close()

    assert process.wait(30) == 1
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()


# A terminal that is closed.


@_needs_hangup
def test_a_closed_terminal_ends_a_call(program: Program, tray: MadeUpTray) -> None:
    tray.stalled = {""}
    process = program.start("users", "list")
    assert tray.stalling.wait(30)

    process.send_signal(_HANGUP)

    assert program.end(process, limit_s=10).code == 3


@_needs_hangup
@pytest.mark.webengine
def test_a_closed_terminal_ends_an_attempt_with_its_outcome(program: Program, tray: MadeUpTray) -> None:
    process = program.start(*program.create)
    assert tray.opened.wait(30)

    process.send_signal(_HANGUP)

    ended = program.end(process)
    assert (ended.answer["outcome"], ended.code) == ("closed", 3)
    (record,) = json.loads(program.run("history", "--json").out)
    assert record["outcome"] == "closed"


@_needs_hangup
def test_what_is_to_outlive_its_terminal_goes_on(program: Program, tray: MadeUpTray) -> None:
    """As `nohup` starts it: the signal is ignored from the beginning."""
    tray.stalled = {"viewer"}
    before = signal.signal(_HANGUP, signal.SIG_IGN)
    try:
        process = program.start("list", "--user-id", "u-1", "--json")
    finally:
        signal.signal(_HANGUP, before)
    assert tray.stalling.wait(30)

    process.send_signal(_HANGUP)
    tray.going_on.set()

    assert program.end(process).code == 0
