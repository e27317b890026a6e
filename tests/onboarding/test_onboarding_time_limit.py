"""The time limit of an attempt, before its dialog is there and after."""

from __future__ import annotations

from tests.onboarding.attempt_bench import AttemptBench
from tray_auth_desktop.core.attempt import OutcomeKind
from tray_auth_desktop.errors import ExitCode


def test_time_limit_strikes_once_the_dialog_is_open(bench: AttemptBench) -> None:
    bench.limit(attempt_s=0.3)
    run = bench.start_open()
    assert 0 <= run.runner.time_left_s <= 1
    run.wait_for_done()
    assert run.outcome.kind is OutcomeKind.TIMED_OUT
    assert run.outcome.exit_code is ExitCode.TIMED_OUT


def test_time_limit_strikes_while_nothing_answers(bench: AttemptBench) -> None:
    bench.limit(attempt_s=0.2)
    bench.client.may_mint.clear()
    run = bench.start()
    run.wait_for_done()
    assert run.outcome.kind is OutcomeKind.TIMED_OUT
    assert run.told.launches == []


def test_time_limit_is_off_after_the_outcome(bench: AttemptBench) -> None:
    bench.limit(attempt_s=30.0)
    run = bench.start_open()
    assert run.runner.time_left_s > 0
    run.told.finish()
    assert run.runner.time_left_s == 0
