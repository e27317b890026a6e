"""The journal as a page of history reads it: in parts, filtered, by an id's beginning; and forgetting."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.journal import AttemptRecord, Journal
from tray_auth_desktop.journal.schema import connect

DAY_S = 86_400.0


class Clock:
    """Says what time it is."""

    def __init__(self) -> None:
        self.now = 1_000_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def dated(path: Path, clock: Clock) -> Iterator[Journal]:
    """A journal whose time is the test's."""
    path.parent.mkdir()
    with closing(Journal(path, connect(path), clock=clock)) as journal:
        yield journal


def ids(records: tuple[AttemptRecord, ...]) -> list[str]:
    return [record.attempt_id for record in records]


def test_attempts_are_read_part_by_part_without_gap_or_repetition(
    dated: Journal, clock: Clock, request_made: DialogRequest
) -> None:
    """Also where several began at the same instant."""
    for number in range(25):
        clock.now += number % 3 == 0
        dated.begin(f"a{number:02}", "acme", request_made)
    found: list[str] = []
    while part := dated.attempts(4, before=found[-1] if found else ""):
        assert len(part) <= 4
        found += ids(part)
    assert found == ids(dated.attempts()) == [f"a{number:02}" for number in reversed(range(25))]
    assert dated.count_attempts() == 25
    assert dated.attempts(4, before="unknown") == ()


def test_attempts_are_chosen_by_outcome_and_workspace(dated: Journal, request_made: DialogRequest) -> None:
    for number, kind in enumerate(OutcomeKind):
        name = f"a{number}"
        dated.begin(name, "Acme Ltd" if number % 2 else "Beta", request_made)
        captured = Outcome.captured("x", Via.OPENER)
        without = Outcome.without_result(kind, "Why.")
        dated.settle(name, captured if kind is OutcomeKind.CAPTURED else without, 1)
    dated.begin("running", "Beta", request_made)
    for number, kind in enumerate(OutcomeKind):
        assert ids(dated.attempts(outcome=kind.value)) == [f"a{number}"]
    assert ids(dated.attempts(outcome="open")) == ["running"]
    assert ids(dated.attempts(workspace="acme ltd")) == ["a5", "a3", "a1"]
    assert ids(dated.attempts(2, workspace="Beta")) == ["running", "a4"]
    assert dated.attempts(workspace="Acme") == ()
    assert dated.attempts(outcome="captured", workspace="Acme Ltd") == ()


def test_an_attempt_is_found_by_the_beginning_of_its_id(dated: Journal, request_made: DialogRequest) -> None:
    for name in ("abc-1", "abc-2", "b%d_", "bxdx"):
        dated.begin(name, "acme", request_made)
    assert ids(dated.attempts_named("ABC")) == ["abc-2", "abc-1"]
    assert ids(dated.attempts_named("abc-1")) == ["abc-1"]
    assert ids(dated.attempts_named("b%")) == ["b%d_"]
    assert dated.attempts_named("") == ()
    assert dated.attempts_named("abc-11") == ()
    assert dated.attempts_named("\udce9") == ()


def test_all_that_was_asked_for_is_read_back(dated: Journal) -> None:
    request = DialogRequest(
        "u",
        "s",
        "e",
        ("x",),
        DialogKind.SOLUTION,
        solution_instance_id="i",
        external_auth_id="slot",
        extra_parameters=(("lang", "fr"), ("lang", "é &=")),
        service_name="slack",
    )
    subject = Subject("Ava", "Slack", "Production", "Team")
    dated.begin("a", "acme", request, subject)
    record = dated.attempt("a")
    assert record is not None
    assert (record.request, record.subject, record.was_known) == (request, subject, None)


def _on_disk(path: Path, table: str) -> set[str]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return {row[0] for row in connection.execute(f"SELECT attempt_id FROM {table}")}


def test_what_is_old_is_forgotten_but_nothing_that_somebody_still_needs(
    dated: Journal, path: Path, clock: Clock, request_made: DialogRequest
) -> None:
    """An attempt that is open, or captured what nobody was told of, stays however old it is."""
    closed, captured = Outcome.without_result(OutcomeKind.CLOSED, "x"), Outcome.captured("y", Via.OPENER)
    for name in ("closed", "told", "untold", "open"):
        dated.begin(name, "acme", request_made)
        dated.record(name, TimelineEvent(1, Observation(EventKind.API, "an event")))
        dated.add_listed_before(name, ["z"])
    dated.settle("closed", closed, 1)
    for name in ("told", "untold"):
        dated.settle(name, captured, 1)
    dated.mark_shown("told")
    clock.now += 10 * DAY_S
    dated.begin("recent", "acme", request_made)
    dated.settle("recent", closed, 1)

    dated.forget_older_than(11)
    assert dated.count_attempts() == 5

    dated.forget_older_than(9)
    kept = {"untold", "open", "recent"}
    assert _on_disk(path, "attempt") == kept
    assert _on_disk(path, "event") == {"untold", "open"}
    assert _on_disk(path, "list_before") == {"open"}
    assert [event.observation.text for event in dated.timeline("untold")] == ["an event"]

    dated.mark_shown("untold")
    dated.forget_older_than(9)
    assert _on_disk(path, "attempt") == {"open", "recent"}
