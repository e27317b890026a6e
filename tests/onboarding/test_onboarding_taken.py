"""What another attempt made is new in the list as well: it is never taken for this attempt's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.onboarding.attempt_bench import AUTH_ID, OTHER_ID, REQUEST, AttemptBench, AttemptRun, listed
from tests.onboarding.test_onboarding_journal import break_journal
from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Phase, Via
from tray_auth_desktop.core.dialog_state import WindowGone
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest

_EDIT = DialogRequest("user-1", kind=DialogKind.EDIT, auth_id=AUTH_ID)


def _captured_by_another(bench: AttemptBench, auth_id: str, request: DialogRequest = REQUEST) -> None:
    """Let another copy of the program capture an id by a message."""
    bench.journal.begin("another", "test", request)
    bench.journal.settle("another", Outcome.captured(auth_id, Via.OPENER), 1)


def _close(run: AttemptRun) -> Outcome:
    run.told.gone.emit(WindowGone.BY_PAGE)
    run.wait_for_done()
    return run.outcome


def test_what_another_attempt_captured_meanwhile_is_left_to_it(bench: AttemptBench) -> None:
    run = bench.start_open()
    _captured_by_another(bench, AUTH_ID.upper())
    bench.client.authentications = [listed(AUTH_ID)]
    run.runner.cancel()
    run.wait_for_done()
    assert (run.outcome.kind, run.outcome.auth_id) == (OutcomeKind.CLOSED, None)
    assert [text for text in run.texts if "another attempt" in text and AUTH_ID in text]


def test_beside_it_the_own_one_is_found(bench: AttemptBench) -> None:
    run = bench.start_open()
    _captured_by_another(bench, OTHER_ID)
    bench.client.authentications = [listed(OTHER_ID), listed(AUTH_ID)]
    outcome = _close(run)
    assert (outcome.auth_id, outcome.via) == (AUTH_ID, Via.LISTING)


def test_it_is_waited_for_beside_what_another_attempt_captured(bench: AttemptBench) -> None:
    run = bench.start_open()
    _captured_by_another(bench, OTHER_ID)
    bench.client.authentications = [listed(OTHER_ID), listed(AUTH_ID)]
    bench.client.lists_to_come = [[listed(OTHER_ID)]]
    assert _close(run).auth_id == AUTH_ID


def test_it_is_left_to_the_other_while_the_dialog_is_open_too(bench: AttemptBench) -> None:
    run = bench.start_open()
    _captured_by_another(bench, OTHER_ID)
    bench.client.authentications = [listed(OTHER_ID)]
    looks = bench.client.list_calls
    run.told.result_suspected.emit("a window came back")
    run.wait_until(lambda: bench.client.list_calls >= looks + 3)
    assert run.runner.attempt.phase is Phase.OPEN
    run.told.finish()
    run.wait_for_done()
    assert run.outcome.auth_id == AUTH_ID


def test_of_two_that_compare_at_the_same_moment_one_gets_it(bench: AttemptBench) -> None:
    runs = [bench.start_open(), bench.start_open()]
    bench.client.authentications = [listed(AUTH_ID)]
    for run in runs:
        run.told.gone.emit(WindowGone.BY_PAGE)
    for run in runs:
        run.wait_for_done()
    assert sorted(run.outcome.auth_id or "" for run in runs) == ["", AUTH_ID]


def test_a_finish_is_not_doubted(bench: AttemptBench) -> None:
    run = bench.start_open()
    _captured_by_another(bench, AUTH_ID)
    run.told.finish()
    run.wait_for_done()
    assert (run.outcome.auth_id, run.outcome.via) == (AUTH_ID, Via.OPENER)


def test_an_authentication_can_be_edited_by_one_attempt_after_the_other(bench: AttemptBench) -> None:
    _captured_by_another(bench, AUTH_ID, _EDIT)
    bench.client.authentications = [listed(AUTH_ID)]
    run = bench.start(_EDIT)
    run.wait_for_phase(Phase.OPEN)
    bench.client.authentications = [replace(listed(AUTH_ID), name="edited")]
    outcome = _close(run)
    assert (outcome.auth_id, outcome.via) == (AUTH_ID, Via.LISTING)


@pytest.mark.parametrize("moment", ["before", "during"])
def test_a_journal_that_fails_costs_nobody_the_result(bench: AttemptBench, moment: str) -> None:
    if moment == "before":
        break_journal(bench)
    run = bench.start_open()
    if moment == "during":
        break_journal(bench)
    bench.client.authentications = [listed(AUTH_ID)]
    run.told.gone.emit(WindowGone.BY_PAGE)
    run.wait_until(lambda: run.names("done") == ["done"])
    assert (run.outcome.auth_id, run.outcome.via) == (AUTH_ID, Via.LISTING)
