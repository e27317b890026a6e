"""Several copies of the program on one file, and programs that are killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.journal.in_vain import begin_in_vain
from tray_auth_desktop.core.attempt import Outcome, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.journal import Journal, schema

_ROOT = Path(__file__).resolve().parents[2]
_PRELUDE = """
import os, signal, sys
from pathlib import Path
from tray_auth_desktop.core.attempt import Outcome, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.journal import Journal

path, name = Path(sys.argv[1]), sys.argv[2]
request = DialogRequest("user", "service", "environment")
def event(text): return TimelineEvent(0, Observation(EventKind.MESSAGE, text))
"""
_CAPTURED = Outcome.captured("auth-1", Via.OPENER)


def _program(path: Path, script: str, name: str = "x") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _PRELUDE + script, str(path), name],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _run_together(programs: list[subprocess.Popen[str]]) -> None:
    """Let each wait until all have started, then run to their ends."""
    for program in programs:
        assert program.stdout is not None
        if program.stdout.readline() != "ready\n":
            pytest.fail(f"it did not start: {program.communicate(timeout=60)[1]}")
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in programs:
        _, said = program.communicate(timeout=60)
        assert program.returncode == 0, said


def test_an_outcome_survives_a_kill_at_the_next_instruction(path: Path) -> None:
    script = """
journal = Journal.open(path)
journal.begin("a", "acme", request)
journal.record("a", event("the dialog finished"))
journal.settle("a", Outcome.captured("auth-1", Via.OPENER), 7)
os.kill(os.getpid(), signal.SIGKILL)
"""
    program = _program(path, script)
    _, said = program.communicate(timeout=60)
    assert program.returncode == -signal.SIGKILL, said
    with closing(Journal.open(path)) as journal:
        (record,) = journal.captured_but_not_shown()
        assert (record.auth_id, record.via, record.elapsed_ms) == ("auth-1", Via.OPENER, 7)
        texts = [seen.observation.text for seen in journal.timeline("a")]
    assert texts == ["the dialog finished"]


def test_a_program_killed_in_the_midst_of_writing_loses_only_what_was_not_committed(path: Path) -> None:
    script = """
journal = Journal.open(path)
for number in range(100_000):
    attempt_id = f"attempt-{number}"
    journal.begin(attempt_id, "acme", request)
    journal.settle(attempt_id, Outcome.captured(f"auth-{number}", Via.OPENER), 1)
    print(number, flush=True)
"""
    program = _program(path, script)
    assert program.stdout is not None
    for line in program.stdout:
        if int(line) >= 40:
            program.kill()
            break
    rest, _ = program.communicate(timeout=60)
    last_told = max([40, *(int(line) for line in rest.split())])
    with closing(Journal.open(path)) as journal:
        assert journal.warning == ""
        kept = {record.auth_id for record in journal.captured_but_not_shown()}
    assert {f"auth-{number}" for number in range(last_told + 1)} <= kept


def test_two_programs_write_into_one_file_at_once(path: Path) -> None:
    script = """
journal = Journal.open(path)
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    attempt_id = f"{name}-{number}"
    journal.begin(attempt_id, "acme", request)
    journal.record(attempt_id, event(name))
    journal.settle(attempt_id, Outcome.captured(f"auth-{name}-{number}", Via.OPENER), number)
    journal.confirm(attempt_id)
journal.close()
"""
    _run_together([_program(path, script, name) for name in ("one", "two")])
    with closing(Journal.open(path)) as journal:
        records = journal.attempts()
        assert {record.auth_id for record in records} == {
            f"auth-{name}-{number}" for name in ("one", "two") for number in range(40)
        }
        assert all(record.confirmed for record in records)
        assert [seen.observation.text for seen in journal.timeline("two-7")] == ["two"]


def test_programs_that_start_at_once_make_one_file_between_them(path: Path) -> None:
    script = """
print("ready", flush=True)
sys.stdin.readline()
for number in range(10):
    journal = Journal.open(path.with_name(f"{number}.sqlite3"))
    assert not journal.warning, journal.warning
    journal.begin(name, "acme", request)
    journal.close()
"""
    names = ["one", "two", "three"]
    _run_together([_program(path, script, name) for name in names])
    for number in range(10):
        with closing(Journal.open(path.with_name(f"{number}.sqlite3"))) as journal:
            assert sorted(record.attempt_id for record in journal.attempts()) == sorted(names)


def test_two_journals_of_one_process_see_each_other(path: Path, request_made: DialogRequest) -> None:
    with closing(Journal.open(path)) as one, closing(Journal.open(path)) as two:
        one.begin("a", "acme", request_made)
        two.begin("b", "acme", request_made)
        two.settle("a", _CAPTURED, 1)
        assert {record.attempt_id: record.auth_id for record in one.attempts()} == {"a": "auth-1", "b": None}


# A file that another program holds.


@contextmanager
def _held(path: Path, how: str) -> Iterator[None]:
    """Let another process hold the file until the block ends."""
    script = f"""
import sqlite3
connection = sqlite3.connect(path, isolation_level=None)
{"connection.execute('PRAGMA locking_mode = EXCLUSIVE')" if how == "EXCLUSIVE" else ""}
connection.execute("BEGIN {how}")
connection.execute("CREATE TABLE IF NOT EXISTS held (a)")
print("ready", flush=True)
sys.stdin.readline()
"""
    program = _program(path, script)
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    try:
        yield
    finally:
        program.communicate("end\n", timeout=60)


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "BUSY_TIMEOUT_S", 0.3)


@pytest.mark.usefixtures("short_patience")
def test_a_new_file_that_is_locked_is_said_in_words_and_in_time(path: Path) -> None:
    path.parent.mkdir()
    with _held(path, "EXCLUSIVE"):
        started = time.monotonic()
        with pytest.raises(JournalError, match="locked") as raised:
            Journal.open(path)
        assert time.monotonic() - started < 10.0
    assert "Another program" in raised.value.advice
    Journal.open(path).close()
    assert [found.name for found in path.parent.glob("*damaged*")] == []


@pytest.mark.usefixtures("short_patience")
def test_what_cannot_be_written_while_the_file_is_locked_is_written_afterwards(
    path: Path, request_made: DialogRequest
) -> None:
    with closing(Journal.open(path)) as journal:
        with _held(path, "IMMEDIATE"):
            started = time.monotonic()
            with pytest.raises(JournalError, match="locked") as raised:
                journal.begin("a", "acme", request_made)
            journal.record("a", TimelineEvent(0, Observation(EventKind.MESSAGE, "finished")))
            with pytest.raises(JournalError, match="locked"):
                journal.settle("a", _CAPTURED, 1)
            assert time.monotonic() - started < 10.0
            assert "Another program" in raised.value.advice
        journal.settle("a", _CAPTURED, 1)
        assert [record.auth_id for record in journal.captured_but_not_shown()] == ["auth-1"]
        assert [seen.observation.text for seen in journal.timeline("a")] == ["finished"]


def test_the_wait_for_another_program_has_an_end() -> None:
    assert 1.0 <= schema.BUSY_TIMEOUT_S <= 10.0


def test_an_outcome_of_an_attempt_that_was_never_begun_is_not_lost_in_silence(journal: Journal) -> None:
    with pytest.raises(JournalError, match="does not know the attempt"):
        journal.settle("never begun", _CAPTURED, 1)


def test_an_attempt_that_could_not_be_begun_does_not_hold_up_the_next(
    path: Path, request_made: DialogRequest
) -> None:
    with closing(Journal.open(path)) as journal:
        begin_in_vain(journal, path, request_made)
        journal.begin("b", "acme", request_made)
        journal.settle("b", _CAPTURED, 1)
        assert {record.attempt_id: record.auth_id for record in journal.attempts()} == {
            "a": None,
            "b": "auth-1",
        }


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="the system does not say when processes start"
)
def test_a_result_belongs_to_its_process_and_to_no_other_of_its_number(path: Path) -> None:
    script = """
journal = Journal.open(path)
journal.begin("a", "acme", request)
journal.settle("a", _CAPTURED, 1)
print("ready", flush=True)
sys.stdin.readline()
""".replace("_CAPTURED", "Outcome.captured('auth-1', Via.OPENER)")
    with _program(path, script) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        now = time.time() + 1_000.0
        with closing(Journal(path, schema.connect(path), clock=lambda: now)) as journal:
            assert journal.captured_but_not_shown() == (), "it still runs, and will tell"
            with closing(sqlite3.connect(path)) as other, other:
                other.execute("UPDATE attempt SET owner_start = '1'")
            assert len(journal.captured_but_not_shown()) == 1, "its number was given to another"
            with closing(sqlite3.connect(path)) as other, other:
                other.execute("UPDATE attempt SET owner_start = ?", (_start_of(program.pid),))
            program.kill()
            os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOWAIT)
            assert len(journal.captured_but_not_shown()) == 1, "it has ended, though nobody has reaped it"


def _start_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
