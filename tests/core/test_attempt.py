"""One attempt has exactly one outcome, whatever happens in whatever order."""

from __future__ import annotations

import itertools

import pytest

from tray_auth_desktop.core.attempt import Attempt, Outcome, OutcomeKind, Phase, Sign, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.core.window_message import DialogFinished, MessageSource
from tray_auth_desktop.errors import ExitCode

_REQUEST = DialogRequest("user", "service", "environment")
_UNFINISHED = [kind for kind in OutcomeKind if kind is not OutcomeKind.CAPTURED]


def _attempt() -> Attempt:
    return Attempt("attempt", _REQUEST)


def _opened() -> Attempt:
    attempt = _attempt()
    attempt.opened()
    return attempt


def _finish(auth_id: str = "id", source: MessageSource = MessageSource.POPUP) -> DialogFinished:
    return DialogFinished(auth_id, "oauth", source)


def _seeming(kind: OutcomeKind = OutcomeKind.CLOSED, message: str = "It was closed.") -> Outcome:
    return Outcome.without_result(kind, message)


@pytest.mark.parametrize(
    ("source", "via"),
    [
        (MessageSource.POPUP, Via.OPENER),
        (MessageSource.GONE, Via.OPENER),
        (MessageSource.SEVERED, Via.SEVERED_OPENER),
    ],
)
def test_a_finish_decides_and_says_how_it_came(source: MessageSource, via: Via) -> None:
    attempt = _opened()
    outcome = attempt.finished(_finish("made", source))
    assert outcome == Outcome(OutcomeKind.CAPTURED, "made", "oauth", via)
    assert attempt.outcome is outcome
    assert attempt.phase is Phase.ENDED


def test_a_second_finish_is_ignored() -> None:
    attempt = _opened()
    first = attempt.finished(_finish("first"))
    assert attempt.finished(_finish("second")) is None
    assert attempt.outcome is first


@pytest.mark.parametrize("kind", _UNFINISHED)
def test_a_finish_wins_over_whatever_it_seemed_to_be(kind: OutcomeKind) -> None:
    attempt = _opened()
    assert attempt.seems_over(_seeming(kind)) is None
    assert attempt.phase is Phase.SETTLING
    outcome = attempt.finished(_finish())
    assert outcome is not None
    assert outcome.kind is OutcomeKind.CAPTURED
    assert attempt.settle(()) is None


@pytest.mark.parametrize("kind", _UNFINISHED)
def test_before_the_dialog_is_open_an_end_needs_no_comparison(kind: OutcomeKind) -> None:
    attempt = _attempt()
    seeming = _seeming(kind)
    assert attempt.seems_over(seeming) is seeming
    assert attempt.phase is Phase.ENDED


def test_the_list_turns_a_closed_dialog_into_a_captured_one() -> None:
    attempt = _opened()
    attempt.seems_over(_seeming())
    outcome = attempt.settle((Authentication("made"),))
    assert outcome == Outcome(OutcomeKind.CAPTURED, "made", None, Via.LISTING, confirmed=True)


def test_a_list_without_anything_new_leaves_it_at_what_it_seemed_to_be() -> None:
    attempt = _opened()
    seeming = _seeming()
    attempt.seems_over(seeming)
    assert attempt.settle(()) == seeming


def test_several_new_ones_are_named_and_none_is_guessed() -> None:
    attempt = _opened()
    attempt.seems_over(_seeming())
    outcome = attempt.settle((Authentication("one"), Authentication("two")))
    assert outcome is not None
    assert outcome.kind is OutcomeKind.CLOSED
    assert outcome.auth_id is None
    assert outcome.message is not None
    assert outcome.message.startswith("It was closed. ")
    assert "one, two" in outcome.message


def test_lists_that_could_not_be_compared_are_mentioned() -> None:
    attempt = _opened()
    attempt.seems_over(_seeming(OutcomeKind.CRASHED, "It crashed."))
    outcome = attempt.settle(None)
    assert outcome is not None
    assert outcome.kind is OutcomeKind.CRASHED
    assert outcome.exit_code is ExitCode.ENGINE
    assert outcome.message is not None
    assert "could not be compared" in outcome.message


def test_the_sign_that_explains_more_counts() -> None:
    signs = {
        Sign.SEEN: _seeming(OutcomeKind.CRASHED, "seen"),
        Sign.DIALOG_CLOSED: _seeming(OutcomeKind.CLOSED, "closed"),
        Sign.DIALOG_FAILED: _seeming(OutcomeKind.FAILED, "failed"),
    }
    for order in itertools.permutations(signs):
        attempt = _opened()
        for sign in order:
            assert attempt.seems_over(signs[sign], sign) is None
        assert attempt.settle(()) == signs[Sign.DIALOG_FAILED]


def test_of_two_signs_that_explain_as_much_the_first_counts() -> None:
    attempt = _opened()
    first = _seeming(message="first")
    attempt.seems_over(first, Sign.DIALOG_CLOSED)
    attempt.seems_over(_seeming(message="second"), Sign.DIALOG_CLOSED)
    assert attempt.settle(()) == first


def test_the_list_may_show_it_while_the_dialog_is_open() -> None:
    attempt = _opened()
    outcome = attempt.found(Authentication("made"))
    assert outcome == Outcome(OutcomeKind.CAPTURED, "made", None, Via.LISTING, confirmed=True)
    assert attempt.found(Authentication("other")) is None


def test_comparing_lists_ends_nothing_that_does_not_settle() -> None:
    new = (Authentication("somebody else's"),)
    assert _attempt().settle(new) is None
    attempt = _opened()
    assert attempt.settle(new) is None
    assert attempt.phase is Phase.OPEN


def test_a_dialog_is_opened_once_and_not_after_the_end() -> None:
    attempt = _opened()
    attempt.finished(_finish())
    attempt.opened()
    assert attempt.phase is Phase.ENDED


@pytest.mark.parametrize(
    ("kind", "exit_code"),
    [
        (OutcomeKind.CAPTURED, 0),
        (OutcomeKind.CLOSED, 3),
        (OutcomeKind.FAILED, 4),
        (OutcomeKind.TIMED_OUT, 5),
        (OutcomeKind.API_ERROR, 6),
        (OutcomeKind.CRASHED, 8),
    ],
)
def test_an_outcome_has_its_exit_code(kind: OutcomeKind, exit_code: int) -> None:
    captured = kind is OutcomeKind.CAPTURED
    outcome = Outcome.captured("id", Via.OPENER) if captured else Outcome.without_result(kind, "Why.")
    assert outcome.exit_code == exit_code


def test_an_exit_code_can_say_more_than_the_kind() -> None:
    assert Outcome.without_result(OutcomeKind.FAILED, "Why.", ExitCode.NETWORK).exit_code is ExitCode.NETWORK
