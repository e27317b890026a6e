"""What of an attempt is on disk: outcome and timeline, never the code; and a journal that fails."""

from __future__ import annotations

import sqlite3

from tests.onboarding.attempt_bench import AUTH_ID, AttemptBench
from tests.onboarding.scripted_client import CODE
from tray_auth_desktop.core.attempt import OutcomeKind


def test_outcome_is_on_disk_before_it_is_told(bench: AttemptBench) -> None:
    run = bench.start_open()
    assert run.row_on_disk()["outcome"] is None
    run.told.finish()
    ended = next(said for said in run.said if said.name == "ended")
    assert ended.row["outcome"] == "captured"
    assert ended.row["auth_id"] == AUTH_ID
    assert ended.row["shown_at"] is None


def test_journal_that_cannot_be_written_costs_nobody_the_result(bench: AttemptBench) -> None:
    run = bench.start_open()
    break_journal(bench)
    run.told.finish()
    run.wait_until(lambda: run.names("done") == ["done"])
    assert run.outcome.auth_id == AUTH_ID
    (text,) = run.values("journal_failed")
    assert "could not be written" in str(text)
    assert run.names("journal_failed", "ended")[0] == "journal_failed"


def test_journal_that_fails_from_the_start_does_not_stop_the_attempt(bench: AttemptBench) -> None:
    break_journal(bench)
    run = bench.start_open()
    run.told.say('{"type": "tray.authpopup.close"}')
    run.wait_until(lambda: run.names("done") == ["done"])
    assert run.outcome.kind is OutcomeKind.CLOSED
    assert len(run.values("journal_failed")) == 1


def break_journal(bench: AttemptBench) -> None:
    """Take the tables away from under the journal."""
    connection = sqlite3.connect(bench.journal_path)
    for table in ("event", "list_before", "attempt"):
        connection.execute(f"DROP TABLE {table}")
    connection.commit()
    connection.close()


def test_timeline_on_disk_is_the_one_that_was_told(bench: AttemptBench) -> None:
    run = bench.start_open()
    run.told.say("not JSON")
    run.told.finish()
    run.wait_for_done()
    stored = bench.journal.timeline(run.runner.attempt.attempt_id)
    assert [event.observation.text for event in stored] == run.texts


def test_code_is_in_no_event_and_no_file(bench: AttemptBench) -> None:
    run = bench.start_open()
    (launch,) = run.told.launches
    assert CODE in launch.url
    assert CODE not in repr(launch)
    run.told.say(f'{{"type": "tray.authPopup.error", "error": "bad code={CODE} at {launch.url}"}}')
    run.wait_for_done()
    assert run.outcome.kind is OutcomeKind.FAILED
    bench.journal.flush()
    files = [file for file in bench.journal_path.parent.iterdir() if file.is_file()]
    assert not [file.name for file in files if CODE.encode() in file.read_bytes()]
    assert CODE not in repr(run.events) + repr(run.said)
