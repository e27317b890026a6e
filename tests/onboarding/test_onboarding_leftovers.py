"""Attempts whose program was killed: resolved by comparing lists, and never guessed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.onboarding.attempt_bench import AUTH_ID, OTHER_ID, PATIENCE_MS, REQUEST, listed
from tests.onboarding.scripted_client import ScriptedClient
from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.errors import NetworkError
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.onboarding.leftovers import Leftovers
from tray_auth_desktop.onboarding.tasks import Tasks

_EDIT = DialogRequest("user-1", kind=DialogKind.EDIT, auth_id=AUTH_ID)


class Killed:
    """A journal as a program leaves it that is killed during attempts."""

    def __init__(self, path: Path, qtbot: QtBot) -> None:
        self.path = path
        self.client = ScriptedClient()
        self.journal = Journal.open(path)
        self.tasks = Tasks()
        self.outcomes: dict[str, Outcome] = {}
        self.failures: list[str] = []
        self._qtbot = qtbot

    def begin(
        self,
        attempt_id: str,
        before: list[str] | None,
        *,
        workspace: str = "acme",
        request: DialogRequest = REQUEST,
    ) -> None:
        """Leave an attempt open."""
        self.journal.begin(attempt_id, workspace, request)
        if before is not None:
            self.journal.add_listed_before(attempt_id, before)

    def die(self) -> None:
        """Let all attempts so far belong to a process that has ended."""
        self.journal.flush()
        ended = subprocess.run(
            [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
        )
        connection = sqlite3.connect(self.path)
        with connection:
            connection.execute("UPDATE attempt SET owner_pid = ?, owner_start = 'gone'", (int(ended.stdout),))
        connection.close()

    def resolve(self) -> Leftovers:
        """Start again with the workspace, and wait until nothing is under way."""
        leftovers = Leftovers("acme", self.journal, lambda: self.client, self.tasks)
        leftovers.resolved.connect(self.outcomes.__setitem__)
        leftovers.failed.connect(self.failures.append)
        with self._qtbot.waitSignal(leftovers.done, timeout=PATIENCE_MS):
            leftovers.start()
        return leftovers


@pytest.fixture
def killed(tmp_path: Path, qtbot: QtBot) -> Killed:
    return Killed(tmp_path / "journal.sqlite3", qtbot)


def test_what_is_new_since_is_the_result(killed: Killed) -> None:
    killed.begin("a", [OTHER_ID])
    killed.die()
    killed.client.authentications = [listed(OTHER_ID.upper()), listed(AUTH_ID)]
    killed.resolve()
    outcome = killed.outcomes["a"]
    assert (outcome.kind, outcome.auth_id, outcome.via) == (OutcomeKind.CAPTURED, AUTH_ID, Via.LISTING)
    (record,) = killed.journal.captured_but_not_shown()
    assert (record.attempt_id, record.auth_id, record.confirmed) == ("a", AUTH_ID, True)


def test_nothing_new_several_new_or_no_list_is_not_guessed(killed: Killed) -> None:
    killed.begin("same", [AUTH_ID, OTHER_ID])
    killed.begin("several", [])
    killed.begin("never opened", None)
    killed.begin("edit", [AUTH_ID], request=_EDIT)
    killed.die()
    killed.client.authentications = [listed(AUTH_ID), listed(OTHER_ID)]
    killed.resolve()
    assert {outcome.kind for outcome in killed.outcomes.values()} == {OutcomeKind.CRASHED}
    said = {name: outcome.message or "" for name, outcome in killed.outcomes.items()}
    assert "nothing new" in said["same"]
    assert AUTH_ID in said["several"]
    assert "no list from before" in said["never opened"]
    assert "cannot be told" in said["edit"]
    assert killed.client.list_calls == 1
    assert killed.journal.left_open("acme") == ()


def test_an_attempt_of_a_program_that_runs_or_of_another_workspace_is_left_alone(killed: Killed) -> None:
    killed.begin("other", [], workspace="globex")
    killed.die()
    killed.begin("mine", [])
    killed.client.authentications = [listed(AUTH_ID)]
    killed.resolve()
    assert killed.outcomes == {}
    assert [left.record.attempt_id for left in killed.journal.left_open("globex")] == ["other"]
    assert killed.client.list_calls == 0


def test_a_list_that_does_not_come_leaves_it_for_the_next_start(killed: Killed) -> None:
    killed.begin("a", [])
    killed.die()
    killed.client.list_errors = [NetworkError("No way.")]
    killed.resolve()
    assert killed.outcomes == {}
    assert "No way." in killed.failures[0]
    killed.client.authentications = [listed(AUTH_ID)]
    killed.resolve()
    assert killed.outcomes["a"].auth_id == AUTH_ID


# Whose a new authentication is.


def test_what_another_attempt_captured_is_not_the_lost_one(killed: Killed) -> None:
    killed.begin("a", [])
    killed.die()
    killed.begin("b", None)
    killed.journal.settle("b", Outcome.captured(AUTH_ID.upper(), Via.OPENER), 1)
    killed.client.authentications = [listed(AUTH_ID)]
    killed.resolve()
    outcome = killed.outcomes["a"]
    assert (outcome.kind, outcome.auth_id) == (OutcomeKind.CRASHED, None)
    assert "nothing new since but what other attempts captured" in (outcome.message or "")


def test_beside_what_another_attempt_captured_the_lost_one_is_found(killed: Killed) -> None:
    killed.begin("a", [])
    killed.die()
    killed.begin("b", None)
    killed.journal.settle("b", Outcome.captured(AUTH_ID, Via.OPENER), 1)
    killed.client.authentications = [listed(AUTH_ID), listed(OTHER_ID)]
    killed.resolve()
    assert killed.outcomes["a"].auth_id == OTHER_ID


@pytest.mark.parametrize("lists", [([], []), ([], None), ([], [OTHER_ID])], ids=str)
def test_of_two_that_can_both_have_made_it_neither_gets_it(
    killed: Killed, lists: tuple[list[str] | None, ...]
) -> None:
    for number, before in enumerate(lists):
        killed.begin(f"attempt-{number}", before)
    killed.die()
    killed.client.authentications = [listed(AUTH_ID)]
    killed.resolve()
    assert [outcome.auth_id for outcome in killed.outcomes.values()] == [None, None]
    said = killed.outcomes["attempt-0"].message or ""
    assert AUTH_ID in said
    assert "cannot be told" in said


@pytest.mark.parametrize(
    "beside",
    [
        _EDIT,
        DialogRequest("user-2", "service-1", "environment-1"),
        DialogRequest("user-1", "service-2", "environment-1"),
    ],
    ids=["edit", "another user", "another service"],
)
def test_one_that_cannot_have_made_it_is_no_doubt(killed: Killed, beside: DialogRequest) -> None:
    killed.begin("a", [])
    killed.begin("b", [], request=beside)
    killed.die()
    killed.client.authentications = [listed(AUTH_ID, "service-1")]
    killed.resolve()
    assert killed.outcomes["a"].auth_id == AUTH_ID


def test_while_an_attempt_runs_that_can_have_made_it_nothing_is_decided(killed: Killed) -> None:
    killed.begin("a", [])
    killed.die()
    killed.begin("b", [])
    killed.client.authentications = [listed(AUTH_ID)]
    leftovers = killed.resolve()
    assert killed.outcomes == {}
    killed.journal.settle("b", Outcome.captured(AUTH_ID, Via.OPENER), 1)
    leftovers.use_list("user-1", (listed(AUTH_ID), listed(OTHER_ID)))
    assert killed.outcomes["a"].auth_id == OTHER_ID


def test_what_another_copy_of_the_program_resolved_first_stays(killed: Killed) -> None:
    killed.begin("a", [])
    killed.die()
    killed.begin("b", [])
    killed.client.authentications = [listed(AUTH_ID)]
    leftovers = killed.resolve()
    killed.journal.settle("a", Outcome.captured(AUTH_ID, Via.LISTING), 0)
    killed.journal.settle("b", Outcome.without_result(OutcomeKind.CLOSED, "Closed."), 1)
    leftovers.use_list("user-1", (listed(AUTH_ID), listed(OTHER_ID)))
    assert killed.outcomes == {}
    record = killed.journal.attempt("a")
    assert record is not None
    assert record.auth_id == AUTH_ID
