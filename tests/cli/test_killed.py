"""The program is killed at any moment of an attempt: what was captured is kept, what was open is resolved."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.sizes import IS_FULL

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program

pytestmark = pytest.mark.webengine

_MOMENTS = 50 if IS_FULL else 4
_LONGEST_S = 1.6
_SEED = 20


def _rows(program: Program) -> list[dict[str, Any]]:
    """Return the journal as it is on disk; nothing if the program died before there was one."""
    path = program.data_dir / "journal.sqlite3"
    if not path.exists():
        return []
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in connection.execute("SELECT * FROM attempt ORDER BY started_at")]
    except sqlite3.OperationalError:
        return []
    finally:
        connection.close()


def test_whenever_it_is_killed_no_result_is_missing(program: Program, tray: MadeUpTray) -> None:
    moments = random.Random(_SEED)
    made: list[str] = []
    for _ in range(_MOMENTS):
        auth_id = tray.finishing()
        tray.opened.clear()
        tray.lists_after_page = [auth_id]
        process = program.start(*program.create)
        time.sleep(moments.uniform(0.3, _LONGEST_S))  # the moment is what the test is about
        process.send_signal(signal.SIGKILL)
        program.end(process)
        if tray.opened.is_set():
            made.append(auth_id)
    tray.lists_after_page = [tray.finishing()]
    ended = program.run(*program.create)
    assert ended.code == 0, ended.err
    rows = _rows(program)
    assert [row for row in rows if row["outcome"] is None] == []
    kept = {row["auth_id"] for row in rows if row["auth_id"]}
    named = " ".join(str(row["message"]) for row in rows)
    assert [auth_id for auth_id in made if auth_id not in kept and auth_id not in named] == []


def _kill_in_the_open_dialog(program: Program, tray: MadeUpTray) -> None:
    tray.page = "<!doctype html><title>never finishes</title>"
    process = program.start(*program.create)
    assert tray.opened.wait(30)
    process.send_signal(signal.SIGKILL)
    program.end(process)


def test_one_that_was_killed_in_the_open_dialog_is_resolved_and_told_at_the_next_start(
    program: Program, tray: MadeUpTray
) -> None:
    _kill_in_the_open_dialog(program, tray)
    lost = "7d444840-9dc0-4f22-9f3c-4e5e2f3a5b6c"
    tray.listed.append(lost)
    captured = tray.finishing()
    tray.lists_after_page = [captured]
    ended = program.run(*program.create)
    assert ended.answer["auth_id"] == captured
    assert lost in ended.err
    history = json.loads(program.run("history", "--json").out)
    found = {record["auth_id"]: record for record in history}
    assert (found[lost]["outcome"], found[lost]["via"]) == ("captured", "listing")
    assert found[captured]["via"] == "opener"


def test_what_the_next_attempt_makes_is_never_taken_for_the_lost_one(
    program: Program, tray: MadeUpTray
) -> None:
    _kill_in_the_open_dialog(program, tray)
    captured = tray.finishing()
    tray.lists_after_page = [captured]
    ended = program.run(*program.create)
    assert ended.answer["auth_id"] == captured
    assert "nothing new" in ended.err
    assert _outcomes(program) == [("crashed", None), ("captured", captured)]


def _outcomes(program: Program) -> list[tuple[str, str | None]]:
    return [(row["outcome"], row["auth_id"]) for row in _rows(program)]


def test_what_an_attempt_without_a_list_before_captured_is_not_given_to_the_lost_one_too(
    program: Program, tray: MadeUpTray
) -> None:
    _kill_in_the_open_dialog(program, tray)
    captured = tray.finishing()
    tray.lists_after_page = [captured]
    tray.reply_to("viewer", {"message": "Internal server error"}, 500)
    tray.opened.clear()
    process = program.start(*program.create)
    assert tray.opened.wait(30)
    tray.replies.clear()
    ended = program.end(process)
    assert (ended.answer["auth_id"], ended.answer["confirmed"]) == (captured, True)
    assert _outcomes(program) == [("crashed", None), ("captured", captured)]


def test_of_two_that_were_killed_together_neither_gets_the_one_that_is_new(
    program: Program, tray: MadeUpTray
) -> None:
    tray.page = "<!doctype html><title>never finishes</title>"
    processes = []
    for _ in range(2):
        tray.opened.clear()
        processes.append(program.start(*program.create))
        assert tray.opened.wait(30)
    for process in processes:
        process.send_signal(signal.SIGKILL)
        program.end(process)
    lost = "7d444840-9dc0-4f22-9f3c-4e5e2f3a5b6c"
    tray.listed.append(lost)
    captured = tray.finishing()
    ended = program.run(*program.create)
    assert ended.err.count(lost) == 2
    assert _outcomes(program) == [("crashed", None), ("crashed", None), ("captured", captured)]


def test_what_a_second_copy_captures_is_not_taken_by_the_first_one_that_is_stopped(
    program: Program, tray: MadeUpTray
) -> None:
    tray.page = "<!doctype html><title>never finishes</title>"
    first = program.start(*program.create)
    assert tray.opened.wait(30)
    captured = tray.finishing()
    tray.lists_after_page = [captured]
    assert program.run(*program.create).answer["auth_id"] == captured

    first.send_signal(signal.SIGTERM)

    ended = program.end(first)
    assert (ended.code, ended.answer["outcome"], ended.answer["auth_id"]) == (3, "closed", None)
    assert _outcomes(program) == [("closed", None), ("captured", captured)]
