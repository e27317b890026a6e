"""Whose an id is: what other attempts captured, and of several that take one at once, one gets it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from tests.journal.in_vain import begin_in_vain
from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.journal import Journal

_ROOT = Path(__file__).resolve().parents[2]
_CAPTURED = Outcome.captured("AUTH-1", Via.OPENER)
_COPIES, _ROUNDS = 3, 30
_TAKING = """
import sys
from pathlib import Path
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.journal import Journal

name = sys.argv[2]
journal = Journal.open(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    journal.begin(f"{name}-{number}", "acme", DialogRequest("user", "service", "environment"))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    if journal.take(f"{name}-{number}", "user", f"auth-{number}"):
        print(number, flush=True)
"""


def test_what_others_captured_for_the_end_user_is_taken(
    journal: Journal, request_made: DialogRequest
) -> None:
    for attempt_id, user_id in (("a", "user-1"), ("b", "user-1"), ("c", "user-2")):
        journal.begin(attempt_id, "acme", replace(request_made, user_id=user_id))
    journal.settle("b", _CAPTURED, 1)
    assert journal.taken_by_others("a", "USER-1") == {"auth-1"}
    assert journal.taken_by_others("b", "user-1") == frozenset(), "its own is not another's"
    assert journal.taken_by_others("c", "user-2") == frozenset()
    assert not journal.take("a", "user-1", "Auth-1")
    assert journal.take("a", "user-1", "auth-2")


def test_what_was_there_before_or_was_edited_was_made_by_nobody(
    journal: Journal, request_made: DialogRequest
) -> None:
    journal.begin("a", "acme", request_made)
    journal.begin("chosen", "acme", request_made)
    journal.settle("chosen", replace(_CAPTURED, was_known=True), 1)
    journal.begin("edited", "acme", DialogRequest("user-1", kind=DialogKind.EDIT, auth_id="AUTH-1"))
    journal.settle("edited", _CAPTURED, 1)
    assert journal.taken_by_others("a", "user-1") == frozenset()


def test_what_is_taken_counts_at_once_until_another_outcome(path: Path, request_made: DialogRequest) -> None:
    with closing(Journal.open(path)) as one, closing(Journal.open(path)) as two:
        one.begin("a", "acme", request_made)
        two.begin("b", "acme", request_made)
        assert one.take("a", "user-1", "auth-1")
        assert two.taken_by_others("b", "user-1") == {"auth-1"}
        assert not two.take("b", "user-1", "auth-1")
        one.settle("a", Outcome.without_result(OutcomeKind.CLOSED, "Closed."), 1)
        assert two.take("b", "user-1", "auth-1")


def test_what_an_attempt_takes_that_could_not_be_begun_yet_is_kept(
    path: Path, request_made: DialogRequest
) -> None:
    with closing(Journal.open(path)) as journal:
        begin_in_vain(journal, path, request_made)
        assert journal.take("a", "user-1", "auth-1")
        assert journal.taken_by_others("b", "user-1") == {"auth-1"}


def test_of_several_programs_that_take_one_at_once_exactly_one_gets_it(path: Path) -> None:
    Journal.open(path).close()
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", _TAKING, str(path), str(copy), str(_ROUNDS)],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for copy in range(_COPIES)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    taken = [int(line) for program in programs for line in program.communicate(timeout=60)[0].split()]
    assert sorted(taken) == list(range(_ROUNDS))
