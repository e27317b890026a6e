"""Rows that hold what the program never writes: left out, named and kept; all others are read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tray_auth_desktop.core.attempt import Outcome, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.journal import Journal

_CAPTURED = Outcome.captured("auth-1", Via.OPENER)
_CHANGES = {
    "outcome": "outcome = 'weird', shown_at = NULL",
    "via": "via = 'zzz'",
    "kind": "kind = 'zzz'",
    "scopes": "scopes = 'zz'",
    "scopes that are no list": "scopes = '{\"a\": 1}'",
    "scopes that are no texts": "scopes = '[1]'",
    "extra parameters": "extra_parameters = '[1,{]'",
    "extra parameters that are no pairs": "extra_parameters = '[[\"a\"]]'",
    "deep": f"scopes = '{'[' * 100_000}'",
    "start": "started_at = 1e300",
    "endless": "started_at = 9e999",
}


def _change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(sql)


@pytest.fixture
def three(path: Path, journal: Journal, request_made: DialogRequest) -> Journal:
    """Three captured attempts that nobody was told of."""
    for attempt_id in ("one", "two", "three"):
        journal.begin(attempt_id, "acme", request_made)
        journal.settle(attempt_id, _CAPTURED, 1)
    return journal


@pytest.mark.parametrize("change", _CHANGES.values(), ids=_CHANGES)
def test_one_row_costs_nobody_the_others(path: Path, three: Journal, change: str) -> None:
    _change(path, f"UPDATE attempt SET {change} WHERE attempt_id = 'two'")
    with closing(Journal.open(path)) as journal:
        assert sorted(record.attempt_id for record in journal.captured_but_not_shown()) == ["one", "three"]
        assert sorted(record.attempt_id for record in journal.attempts()) == ["one", "three"]
        assert journal.attempt("two") is None
        assert journal.attempts_named("two") == ()
        said = f"{journal.warning} {journal.unreadable_notice()}"
        assert said.count("two") == 1
        assert "cannot be read" in said
        assert journal.unreadable_notice() == "", "it is said once"
        assert journal.count_attempts() == 3


def test_several_are_counted_and_named(path: Path, three: Journal) -> None:
    _change(path, "UPDATE attempt SET via = 'zzz' WHERE attempt_id <> 'two'")
    with closing(Journal.open(path)) as journal:
        assert journal.warning.startswith("2 attempts in the journal cannot be read")
        assert "one, three" in journal.warning


def test_an_open_attempt_that_cannot_be_read_holds_no_other_up(path: Path, three: Journal) -> None:
    _change(path, "UPDATE attempt SET outcome = NULL, owner_pid = 0, owner_start = 'gone'")
    _change(path, "UPDATE attempt SET scopes = 'zz' WHERE attempt_id = 'two'")
    assert sorted(left.record.attempt_id for left in three.left_open("acme")) == ["one", "three"]


def test_a_page_is_full_all_the_same(path: Path, three: Journal) -> None:
    """Who reads part by part takes a part that is not full for the last."""
    _change(path, "UPDATE attempt SET via = 'zzz' WHERE attempt_id = 'two'")
    assert [record.attempt_id for record in three.attempts(2)] == ["three", "one"]
    assert [record.attempt_id for record in three.attempts(1, before="three")] == ["one"]
    assert three.attempts(0) == ()
    assert len(three.attempts(-1)) == 2


@pytest.mark.parametrize(
    "change",
    [
        "ended_at = NULL",
        "owner_pid = 0, owner_start = ''",
        "owner_pid = -1, owner_start = ''",
        "owner_pid = 99999999999999999, owner_start = ''",
        "message = CAST(x'ff00fe' AS TEXT)",
    ],
)
def test_what_can_be_told_is_told(path: Path, three: Journal, change: str) -> None:
    _change(path, f"UPDATE attempt SET {change}")
    assert [record.auth_id for record in three.captured_but_not_shown()] == ["auth-1"] * 3


@pytest.mark.parametrize(
    "change", ["details = '{{{'", "details = '[1]'", "details = '{\"a\": []}'", "kind = 'zzz'"]
)
def test_an_entry_of_a_timeline_that_cannot_be_read_says_so_in_its_place(
    path: Path, three: Journal, change: str
) -> None:
    for number in range(3):
        three.record("one", TimelineEvent(number, Observation(EventKind.CONSOLE, f"line {number}")))
    three.flush()
    _change(path, f"UPDATE event SET {change} WHERE number = 2")
    texts = [event.observation.text for event in three.timeline("one")]
    assert (texts[0], texts[2]) == ("line 0", "line 2")
    assert "cannot be read" in texts[1]
