"""A row of the journal that cannot be read: attempts go on, and `history` lists the others and says so."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tray_auth_desktop.core.attempt import Outcome, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.journal import Journal

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program

pytestmark = pytest.mark.program

_REQUEST = DialogRequest("u-1", "s-1", "e-1")


@pytest.fixture(autouse=True)
def damaged(program: Program) -> None:
    """The program's own journal, with two attempts, of which one cannot be read."""
    path = program.data_dir / "journal.sqlite3"
    with closing(Journal.open(path)) as journal:
        for attempt_id in ("aaaa-1", "bbbb-2"):
            journal.begin(attempt_id, "acme", _REQUEST)
            journal.settle(attempt_id, Outcome.captured(f"auth-{attempt_id}", Via.OPENER), 1)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE attempt SET via = 'zzz' WHERE attempt_id = 'bbbb-2'")
        other.execute("UPDATE attempt SET owner_start = 'gone'")


@pytest.mark.webengine
def test_an_attempt_runs_all_the_same(program: Program, tray: MadeUpTray) -> None:
    captured = tray.finishing()
    tray.lists_after_page = [captured]
    ended = program.run(*program.create)
    assert (ended.code, ended.answer["auth_id"]) == (0, captured)
    assert "An attempt in the journal cannot be read" in ended.err
    assert "bbbb-2" in ended.err
    assert "auth-aaaa-1" in ended.err, "what can be read is brought back"


def test_history_lists_the_others(program: Program) -> None:
    ended = program.run("history", "--json")
    assert [record["attempt_id"] for record in json.loads(ended.out)] == ["aaaa-1"]
    assert "bbbb-2" in program.run("history").err


@pytest.mark.parametrize("command", ["show", "export"])
def test_history_says_of_one_that_it_cannot_be_read(program: Program, command: str) -> None:
    ended = program.run("history", command, "bbbb")
    assert (ended.code, ended.out) == (2, "")
    assert "cannot be read" in ended.err
    assert "bbbb-2" in ended.err
    assert "Traceback" not in ended.err
