"""An attempt before its dialog opens and after its outcome: errors, cancelling, confirming."""

from __future__ import annotations

import sqlite3

import pytest

from tests.onboarding.attempt_bench import AUTH_ID, OTHER_ID, AttemptBench, AttemptRun, ToldDialogs, listed
from tests.onboarding.scripted_client import CODE
from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Phase, Via
from tray_auth_desktop.core.dialog_state import WindowGone
from tray_auth_desktop.errors import (
    ApiTimeoutError,
    EngineError,
    ExitCode,
    ForbiddenError,
    GraphQLError,
    HttpStatusError,
    NetworkError,
    RateLimitedError,
    UnauthorizedError,
    UnreadableReplyError,
    UsageError,
)

WHAT = "generateAuthorizationCode"
REFUSALS = [
    (UnauthorizedError("401.", operation=WHAT), ExitCode.API_REFUSED),
    (ForbiddenError("403.", operation=WHAT), ExitCode.API_REFUSED),
    (RateLimitedError("429.", operation=WHAT), ExitCode.API_REFUSED),
    (GraphQLError(("No such user",), operation=WHAT, code="user_does_not_exist"), ExitCode.API_REFUSED),
    (HttpStatusError("502.", operation=WHAT, status=502), ExitCode.API_REFUSED),
    (UnreadableReplyError("HTML.", operation=WHAT), ExitCode.API_REFUSED),
    (NetworkError("Not reached."), ExitCode.NETWORK),
    (ApiTimeoutError("No answer in time."), ExitCode.NETWORK),
    (UsageError("No token.", advice="Set TRAY_MASTER_TOKEN."), ExitCode.USAGE),
    (ValueError("bug"), ExitCode.UNEXPECTED),
]


@pytest.mark.parametrize(("error", "exit_code"), REFUSALS, ids=lambda value: type(value).__name__)
def test_no_code_no_dialog(bench: AttemptBench, error: Exception, exit_code: ExitCode) -> None:
    bench.client.code_error = error
    run = bench.start()
    run.wait_for_done()
    assert run.outcome.kind is OutcomeKind.API_ERROR
    assert run.outcome.exit_code is exit_code
    assert run.told.launches == []
    assert run.told.disposals == 1
    if not isinstance(error, ValueError):
        assert (run.outcome.message or "").startswith(str(error))
        assert getattr(error, "advice") in (run.outcome.message or "")  # noqa: B009 - a union of types


def test_unexpected_error_does_not_show_its_text(bench: AttemptBench) -> None:
    """Nobody knows what may stand in it."""
    bench.client.code_error = RuntimeError(f"secret {CODE}")
    run = bench.start()
    run.wait_for_done()
    assert CODE not in (run.outcome.message or "")
    assert "RuntimeError" in (run.outcome.message or "")


def test_engine_that_cannot_start(bench: AttemptBench, dialogs: ToldDialogs) -> None:
    dialogs.error = EngineError("The engine may not run as root.", advice="Run it otherwise.")
    run = bench.start()
    run.wait_for_done()
    assert run.outcome.kind is OutcomeKind.CRASHED
    assert run.outcome.exit_code is ExitCode.ENGINE
    assert run.outcome.message == "The engine may not run as root. Run it otherwise."
    assert run.dialogs == []


def test_engine_that_cannot_start_waits_for_no_code(bench: AttemptBench, dialogs: ToldDialogs) -> None:
    dialogs.error = EngineError("No engine.")
    bench.client.may_mint.clear()
    run = bench.start()
    assert run.outcome.kind is OutcomeKind.CRASHED
    bench.client.may_mint.set()
    run.wait_for_done()


def test_list_before_that_fails_does_not_hold_up_the_dialog(bench: AttemptBench) -> None:
    bench.client.list_errors = [ForbiddenError("403.", operation="authentications")]
    run = bench.start_open()
    assert any("No list to compare with" in text and "403." in text for text in run.texts)
    bench.client.authentications = [listed(AUTH_ID)]
    run.told.gone.emit(WindowGone.BY_PAGE)
    run.wait_for_done()
    assert run.outcome.kind is OutcomeKind.CLOSED
    assert "could not be compared" in (run.outcome.message or "")


def test_list_before_that_fails_does_not_hurt_a_finish(bench: AttemptBench) -> None:
    bench.client.list_errors = [NetworkError("Not reached.")]
    bench.client.authentications = [listed(AUTH_ID)]
    run = bench.start_open()
    run.told.finish()
    run.wait_for_done()
    assert run.outcome.kind is OutcomeKind.CAPTURED
    assert confirmation(run).confirmed


def test_list_before_that_is_late_does_not_hold_up_the_dialog(bench: AttemptBench) -> None:
    bench.limit(list_before_s=0.05)
    bench.client.may_list.clear()
    run = bench.start_open()
    assert any("did not come in time" in text for text in run.texts)
    assert len(run.told.launches) == 1


def test_dialog_waits_for_the_list_before_it(bench: AttemptBench) -> None:
    """What the dialog makes must not be in the list that it is compared with."""
    bench.client.may_list.clear()
    run = bench.start()
    run.wait_until(lambda: bench.client.codes == 1)
    assert run.told.launches == []
    bench.client.may_list.set()
    run.wait_for_phase(Phase.OPEN)
    assert len(run.told.launches) == 1


def test_what_was_listed_before_is_on_disk_when_the_dialog_opens(bench: AttemptBench) -> None:
    bench.client.authentications = [listed(AUTH_ID), listed(OTHER_ID)]
    bench.start_open()
    connection = sqlite3.connect(bench.journal_path)
    ids = set(connection.execute("SELECT auth_ids FROM list_before").fetchone()[0].splitlines())
    connection.close()
    assert ids == {AUTH_ID, OTHER_ID}


def test_only_the_end_user_of_the_request_is_asked_for(bench: AttemptBench) -> None:
    run = bench.start_open()
    run.told.finish()
    run.wait_for_done()
    assert bench.client.asked_for == {"user-1"}


def confirmation(run: AttemptRun) -> Outcome:
    (outcome,) = run.values("confirmed")
    assert isinstance(outcome, Outcome)
    return outcome


def test_confirmed_at_once(bench: AttemptBench) -> None:
    run = bench.start_open()
    bench.client.authentications = [listed(AUTH_ID)]
    calls = bench.client.list_calls
    run.told.finish()
    assert not run.outcome.confirmed
    run.wait_for_done()
    assert confirmation(run).confirmed
    assert bench.client.list_calls == calls + 1
    assert run.row_on_disk()["confirmed"] == 1
    assert run.values("listed")[-1] == (listed(AUTH_ID),)


@pytest.mark.parametrize("looks", [2, 3])
def test_confirmed_after_some_looks(bench: AttemptBench, looks: int) -> None:
    run = bench.start_open()
    bench.client.lists_to_come = [[]] * (looks - 1)
    bench.client.authentications = [listed(AUTH_ID)]
    calls = bench.client.list_calls
    run.told.finish()
    run.wait_for_done()
    assert confirmation(run).confirmed
    assert bench.client.list_calls == calls + looks


def test_never_confirmed(bench: AttemptBench) -> None:
    run = bench.start_open()
    calls = bench.client.list_calls
    run.told.finish()
    run.wait_for_done()
    assert not confirmation(run).confirmed
    assert confirmation(run).auth_id == AUTH_ID
    assert bench.client.list_calls == calls + 3
    assert run.row_on_disk()["confirmed"] == 0
    assert run.outcome.exit_code is ExitCode.OK


def test_confirmation_survives_a_list_that_fails(bench: AttemptBench) -> None:
    run = bench.start_open()
    bench.client.list_errors = [NetworkError("Not reached."), RateLimitedError("429.", operation="x")]
    bench.client.authentications = [listed(AUTH_ID)]
    run.told.finish()
    run.wait_for_done()
    assert confirmation(run).confirmed


def test_unconfirmed_says_why_the_list_failed(bench: AttemptBench) -> None:
    run = bench.start_open()
    bench.client.list_errors = [NetworkError("Tray was not reached.")] * 3
    run.told.finish()
    run.wait_for_done()
    assert not confirmation(run).confirmed
    assert any("Tray was not reached." in text for text in run.texts)


@pytest.mark.parametrize("phase", list(Phase)[:3])
def test_cancel(bench: AttemptBench, phase: Phase) -> None:
    if phase is Phase.PREPARING:
        bench.client.may_mint.clear()
        run = bench.start()
    else:
        run = bench.start_open()
    if phase is Phase.SETTLING:
        bench.client.may_list.clear()
        run.told.gone.emit(WindowGone.BY_PAGE)
    assert run.runner.attempt.phase is phase
    run.runner.cancel()
    if phase is not Phase.OPEN:
        assert run.outcome.kind is OutcomeKind.CLOSED
    run.wait_for_done()
    assert run.outcome.kind is OutcomeKind.CLOSED
    assert run.told.closings >= 1


def test_cancel_while_open_still_looks_into_the_list(bench: AttemptBench) -> None:
    run = bench.start_open()
    bench.client.authentications = [listed(AUTH_ID)]
    run.runner.cancel()
    run.wait_for_done()
    assert run.outcome.via is Via.LISTING


def test_cancel_twice_does_not_wait_for_the_list(bench: AttemptBench) -> None:
    run = bench.start_open()
    bench.client.may_list.clear()
    run.runner.cancel()
    run.runner.cancel()
    assert run.outcome.kind is OutcomeKind.CLOSED
    run.wait_for_done()


def test_cancel_under_another_name(bench: AttemptBench) -> None:
    run = bench.start_open()
    run.runner.cancel(Outcome.without_result(OutcomeKind.CLOSED, "The program was told to stop."))
    run.wait_for_done()
    assert (run.outcome.message or "").startswith("The program was told to stop.")


@pytest.mark.parametrize("way", ["cancel", "abandon"])
def test_stop_while_confirming_keeps_what_was_captured(bench: AttemptBench, way: str) -> None:
    run = bench.start_open()
    bench.client.may_list.clear()
    run.told.finish()
    assert run.outcome.kind is OutcomeKind.CAPTURED
    getattr(run.runner, way)()
    if way == "abandon":
        assert run.names("done") == ["done"]
    bench.client.may_list.set()
    run.wait_for_done()
    assert run.outcome.auth_id == AUTH_ID


def test_abandon_before_the_outcome_changes_nothing(bench: AttemptBench) -> None:
    run = bench.start_open()
    run.runner.abandon()
    assert run.runner.attempt.phase is Phase.OPEN
    assert run.names("ended", "done") == []


def test_dialog_is_made_while_the_code_is_fetched(bench: AttemptBench, dialogs: ToldDialogs) -> None:
    bench.client.may_mint.clear()
    bench.start()
    assert len(dialogs.made) == 1
