"""The test of a connection in the background: results one by one, on Qt's thread, and droppable."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.connection_check import CheckResult, Verdict
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.onboarding.connection_test import ConnectionTest
from tray_auth_desktop.onboarding.tasks import Tasks


def result(number: int) -> CheckResult:
    return CheckResult(f"Check {number}", Verdict.OK, "Fine.")


class Bench:
    """A test with what it told."""

    def __init__(self) -> None:
        self.tasks = Tasks()
        self.test = ConnectionTest(self.tasks)
        self.found: list[tuple[CheckResult, threading.Thread]] = []
        self.errors: list[Exception] = []
        self.test.found.connect(lambda one: self.found.append((one, threading.current_thread())))
        self.test.failed.connect(self.errors.append)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench()
    yield made
    made.tasks.close()


def test_results_come_in_their_order_on_qts_thread(bench: Bench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bench.test.ended):
        bench.test.start(lambda: map(result, range(5)))
    assert [one for one, _ in bench.found] == [result(number) for number in range(5)]
    assert {thread for _, thread in bench.found} == {threading.main_thread()}
    assert not bench.test.is_running


def test_each_result_is_told_before_the_next_check_has_ended(bench: Bench, qtbot: QtBot) -> None:
    gate = threading.Event()

    def checks() -> Iterator[CheckResult]:
        yield result(1)
        assert gate.wait(10)
        yield result(2)

    bench.test.start(checks)
    qtbot.waitUntil(lambda: len(bench.found) == 1)
    assert bench.test.is_running
    with qtbot.waitSignal(bench.test.ended):
        gate.set()
    assert len(bench.found) == 2


def test_a_cancelled_test_begins_no_further_check_and_closes_what_it_opened(
    bench: Bench, qtbot: QtBot
) -> None:
    gate, closed, begun = threading.Event(), threading.Event(), []

    def checks() -> Iterator[CheckResult]:
        try:
            yield result(1)
            assert gate.wait(10)
            yield result(2)
            begun.append(3)
            yield result(3)
        finally:
            closed.set()

    bench.test.start(checks)
    qtbot.waitUntil(lambda: len(bench.found) == 1)
    bench.test.cancel()
    assert not bench.test.is_running
    gate.set()
    assert closed.wait(10)
    with qtbot.waitSignal(bench.test.ended):
        bench.test.start(lambda: iter([result(9)]))
    assert [one for one, _ in bench.found] == [result(1), result(9)]
    assert begun == []


def test_a_new_test_drops_the_one_that_runs(bench: Bench, qtbot: QtBot) -> None:
    gate = threading.Event()

    def slow() -> Iterator[CheckResult]:
        assert gate.wait(10)
        yield result(1)

    bench.test.start(slow)
    with qtbot.waitSignal(bench.test.ended):
        bench.test.start(lambda: iter([result(2)]))
    gate.set()
    with qtbot.waitSignal(bench.test.ended):
        bench.test.start(lambda: iter([result(3)]))
    assert [one for one, _ in bench.found] == [result(2), result(3)]


def test_checks_that_cannot_be_made_are_told_with_what_came_before(bench: Bench, qtbot: QtBot) -> None:
    def checks() -> Iterator[CheckResult]:
        yield result(1)
        raise UsageError("no more")

    with qtbot.waitSignal(bench.test.failed):
        bench.test.start(checks)
    assert [one for one, _ in bench.found] == [result(1)]
    assert [str(error) for error in bench.errors] == ["no more"]
    assert not bench.test.is_running
