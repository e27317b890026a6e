"""Work on real threads: tasks, the search in the list, and the watch over it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from tests.onboarding.attempt_bench import AUTH_ID, OTHER_ID, AttemptBench, listed
from tests.onboarding.scripted_client import ScriptedClient
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.errors import NetworkError
from tray_auth_desktop.onboarding.list_watch import ListWatch
from tray_auth_desktop.onboarding.search import Search, search_list
from tray_auth_desktop.onboarding.tasks import Tasks

List = Sequence[Authentication]


class Results:
    """What a task handed back, and on which thread."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self.errors: list[Exception] = []
        self.threads: list[threading.Thread] = []

    def succeed(self, value: object) -> None:
        self.values.append(value)
        self.threads.append(threading.current_thread())

    def fail(self, error: Exception) -> None:
        self.errors.append(error)
        self.threads.append(threading.current_thread())


def raise_error(error: Exception) -> Callable[[], object]:
    def work() -> object:
        raise error

    return work


def fence(tasks: Tasks, qtbot: QtBot) -> None:
    """Wait until everything handed back so far has been looked at."""
    passed: list[None] = []
    tasks.submit(lambda: None, passed.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(passed))


def test_task_works_elsewhere_and_reports_here(qtbot: QtBot) -> None:
    tasks, results = Tasks(), Results()
    main = QThread.currentThread()
    tasks.submit(lambda: QThread.currentThread() is not main, results.succeed, results.fail)
    qtbot.waitUntil(lambda: bool(results.values))
    assert results.values == [True]
    assert results.threads == [threading.main_thread()]


@pytest.mark.parametrize("error", [NetworkError("Not reached."), ValueError("bug"), KeyError("x")])
def test_task_that_fails_reports_its_error(qtbot: QtBot, error: Exception) -> None:
    tasks, results = Tasks(), Results()
    tasks.submit(raise_error(error), results.succeed, results.fail)
    qtbot.waitUntil(lambda: bool(results.errors))
    assert results.errors == [error]
    assert results.values == []


def test_tasks_do_not_wait_for_each_other(qtbot: QtBot) -> None:
    tasks, results = Tasks(), Results()
    gate = threading.Event()
    tasks.submit(lambda: gate.wait(20), lambda _value: results.succeed("slow"), results.fail)
    tasks.submit(lambda: "quick", results.succeed, results.fail)
    qtbot.waitUntil(lambda: results.values == ["quick"])
    gate.set()
    qtbot.waitUntil(lambda: results.values == ["quick", "slow"])


@pytest.mark.parametrize("work", [lambda: 1, raise_error(ValueError("x"))], ids=["result", "error"])
def test_cancelled_task_reports_nothing(qtbot: QtBot, work: Callable[[], object]) -> None:
    tasks, results = Tasks(), Results()
    task = tasks.submit(work, results.succeed, results.fail)
    task.cancel()
    fence(tasks, qtbot)
    fence(tasks, qtbot)
    assert (results.values, results.errors) == ([], [])


def test_task_cancelled_after_its_work_reports_nothing(qtbot: QtBot) -> None:
    """The result waits in the event loop already."""
    tasks, results = Tasks(), Results()
    is_done = threading.Event()
    task = tasks.submit(is_done.set, results.succeed, results.fail)
    assert is_done.wait(20)
    task.cancel()
    fence(tasks, qtbot)
    assert results.values == []


def test_closed_tasks_report_nothing(qtbot: QtBot) -> None:
    tasks, results, other = Tasks(), Results(), Tasks()
    gate = threading.Event()
    tasks.submit(lambda: gate.wait(20), results.succeed, results.fail)
    tasks.close()
    gate.set()
    fence(other, qtbot)
    assert results.values == []


def test_threads_do_not_keep_the_program_alive(qtbot: QtBot) -> None:
    tasks, gate = Tasks(), threading.Event()
    is_daemon: list[bool] = []
    tasks.submit(lambda: threading.current_thread().daemon, is_daemon.append, lambda _error: None)
    qtbot.waitUntil(lambda: is_daemon == [True])
    gate.set()


def has(auth_id: str) -> Callable[[List], bool]:
    return lambda listed_now: any(found.auth_id == auth_id for found in listed_now)


def test_search_ends_with_the_list_that_is_enough() -> None:
    client = ScriptedClient()
    client.lists_to_come = [[], [listed(AUTH_ID)], [listed(OTHER_ID)]]
    search = search_list(client, "u", has(AUTH_ID), (0.0, 0.0, 0.0), threading.Event())
    assert search == Search((listed(AUTH_ID),))
    assert client.list_calls == 2


def test_search_that_finds_nothing_returns_the_last_list() -> None:
    client = ScriptedClient()
    client.lists_to_come = [[], [listed(OTHER_ID)]]
    search = search_list(client, "u", has(AUTH_ID), (0.0, 0.0), threading.Event())
    assert search == Search((listed(OTHER_ID),))


def test_search_keeps_the_last_list_and_the_last_trouble() -> None:
    client = ScriptedClient()
    client.list_errors = [None, NetworkError("Not reached.", advice="Check it.")]
    client.authentications = [listed(OTHER_ID)]
    search = search_list(client, "u", has(AUTH_ID), (0.0, 0.0), threading.Event())
    assert search == Search((listed(OTHER_ID),), "Not reached. Check it.")


def test_search_that_only_failed_has_no_list() -> None:
    client = ScriptedClient()
    client.list_errors = [NetworkError("Not reached.", advice="")]
    search = search_list(client, "u", has(AUTH_ID), (0.0,), threading.Event())
    assert search == Search(None, "Not reached.")


def test_cancelled_search_asks_no_more() -> None:
    client, cancelled = ScriptedClient(), threading.Event()
    cancelled.set()
    assert search_list(client, "u", has(AUTH_ID), (60.0, 60.0), cancelled) == Search(None)
    assert client.list_calls == 0


def test_watch_reports_what_it_found(bench: AttemptBench, qtbot: QtBot) -> None:
    bench.client.authentications = [listed(AUTH_ID)]
    found: list[Search] = []
    ListWatch("u", bench.context()).look(has(AUTH_ID), (0.0,), 20.0, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == [Search((listed(AUTH_ID),))]


def test_watch_reports_in_time_and_only_once(bench: AttemptBench, qtbot: QtBot) -> None:
    bench.client.may_list.clear()
    found: list[Search] = []
    ListWatch("u", bench.context()).look(has(AUTH_ID), (0.0,), 0.05, found.append)
    qtbot.waitUntil(lambda: bool(found))
    bench.client.may_list.set()
    fence(bench.tasks, qtbot)
    assert [search.listed for search in found] == [None]
    assert "in time" in found[0].trouble


def test_new_look_takes_the_place_of_the_last(bench: AttemptBench, qtbot: QtBot) -> None:
    watch = ListWatch("u", bench.context())
    bench.client.may_list.clear()
    first: list[Search] = []
    second: list[Search] = []
    watch.look(has(AUTH_ID), (0.0,), 20.0, first.append)
    watch.look(has(AUTH_ID), (0.0,), 20.0, second.append)
    bench.client.may_list.set()
    qtbot.waitUntil(lambda: bool(second))
    fence(bench.tasks, qtbot)
    assert first == []
    assert len(second) == 1


def test_cancelled_watch_reports_nothing(bench: AttemptBench, qtbot: QtBot) -> None:
    watch = ListWatch("u", bench.context())
    found: list[Search] = []
    watch.look(has(AUTH_ID), (0.0,), 0.01, found.append)
    watch.cancel()
    fence(bench.tasks, qtbot)
    fence(bench.tasks, qtbot)
    assert found == []


def test_watch_names_an_unexpected_error_without_its_text(bench: AttemptBench, qtbot: QtBot) -> None:
    bench.client.list_errors = [RuntimeError("with a secret")]
    found: list[Search] = []
    ListWatch("u", bench.context()).look(has(AUTH_ID), (0.0,), 20.0, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == [Search(None, "RuntimeError")]
