"""Each finding has what sets it off, and what is as documented sets nothing off."""

from __future__ import annotations

from typing import Any

import pytest

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.core.contract_check import SLOW_TO_LIST_MS, Contract, check_contract
from tray_auth_desktop.core.timeline import LISTING, EventKind, Observation, TimelineEvent

AUTH_ID = "569adf96-3c05-40a6-b565-07e829d2c56d"
CAPTURED = Outcome.captured(AUTH_ID, Via.OPENER)
FAILED = Outcome.without_result(OutcomeKind.FAILED, "It failed.")


def event(
    at_ms: int, kind: EventKind, text: str = "", *, is_problem: bool = False, **details: Any
) -> TimelineEvent:
    return TimelineEvent(at_ms, Observation(kind, text, details, is_problem))


def message(at_ms: int = 100, type_name: str = "tray.authpopup.finish", **details: Any) -> TimelineEvent:
    facts = {"decision": "accepted", "source": "popup", "type": type_name} | details
    return event(at_ms, EventKind.MESSAGE, "The dialog said something", **facts)


def finish(at_ms: int = 100, **details: Any) -> TimelineEvent:
    return message(at_ms, **{"auth_id": AUTH_ID, **details})


def error(type_name: str = "tray.authPopup.error", **details: Any) -> TimelineEvent:
    return message(type_name=type_name, **{"error": "Bad scope", "error_field": "error", **details})


def confirmed(at_ms: int, *, is_problem: bool = False) -> TimelineEvent:
    return event(at_ms, EventKind.CONFIRMATION, is_problem=is_problem)


def look(at_ms: int) -> TimelineEvent:
    return event(at_ms, EventKind.API, operation=LISTING, outcome="answered")


def found(events: list[TimelineEvent], outcome: Outcome | OutcomeKind | None = CAPTURED) -> list[Contract]:
    return [finding.contract for finding in check_contract(events, outcome)]


AS_DOCUMENTED = [
    event(0, EventKind.ATTEMPT, "Attempt started"),
    finish(),
    event(101, EventKind.POPUP, window="dialog", closed_by="page"),
    confirmed(150),
]


def test_what_is_as_documented_gives_no_finding() -> None:
    assert found(AS_DOCUMENTED) == []
    assert found([error()], FAILED) == []
    assert found([message(type_name="tray.authpopup.close")], OutcomeKind.CLOSED) == []
    assert found([], None) == []


@pytest.mark.parametrize(
    ("events", "outcome", "contract"),
    [
        ([finish(type="TRAY.AUTHPOPUP.FINISH")], CAPTURED, Contract.SPELLING),
        ([error("tray.authpopup.error")], FAILED, Contract.SPELLING),
        ([message(type_name="tray.authpopup.cancel")], OutcomeKind.CLOSED, Contract.SPELLING),
        ([error(error_field="err")], FAILED, Contract.ERROR_FIELD),
        ([error(error="", error_field="")], FAILED, Contract.ERROR_TEXT_MISSING),
        ([finish(source="severed")], CAPTURED, Contract.OPENER_SEVERED),
        (
            [event(5, EventKind.MESSAGE, "A window lost it", is_problem=True, opener="severed")],
            FAILED,
            Contract.OPENER_SEVERED,
        ),
        ([finish(), event(101, EventKind.POPUP, closed_by="program")], CAPTURED, Contract.WINDOW_LEFT_OPEN),
        ([finish(), confirmed(101 + SLOW_TO_LIST_MS)], CAPTURED, Contract.SLOW_TO_LIST),
        ([finish(), look(2_150), look(3_700), confirmed(3_701)], CAPTURED, Contract.SLOW_TO_LIST),
        ([event(9, EventKind.OUTCOME, via="listing")], CAPTURED, Contract.NOT_HEARD),
        ([error(error="", error_field=""), error(error_field="error")], FAILED, Contract.ERROR_TEXT_MISSING),
        ([error(), error(error_field="err")], FAILED, Contract.ERROR_FIELD),
        ([finish(), confirmed(15_100, is_problem=True)], CAPTURED, Contract.NOT_LISTED),
        ([finish(), finish(120)], CAPTURED, Contract.FINISHED_TWICE),
        (
            [message(decision="rejected", reason="finish without something that is an authId", id_chars=3)],
            OutcomeKind.CLOSED,
            Contract.WRONG_ID,
        ),
    ],
)
def test_each_finding_has_what_sets_it_off(
    events: list[TimelineEvent], outcome: Outcome | OutcomeKind, contract: Contract
) -> None:
    before = event(0, EventKind.ATTEMPT, "Attempt started")
    findings = check_contract([before, *events], outcome)
    assert [finding.contract for finding in findings] == [contract]
    assert findings[0].event >= 1
    assert findings[0].title
    assert findings[0].advice.endswith(".")


def test_a_list_that_was_not_looked_at_in_time_is_not_called_slow() -> None:
    """It may have shown it long before: it is known only that it did not at the last look before."""
    assert found([look(90), finish(), look(700), look(3_700), confirmed(3_701)]) == []


def test_every_error_counts() -> None:
    errors = [error(error_field="err"), error(error="", error_field=""), error(error_field="err")]
    assert found(errors, FAILED) == [Contract.ERROR_FIELD, Contract.ERROR_TEXT_MISSING]


def test_a_finding_names_the_event_it_is_from() -> None:
    events = [*AS_DOCUMENTED[:2], finish(130), *AS_DOCUMENTED[2:]]
    assert [finding.event for finding in check_contract(events, CAPTURED)] == [2]


def test_the_threshold_of_slow_is_exact_and_is_told() -> None:
    assert found([finish(), confirmed(99 + SLOW_TO_LIST_MS)]) == []
    finding = check_contract([finish(), confirmed(100 + SLOW_TO_LIST_MS)], CAPTURED)[0]
    assert f"{SLOW_TO_LIST_MS / 1_000:.1f} s" in finding.title


def test_a_window_that_the_person_closed_is_no_finding() -> None:
    closed_here = event(101, EventKind.POPUP, closed_by="program")
    assert found([closed_here], OutcomeKind.CLOSED) == []
    assert found([closed_here, confirmed(9_000)], CAPTURED) == []  # captured by listing: it never finished


def test_a_rejected_message_breaks_no_contract() -> None:
    forged = finish(decision="rejected", reason="not from the dialog's origin", type="TRAY.AUTHPOPUP.FINISH")
    assert found([forged], OutcomeKind.CLOSED) == []


def test_the_same_spelling_is_told_once_and_another_again() -> None:
    wrong = [finish(type="Tray.Authpopup.Finish")] * 3
    assert (
        found([*wrong, message(type_name="tray.authpopup.CLOSE")], OutcomeKind.CLOSED).count(
            Contract.SPELLING
        )
        == 2
    )
