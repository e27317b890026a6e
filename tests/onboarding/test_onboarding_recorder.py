"""The timeline of an attempt: in order, bounded, and on disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.onboarding.attempt_bench import AUTH_ID, REQUEST
from tray_auth_desktop.core.attempt import Outcome, Via
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.onboarding.recorder import MAX_EVENTS, Recorder


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal.open(tmp_path / "journal.sqlite3")


def begun(journal: Journal) -> Recorder:
    """Return the recorder of an attempt that has begun, with one event."""
    recorder = Recorder("a", journal)
    recorder.begin("test", REQUEST, None, {})
    return recorder


def stored_texts(journal: Journal) -> list[str]:
    """Return what another program reads in the journal's file."""
    assert journal.path is not None
    connection = sqlite3.connect(journal.path)
    rows = connection.execute(
        "SELECT text FROM event WHERE text != 'Attempt started' ORDER BY number"
    ).fetchall()
    connection.close()
    return [str(row[0]) for row in rows]


def test_what_is_noted_is_told_with_its_time(qtbot: QtBot, journal: Journal) -> None:
    recorder = begun(journal)
    events: list[TimelineEvent] = []
    recorder.recorded.connect(events.append)
    recorder.note(EventKind.API, "first", is_problem=True, count=1)
    recorder.add(Observation(EventKind.POPUP, "second"))
    assert [event.observation for event in events] == [
        Observation(EventKind.API, "first", {"count": 1}, is_problem=True),
        Observation(EventKind.POPUP, "second"),
    ]
    assert 0 <= events[0].at_ms <= events[1].at_ms <= recorder.elapsed_ms
    journal.close()


def test_what_comes_before_the_beginning_is_kept_for_it(qtbot: QtBot, journal: Journal) -> None:
    """A look-up of the command line's ends before there is an attempt in the journal."""
    recorder = Recorder("a", journal)
    recorder.note(EventKind.API, "early")
    recorder.begin("test", REQUEST, None, {})
    recorder.note(EventKind.API, "late")
    recorder.flush()
    assert stored_texts(journal) == ["early", "late"]
    journal.close()


def test_events_reach_the_disk_by_themselves(qtbot: QtBot, journal: Journal) -> None:
    recorder = begun(journal)
    recorder.note(EventKind.API, "first")
    qtbot.waitUntil(lambda: stored_texts(journal) == ["first"])
    journal.close()


def test_events_reach_the_disk_with_the_outcome(qtbot: QtBot, journal: Journal) -> None:
    recorder = begun(journal)
    recorder.note(EventKind.API, "first")
    elapsed_ms = recorder.settle(Outcome.captured(AUTH_ID, Via.OPENER))
    assert stored_texts(journal) == ["first"]
    assert journal.attempts()[0].elapsed_ms == elapsed_ms
    journal.close()


def test_flood_does_not_reach_the_disk(qtbot: QtBot, journal: Journal) -> None:
    recorder = begun(journal)
    events: list[TimelineEvent] = []
    recorder.recorded.connect(events.append)
    for number in range(MAX_EVENTS + 500):
        recorder.note(EventKind.CONSOLE, f"line {number}")
    assert len(events) == MAX_EVENTS - 1  # and the one that it began with
    assert "further ones of the page are left out" in events[-1].observation.text
    recorder.note(EventKind.OUTCOME, "Outcome: captured")
    recorder.note(EventKind.CONFIRMATION, "Seen")
    recorder.note(EventKind.CONSOLE, "line")
    assert [event.observation.text for event in events[MAX_EVENTS - 1 :]] == ["Outcome: captured", "Seen"]
    recorder.flush()
    assert len(stored_texts(journal)) == MAX_EVENTS - 1 + 2
    journal.close()


def test_journal_that_fails_is_said_once(qtbot: QtBot, journal: Journal) -> None:
    recorder = begun(journal)
    failures: list[str] = []
    recorder.journal_failed.connect(failures.append)
    assert journal.path is not None
    connection = sqlite3.connect(journal.path)
    connection.execute("DROP TABLE event")
    connection.execute("DROP TABLE list_before")
    connection.execute("DROP TABLE attempt")
    connection.commit()
    connection.close()
    recorder.settle(Outcome.captured(AUTH_ID, Via.OPENER))
    recorder.settle(Outcome.captured(AUTH_ID, Via.OPENER))
    assert len(failures) == 1
    assert "could not be written" in failures[0]
