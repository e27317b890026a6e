"""The journal on a real file: what is written is what is read, and it is on disk when it is said to be."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.journal.schema import connect

_CAPTURED = Outcome.captured("auth-1", Via.OPENER, "oauth")
_CLOSED = Outcome.without_result(OutcomeKind.CLOSED, "It was closed.")


def _event(text: str, at_ms: int = 0) -> TimelineEvent:
    return TimelineEvent(at_ms, Observation(EventKind.MESSAGE, text, {"size": 7, "gone": None}))


def _on_disk(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Read with a connection of its own: only what is committed is seen."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def test_an_attempt_is_on_disk_as_soon_as_it_is_begun(
    journal: Journal, path: Path, request_made: DialogRequest
) -> None:
    journal.begin("a", "acme", request_made)
    assert _on_disk(path, "SELECT attempt_id, workspace, user_id, outcome FROM attempt") == [
        ("a", "acme", "user-1", None)
    ]
    (record,) = journal.attempts()
    assert record.request == request_made
    assert record.outcome is None
    assert not record.was_shown


@pytest.mark.parametrize(
    "outcome",
    [
        _CAPTURED,
        Outcome.captured("auth-1", Via.SEVERED_OPENER),
        Outcome.captured("auth-1", Via.LISTING),
        *(
            Outcome.without_result(kind, "Why: é 😀.")
            for kind in OutcomeKind
            if kind is not OutcomeKind.CAPTURED
        ),
    ],
)
def test_an_outcome_is_on_disk_when_settle_returns(
    journal: Journal, path: Path, request_made: DialogRequest, outcome: Outcome
) -> None:
    journal.begin("a", "acme", request_made)
    journal.settle("a", outcome, 1_234)
    assert _on_disk(path, "SELECT outcome, auth_id, elapsed_ms FROM attempt") == [
        (outcome.kind.value, outcome.auth_id, 1_234)
    ]
    journal.close()
    with closing(Journal.open(path)) as reopened:
        (record,) = reopened.attempts()
    read = Outcome(record.outcome or OutcomeKind.CLOSED, record.auth_id, record.auth_type, record.via)
    assert (
        replace(read, confirmed=record.confirmed, message=record.message, exit_code=outcome.exit_code)
        == outcome
    )


def test_a_confirmation_and_the_showing_are_written_down(
    journal: Journal, path: Path, request_made: DialogRequest
) -> None:
    journal.begin("a", "acme", request_made)
    journal.settle("a", _CAPTURED, 1)
    assert [(record.confirmed, record.was_shown) for record in journal.attempts()] == [(False, False)]
    journal.confirm("a")
    journal.mark_shown("a")
    with closing(Journal.open(path)) as other:
        assert [(record.confirmed, record.was_shown) for record in other.attempts()] == [(True, True)]


def test_only_captured_attempts_that_nobody_was_told_of_are_brought_back(
    journal: Journal, request_made: DialogRequest
) -> None:
    for attempt_id, outcome in (("c1", _CAPTURED), ("x", _CLOSED), ("c2", _CAPTURED), ("told", _CAPTURED)):
        journal.begin(attempt_id, "acme", request_made)
        journal.settle(attempt_id, outcome, 1)
    journal.begin("open", "acme", request_made)
    journal.mark_shown("told")
    assert [record.attempt_id for record in journal.captured_but_not_shown()] == ["c1", "c2"]
    journal.mark_shown("c1")
    assert [record.attempt_id for record in journal.captured_but_not_shown()] == ["c2"]


def test_attempts_come_newest_first_and_no_more_than_asked_for(
    path: Path, request_made: DialogRequest
) -> None:
    times = iter([100.0, 300.0, 200.0, 300.0])
    path.parent.mkdir()
    with closing(Journal(path, connect(path), clock=lambda: next(times))) as journal:
        for attempt_id in ("first", "third", "second", "fourth"):
            journal.begin(attempt_id, "acme", request_made)
        assert [record.attempt_id for record in journal.attempts()] == ["fourth", "third", "second", "first"]
        assert [record.attempt_id for record in journal.attempts(2)] == ["fourth", "third"]


def test_events_are_written_with_the_outcome(
    journal: Journal, path: Path, request_made: DialogRequest
) -> None:
    journal.begin("a", "acme", request_made)
    journal.record("a", _event("first", 5))
    journal.record("a", _event("second", 9))
    assert _on_disk(path, "SELECT count(*) FROM event") == [(0,)]
    journal.settle("a", _CAPTURED, 10)
    assert _on_disk(path, "SELECT number, at_ms, text FROM event ORDER BY number") == [
        (1, 5, "first"),
        (2, 9, "second"),
    ]


@pytest.mark.parametrize(
    "write",
    [
        Journal.flush,
        Journal.close,
        lambda journal: journal.confirm("a"),
        lambda journal: journal.timeline("a"),
    ],
    ids=["flush", "close", "confirm", "timeline"],
)
def test_events_are_written_when_asked_for_and_at_the_end(
    journal: Journal, path: Path, request_made: DialogRequest, write: Callable[[Journal], object]
) -> None:
    journal.begin("a", "acme", request_made)
    journal.record("a", _event("noted"))
    write(journal)
    assert _on_disk(path, "SELECT text FROM event") == [("noted",)]


def test_a_timeline_is_read_back_as_it_was(journal: Journal, request_made: DialogRequest) -> None:
    details: dict[str, str | int | float | bool | None] = {
        "é": "😀",
        "n": 1,
        "f": 0.5,
        "b": True,
        "none": None,
    }
    events = tuple(
        TimelineEvent(number, Observation(kind, f"{kind} é", details, is_problem=bool(number % 2)))
        for number, kind in enumerate(EventKind)
    )
    for attempt_id in ("a", "b"):
        journal.begin(attempt_id, "acme", request_made)
    for event in events:
        journal.record("a", event)
        journal.record("b", _event("of another attempt"))
    assert journal.timeline("a") == events
    assert len(journal.timeline("b")) == len(events)
    assert journal.timeline("unknown") == ()


def test_text_that_has_no_bytes_costs_nobody_the_outcome(
    journal: Journal, path: Path, request_made: DialogRequest
) -> None:
    journal.begin("a", "acme \ud800", request_made)
    journal.record("a", TimelineEvent(0, Observation(EventKind.CONSOLE, "x\ud800", {"source": "\udfff"})))
    journal.settle("a", replace(_CLOSED, message="It said \ud800."), 1)
    assert _on_disk(path, "SELECT outcome, message FROM attempt") == [("closed", "It said ?.")]
    assert _on_disk(path, "SELECT text FROM event") == [("x?",)]


def test_what_the_list_held_before_is_kept_by_id(
    journal: Journal, path: Path, request_made: DialogRequest
) -> None:
    journal.begin("a", "acme", request_made)
    journal.add_listed_before("a", ["x", "y", "x"])
    assert _on_disk(path, "SELECT auth_ids FROM list_before") == [("x\ny",)]


def test_an_event_of_an_unknown_attempt_holds_nothing_up(
    journal: Journal, path: Path, request_made: DialogRequest
) -> None:
    journal.begin("a", "acme", request_made)
    journal.record("unknown", _event("of nothing"))
    journal.add_listed_before("unknown", ["x"])
    journal.settle("a", _CAPTURED, 1)
    assert _on_disk(path, "SELECT outcome FROM attempt") == [("captured",)]
    assert _on_disk(path, "SELECT count(*) FROM event") == [(0,)]


def test_what_another_copy_is_about_to_tell_is_left_to_it(path: Path, request_made: DialogRequest) -> None:
    """A process of another number that runs: our parent. Its number must not hide a result for ever.

    Here the system has not said when the process was started.
    """
    now = [1_000.0]
    path.parent.mkdir()
    with closing(Journal(path, connect(path), clock=lambda: now[0])) as journal:
        journal.begin("a", "acme", request_made)
        journal.settle("a", _CAPTURED, 1)
        with closing(sqlite3.connect(path)) as other, other:
            other.execute("UPDATE attempt SET owner_pid = ?, owner_start = ''", (os.getppid(),))
        assert journal.captured_but_not_shown() == ()
        now[0] += 121.0
        assert [record.auth_id for record in journal.captured_but_not_shown()] == ["auth-1"]


def test_what_a_dead_process_could_not_tell_is_brought_back_at_once(
    journal: Journal, path: Path, request_made: DialogRequest
) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    journal.begin("a", "acme", request_made)
    journal.settle("a", _CAPTURED, 1)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE attempt SET owner_pid = ?", (dead.pid,))
    assert [record.auth_id for record in journal.captured_but_not_shown()] == ["auth-1"]


def test_a_journal_in_memory_says_why_it_is_one(request_made: DialogRequest) -> None:
    with closing(Journal.in_memory("The folder is full.")) as journal:
        journal.begin("a", "acme", request_made)
        journal.settle("a", _CAPTURED, 1)
        assert journal.path is None
        assert journal.warning == "The folder is full."
        assert [record.auth_id for record in journal.attempts()] == ["auth-1"]
