"""What counts when several things happen to an attempt: each order, to exactly one outcome."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.onboarding.attempt_bench import AUTH_ID, OTHER_ID, AttemptBench, AttemptRun, ToldDialog, listed
from tray_auth_desktop.core.attempt import OutcomeKind, Phase, Via
from tray_auth_desktop.core.dialog_state import LoadFailure, WindowGone
from tray_auth_desktop.core.window_message import MessageSource

CLOSE = '{"type": "tray.authpopup.close"}'
ERROR = '{"type": "tray.authPopup.error", "error": "went wrong"}'
NOT_LOADED = LoadFailure("https://embedded.tray.io answered with HTTP 410.", is_network=False, status=410)
Act = Callable[[ToldDialog], None]
#: Everything but a finish that seems to end a dialog, and what it is called if nothing else is known.
ENDS: dict[str, tuple[Act, OutcomeKind]] = {
    "close message": (lambda dialog: dialog.say(CLOSE), OutcomeKind.CLOSED),
    "error message": (lambda dialog: dialog.say(ERROR), OutcomeKind.FAILED),
    "closed by its page": (lambda dialog: dialog.gone.emit(WindowGone.BY_PAGE), OutcomeKind.CLOSED),
    "closed by the person": (lambda dialog: dialog.gone.emit(WindowGone.BY_PERSON), OutcomeKind.CLOSED),
    "not loaded": (lambda dialog: dialog.load_failed.emit(NOT_LOADED), OutcomeKind.FAILED),
    "crashed": (lambda dialog: dialog.crashed.emit("The process ended."), OutcomeKind.CRASHED),
}


@pytest.mark.parametrize("name", ENDS)
def test_end_without_a_finish(bench: AttemptBench, name: str) -> None:
    act, kind = ENDS[name]
    run = bench.start_open()
    act(run.told)
    assert run.runner.attempt.phase is Phase.SETTLING
    run.wait_for_done()
    assert run.outcome.kind is kind
    assert run.outcome.auth_id is None
    assert run.outcome.via is None
    assert run.outcome.message
    assert run.told.disposals == 1


@pytest.mark.parametrize("name", ENDS)
def test_finish_after_it_still_wins(bench: AttemptBench, name: str) -> None:
    """The lists are being compared, and the finish comes late."""
    run = bench.start_open()
    bench.client.may_list.clear()
    ENDS[name][0](run.told)
    assert run.runner.attempt.phase is Phase.SETTLING
    run.told.finish()
    assert run.outcome.kind is OutcomeKind.CAPTURED
    assert run.outcome.via is Via.OPENER
    bench.client.may_list.set()
    run.wait_for_done()


@pytest.mark.parametrize("name", ENDS)
def test_finish_before_it_wins(bench: AttemptBench, name: str) -> None:
    run = bench.start_open()
    run.told.finish()
    ENDS[name][0](run.told)
    run.wait_for_done()
    assert run.outcome.kind is OutcomeKind.CAPTURED
    assert run.outcome.message is None


@pytest.mark.parametrize("name", ENDS)
def test_what_was_made_before_it_is_captured_by_listing(bench: AttemptBench, name: str) -> None:
    run = bench.start_open()
    bench.client.authentications = [listed(AUTH_ID)]
    ENDS[name][0](run.told)
    run.wait_for_done()
    assert (run.outcome.kind, run.outcome.auth_id) == (OutcomeKind.CAPTURED, AUTH_ID)
    assert run.outcome.via is Via.LISTING
    assert run.outcome.confirmed


@pytest.mark.parametrize("first", ENDS)
@pytest.mark.parametrize("second", ENDS)
def test_two_ends_make_one_outcome(bench: AttemptBench, first: str, second: str) -> None:
    """The one that explains more counts; else the first."""
    run = bench.start_open()
    bench.client.may_list.clear()
    ENDS[first][0](run.told)
    ENDS[second][0](run.told)
    bench.client.may_list.set()
    run.wait_for_done()
    weight = {"error message": 2, "close message": 1}
    winner = second if weight.get(second, 0) > weight.get(first, 0) else first
    assert run.outcome.kind is ENDS[winner][1]


def test_second_finish_is_noted_and_ignored(bench: AttemptBench) -> None:
    bench.client.authentications = []
    run = bench.start_open()
    run.told.finish()
    run.told.finish(OTHER_ID)
    run.wait_for_done()
    assert run.outcome.auth_id == AUTH_ID
    ignored = [event.observation for event in run.events if "ignored" in event.observation.text]
    assert [seen.details["auth_id"] for seen in ignored] == [OTHER_ID]
    assert run.row_on_disk()["auth_id"] == AUTH_ID


def test_finish_of_an_authentication_that_was_there_before(bench: AttemptBench) -> None:
    """The end user may choose an existing one."""
    bench.client.authentications = [listed(AUTH_ID)]
    run = bench.start_open()
    run.told.finish()
    run.wait_for_done()
    assert run.outcome.kind is OutcomeKind.CAPTURED
    assert run.outcome.via is Via.OPENER


def test_severed_finish_says_so(bench: AttemptBench) -> None:
    run = bench.start_open()
    run.told.finish(source=MessageSource.SEVERED)
    run.wait_for_done()
    assert run.outcome.via is Via.SEVERED_OPENER
    assert run.row_on_disk()["via"] == "severed-opener"


@pytest.mark.parametrize(
    ("origin", "source"),
    [
        ("https://evil.example", MessageSource.POPUP),
        ("null", MessageSource.POPUP),
        ("https://embedded.tray.io:8443", MessageSource.GONE),
        ("https://embedded.tray.io", MessageSource.OTHER),
    ],
)
def test_message_that_is_not_the_dialogs_changes_nothing(
    bench: AttemptBench, origin: str, source: MessageSource
) -> None:
    run = bench.start_open()
    for payload in (CLOSE, ERROR, f'{{"type": "tray.authpopup.finish", "authId": "{AUTH_ID}"}}'):
        run.told.say(payload, origin, source)
    assert run.runner.attempt.phase is Phase.OPEN
    ignored = [event for event in run.events if event.observation.text.startswith("Message ignored")]
    assert len(ignored) == 3
    run.told.finish(OTHER_ID)
    run.wait_for_done()
    assert run.outcome.auth_id == OTHER_ID


@pytest.mark.parametrize("is_open", [False, True], ids=["preparing", "open"])
def test_what_comes_after_the_end_is_of_no_effect(bench: AttemptBench, *, is_open: bool) -> None:
    run = bench.start_open() if is_open else bench.start()
    run.runner.cancel()
    run.wait_for_done()
    run.told.finish()
    run.told.gone.emit(WindowGone.BY_PAGE)
    run.told.crashed.emit("late")
    run.runner.cancel()
    run.runner.abandon()
    assert run.outcome.kind is OutcomeKind.CLOSED
    assert run.names("ended", "done") == ["ended", "done"]


def test_phases_are_told_in_order(bench: AttemptBench) -> None:
    run = bench.start_open()
    run.told.loaded.emit()
    run.told.gone.emit(WindowGone.BY_PAGE)
    run.wait_for_done()
    assert run.values("phase_changed") == [Phase.PREPARING, Phase.OPEN, Phase.SETTLING, Phase.ENDED]
    assert run.names("code_minted", "loaded", "ended", "done") == ["code_minted", "loaded", "ended", "done"]
    assert run.values("progress_changed")[-1] == ""


def settle_with(bench: AttemptBench, *lists: list[str]) -> AttemptRun:
    """Close a dialog, with these lists to come in the looks after it."""
    run = bench.start_open()
    bench.client.lists_to_come = [[listed(auth_id) for auth_id in ids] for ids in lists]
    run.told.gone.emit(WindowGone.BY_PAGE)
    run.wait_for_done()
    return run


def test_list_that_lags_is_looked_at_again(bench: AttemptBench) -> None:
    bench.limit(gone_delays_s=(0.01, 0.01, 0.01, 0.01))
    run = settle_with(bench, [], [], [AUTH_ID])
    assert run.outcome.auth_id == AUTH_ID
    assert run.outcome.via is Via.LISTING


def test_list_that_fails_is_looked_at_again(bench: AttemptBench) -> None:
    from tray_auth_desktop.errors import NetworkError

    bench.limit(gone_delays_s=(0.01, 0.01))
    run = bench.start_open()
    bench.client.list_errors = [NetworkError("Tray was not reached.")]
    bench.client.authentications = [listed(AUTH_ID)]
    run.told.gone.emit(WindowGone.BY_PAGE)
    run.wait_for_done()
    assert run.outcome.auth_id == AUTH_ID


def test_two_new_ones_cannot_be_told_apart(bench: AttemptBench) -> None:
    run = settle_with(bench, [AUTH_ID, OTHER_ID])
    assert run.outcome.kind is OutcomeKind.CLOSED
    assert AUTH_ID in (run.outcome.message or "")
    assert OTHER_ID in (run.outcome.message or "")


def test_new_one_of_another_service_is_not_this_dialogs(bench: AttemptBench) -> None:
    run = bench.start_open()
    bench.client.authentications = [listed(AUTH_ID, "service-2")]
    run.told.gone.emit(WindowGone.BY_PAGE)
    run.wait_for_done()
    assert run.outcome.kind is OutcomeKind.CLOSED
    assert AUTH_ID not in (run.outcome.message or "")


def test_new_one_of_this_service_among_others_is(bench: AttemptBench) -> None:
    run = bench.start_open()
    bench.client.authentications = [listed(OTHER_ID, "service-2"), listed(AUTH_ID, "service-1")]
    run.told.gone.emit(WindowGone.BY_PAGE)
    run.wait_for_done()
    assert (run.outcome.auth_id, run.outcome.via) == (AUTH_ID, Via.LISTING)


def test_comparison_does_not_wait_for_ever(bench: AttemptBench) -> None:
    bench.limit(settle_s=0.1)
    run = bench.start_open()
    bench.client.may_list.clear()
    run.told.gone.emit(WindowGone.BY_PAGE)
    run.wait_for_done()
    assert run.outcome.kind is OutcomeKind.CLOSED
    assert "could not be compared" in (run.outcome.message or "")


def test_finish_without_an_auth_id_that_can_be_read_is_looked_up(bench: AttemptBench) -> None:
    """The list decides whether what it gave is an id."""
    run = bench.start_open()
    bench.client.lists_to_come = [[], [listed("odd-1")]]
    run.told.say('{"type": "tray.authpopup.finish", "authId": "odd-1"}')
    assert run.runner.attempt.phase is Phase.OPEN
    run.wait_for_done()
    assert (run.outcome.auth_id, run.outcome.via) == ("odd-1", Via.LISTING)


def test_finish_without_an_auth_id_that_nobody_knows_changes_nothing(bench: AttemptBench) -> None:
    run = bench.start_open()
    calls = bench.client.list_calls
    run.told.say('{"type": "tray.authpopup.finish", "authId": 7}')
    run.wait_until(lambda: bench.client.list_calls == calls + 3)
    assert run.runner.attempt.phase is Phase.OPEN
    run.told.finish()
    run.wait_for_done()
    assert run.outcome.via is Via.OPENER


def test_suspicion_is_dropped_when_the_dialog_finishes(bench: AttemptBench) -> None:
    run = bench.start_open()
    bench.client.may_list.clear()
    run.told.result_suspected.emit("a window came back")
    run.told.finish()
    bench.client.authentications = [listed(OTHER_ID)]
    bench.client.may_list.set()
    run.wait_for_done()
    assert (run.outcome.auth_id, run.outcome.via) == (AUTH_ID, Via.OPENER)


def test_account_id_is_sent_where_there_is_one(bench: AttemptBench) -> None:
    bench.account_id = "account-7"
    run = bench.start_open()
    run.told.say('{"type": "tray.authpopup.accountIdRequest"}')
    assert run.told.answers == ["account-7"]
    assert "account-7" not in repr(run.events)


def test_account_id_that_is_missing_is_said(bench: AttemptBench) -> None:
    run = bench.start_open()
    run.told.say('{"type": "tray.authpopup.accountIdRequest"}')
    assert run.told.answers == []
    assert any("TRAY_ACCOUNT_ID" in text for text in run.texts)
    assert run.runner.attempt.phase is Phase.OPEN
