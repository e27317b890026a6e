"""Long lists in parts, deletions one after the other, details, credentials."""

from __future__ import annotations

import threading
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from tests.onboarding.authentication_server import PARTS, WHOLE, Server, quick, server, tasks, work
from tray_auth_desktop.core.models import AuthenticationDetails
from tray_auth_desktop.errors import (
    ApiTimeoutError,
    ForbiddenError,
    HttpStatusError,
    NetworkError,
    RateLimitedError,
    TrayAuthError,
)
from tray_auth_desktop.onboarding.authentication_list import AuthenticationList
from tray_auth_desktop.onboarding.authentication_work import AuthenticationWork, Deletion
from tray_auth_desktop.onboarding.list_client import ListClient
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, Loading, NotAsked
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.secrets import Secret

__all__ = ["quick", "server", "tasks", "work"]


def states_of(server: Server, tasks: Tasks) -> tuple[AuthenticationList, list[object]]:
    listing = AuthenticationList(lambda: cast(ListClient, server), tasks)
    states: list[object] = []
    listing.changed.connect(states.append)
    return listing, states


def delete(work: AuthenticationWork, qtbot: QtBot, *auth_ids: str) -> Deletion:
    results: list[Deletion] = []
    work.delete("user-1", auth_ids, results.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(results))
    return results[0]


def test_parts_are_shown_before_the_whole_is_there(
    server: Server, tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tray_auth_desktop.onboarding.authentication_list._PAUSE_S", -1.0)
    listing, states = states_of(server, tasks)
    listing.load("user-1")
    for count in (1, 2, 3):
        qtbot.waitUntil(lambda count=count: len(states) == 1 + count)  # type: ignore[misc] # mypy: lambda's default
        server.may_go_on.release()
    qtbot.waitUntil(lambda: states[-1:] == [Loaded(WHOLE)])
    assert states[:4] == [
        Loading(),
        Loaded(PARTS[0], is_partial=True),
        Loaded(PARTS[0] + PARTS[1], is_partial=True),
        Loaded(WHOLE, is_partial=True),
    ]


def test_parts_that_come_quickly_are_shown_together(server: Server, tasks: Tasks, qtbot: QtBot) -> None:
    server.parts = [(one,) for one in WHOLE]
    server.may_go_on.release(len(WHOLE))
    listing, states = states_of(server, tasks)
    listing.load("user-1")
    qtbot.waitUntil(lambda: states[-1:] == [Loaded(WHOLE)])
    assert len(states) < 1 + len(WHOLE)


def test_a_list_that_begins_again_is_not_shown_twice(
    server: Server, tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tray_auth_desktop.onboarding.authentication_list._PAUSE_S", -1.0)
    server.parts = [PARTS[0], PARTS[1], PARTS[0]]
    listing, states = states_of(server, tasks)
    listing.load("user-1")
    for count in (2, 3, 4):
        qtbot.waitUntil(lambda count=count: len(states) == count)  # type: ignore[misc] # mypy: lambda's default
        server.may_go_on.release()
    qtbot.waitUntil(lambda: states[-1:] == [Loaded(WHOLE)])
    assert states[3] == Loaded(PARTS[0], is_partial=True)


def test_a_list_that_breaks_off_says_why(server: Server, tasks: Tasks, qtbot: QtBot) -> None:
    server.error = NetworkError("Reset.")
    server.may_go_on.release(3)
    listing, states = states_of(server, tasks)
    listing.load("user-1")
    qtbot.waitUntil(lambda: isinstance(states[-1], LoadFailed))
    assert states[-1] == LoadFailed(server.error.explanation)


def test_parts_of_a_list_nobody_wants_any_more_are_dropped(
    server: Server, tasks: Tasks, qtbot: QtBot
) -> None:
    listing, states = states_of(server, tasks)
    listing.load("user-1")
    qtbot.waitUntil(lambda: len(states) == 2)
    listing.load(None)
    server.may_go_on.release(3)
    listing.show(PARTS[0])
    qtbot.waitUntil(lambda: all(thread.name != "task" for thread in threading.enumerate()))
    QCoreApplication.processEvents()  # whatever the thread left behind
    assert states[2:] == [NotAsked(), Loaded(PARTS[0])]


def test_cancelling_says_so_once(server: Server, tasks: Tasks, qtbot: QtBot) -> None:
    listing, states = states_of(server, tasks)
    listing.cancel()
    assert states == []
    listing.load("user-1")
    qtbot.waitUntil(lambda: len(states) == 2)
    listing.cancel()
    server.may_go_on.release(3)
    assert isinstance(states[-1], LoadFailed)
    assert states[-1].explanation.startswith("Cancelled.")


def test_several_are_deleted_one_after_the_other(
    server: Server, work: AuthenticationWork, qtbot: QtBot
) -> None:
    progress: list[int] = []
    work.deletion_progressed.connect(progress.append)
    assert delete(work, qtbot, "a", "b", "c") == Deletion(("a", "b", "c"))
    assert server.deleted == ["a", "b", "c"]
    assert progress == [1, 2, 3]
    assert not work.is_changing


def test_one_that_is_refused_does_not_hold_up_the_others(
    server: Server, work: AuthenticationWork, qtbot: QtBot
) -> None:
    server.refusals["b"] = [ForbiddenError("No.", operation="removeAuthentication")]
    deletion = delete(work, qtbot, "a", "b", "c")
    assert deletion.deleted == ("a", "c")
    [(auth_id, failed)] = deletion.failed
    assert (auth_id, failed.is_doubtful) == ("b", False)
    assert failed.explanation.startswith("No. Check that the token")


def test_what_came_too_fast_is_asked_again(server: Server, work: AuthenticationWork, qtbot: QtBot) -> None:
    server.refusals["a"] = [RateLimitedError("Too many.", operation="removeAuthentication")] * 2
    assert delete(work, qtbot, "a").deleted == ("a",)
    server.refusals["b"] = [RateLimitedError("Too many.", operation="removeAuthentication")] * 9
    assert delete(work, qtbot, "b").failed[0][0] == "b"
    assert len(server.refusals["b"]) == 6


@pytest.mark.parametrize(
    "error",
    [
        ApiTimeoutError("Too late."),
        HttpStatusError("Broken.", operation="removeAuthentication", status=502),
    ],
)
def test_a_deletion_without_an_answer_is_never_sent_twice(
    server: Server, work: AuthenticationWork, qtbot: QtBot, error: TrayAuthError
) -> None:
    server.refusals["a"] = [error]
    deletion = delete(work, qtbot, "a")
    assert server.deleted == []
    assert deletion.failed[0][1].is_doubtful


def test_without_a_network_the_rest_is_not_tried(
    server: Server, work: AuthenticationWork, qtbot: QtBot
) -> None:
    server.refusals["b"] = [NetworkError("Not reached.")]
    deletion = delete(work, qtbot, "a", "b", "c", "d")
    assert (deletion.deleted, deletion.untried) == (("a",), ("c", "d"))


def test_a_long_deletion_can_be_stopped(server: Server, work: AuthenticationWork, qtbot: QtBot) -> None:
    server.gate = threading.Event()
    results: list[Deletion] = []
    work.delete("user-1", ["a", "b", "c"], results.append, pytest.fail)
    work.stop_deleting()
    server.gate.set()
    qtbot.waitUntil(lambda: bool(results))
    assert results == [Deletion(("a",), (), ("b", "c"))]


def test_details_come_for_the_latest_question_only(
    server: Server, work: AuthenticationWork, qtbot: QtBot
) -> None:
    got: list[AuthenticationDetails] = []
    work.ask_details("user-1", "a", got.append, pytest.fail)
    work.ask_details("user-1", "b", got.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(got))
    assert [one.auth_id for one in got] == ["b"]
    server.error = HttpStatusError("Not found.", operation="authentication", status=404, advice="Look again.")
    failures: list[str] = []
    work.ask_details("user-1", "c", got.append, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert failures == ["Not found. Look again."]


def test_credentials_go_to_the_client_and_nowhere_else(
    server: Server, work: AuthenticationWork, qtbot: QtBot
) -> None:
    done: list[bool] = []
    secret = Secret('{"access_token": "hush"}')
    work.rename(
        "user-1", "a", "New", secret, lambda: done.append(True), lambda failed: pytest.fail(str(failed))
    )
    qtbot.waitUntil(lambda: bool(done))
    assert server.deleted == ['user-1 a New {"access_token": "hush"}']
