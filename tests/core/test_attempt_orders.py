"""One attempt has exactly one outcome: every order of events, and a machine that lets anything happen."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tray_auth_desktop.core.attempt import Attempt, Outcome, OutcomeKind, Phase, Sign, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.core.window_message import DialogFinished, MessageSource
from tray_auth_desktop.errors import ExitCode

_UNFINISHED = [kind for kind in OutcomeKind if kind is not OutcomeKind.CAPTURED]


def _attempt() -> Attempt:
    return Attempt("attempt", DialogRequest("user", "service", "environment"))


def _finish(auth_id: str, source: MessageSource = MessageSource.POPUP) -> DialogFinished:
    return DialogFinished(auth_id, "oauth", source)


def _seeming(kind: OutcomeKind = OutcomeKind.CLOSED) -> Outcome:
    return Outcome.without_result(kind, "It ended.")


# Every order of events, against a prediction that is made by looking at the whole order at once.

_Event = Callable[[Attempt], Outcome | None]


def _open(attempt: Attempt) -> None:
    attempt.opened()


_EVENTS: dict[str, _Event] = {
    "opened": _open,
    "finish": lambda attempt: attempt.finished(_finish("by message")),
    "close message": lambda attempt: attempt.seems_over(_seeming(), Sign.DIALOG_CLOSED),
    "error message": lambda attempt: attempt.seems_over(_seeming(OutcomeKind.FAILED), Sign.DIALOG_FAILED),
    "window gone": lambda attempt: attempt.seems_over(_seeming()),
    "crash": lambda attempt: attempt.seems_over(_seeming(OutcomeKind.CRASHED)),
    "time limit": lambda attempt: attempt.seems_over(_seeming(OutcomeKind.TIMED_OUT)),
    "found": lambda attempt: attempt.found(Authentication("by look")),
    "lists: one new": lambda attempt: attempt.settle((Authentication("by list"),)),
    "lists: nothing new": lambda attempt: attempt.settle(()),
}
_ENDS = {"close message", "error message", "window gone", "crash", "time limit"}
_KINDS = {
    "error message": OutcomeKind.FAILED,
    "crash": OutcomeKind.CRASHED,
    "time limit": OutcomeKind.TIMED_OUT,
}


def _predicted(order: tuple[str, ...]) -> tuple[OutcomeKind, str | None] | None:
    is_open, ends = False, []
    for event in order:
        if event == "finish":
            return OutcomeKind.CAPTURED, "by message"
        if event == "found":
            return OutcomeKind.CAPTURED, "by look"
        if event == "opened":
            is_open = True
        elif event in _ENDS:
            ends.append(event)
            if not is_open:
                return _KINDS.get(event, OutcomeKind.CLOSED), None
        elif ends and event == "lists: one new":
            return OutcomeKind.CAPTURED, "by list"
        elif ends:
            told = next((end for end in ("error message", "close message") if end in ends), ends[0])
            return _KINDS.get(told, OutcomeKind.CLOSED), None
    return None


def test_every_order_of_up_to_five_events_has_the_outcome_one_expects() -> None:
    orders = itertools.chain.from_iterable(itertools.permutations(_EVENTS, length) for length in range(1, 6))
    for order in orders:
        attempt = _attempt()
        told = [outcome for event in order if (outcome := _EVENTS[event](attempt)) is not None]
        predicted = _predicted(order)
        assert [(outcome.kind, outcome.auth_id) for outcome in told] == ([predicted] if predicted else []), (
            order
        )
        assert attempt.outcome is (told[0] if told else None)


class AttemptMachine(RuleBasedStateMachine):
    """Lets anything happen any number of times, and holds the attempt to its promises."""

    def __init__(self) -> None:
        super().__init__()
        self.attempt = _attempt()
        self.told: list[Outcome] = []
        self.phases = [self.attempt.phase]

    def _note(self, outcome: Outcome | None) -> None:
        if outcome is not None:
            self.told.append(outcome)
        self.phases.append(self.attempt.phase)

    @rule()
    def open(self) -> None:
        self.attempt.opened()
        self._note(None)

    @rule(source=st.sampled_from(MessageSource), auth_id=st.text(min_size=1, max_size=3))
    def finish(self, source: MessageSource, auth_id: str) -> None:
        had_ended = self.attempt.phase is Phase.ENDED
        outcome = self.attempt.finished(_finish(auth_id, source))
        assert (outcome is None) is had_ended
        assert outcome is None or (outcome.kind, outcome.auth_id) == (OutcomeKind.CAPTURED, auth_id)
        self._note(outcome)

    @rule(kind=st.sampled_from(_UNFINISHED), sign=st.sampled_from(Sign))
    def seem_over(self, kind: OutcomeKind, sign: Sign) -> None:
        self._note(self.attempt.seems_over(_seeming(kind), sign))

    @precondition(lambda self: self.attempt.phase is not Phase.PREPARING)
    @rule(auth_id=st.text(min_size=1, max_size=3))
    def find(self, auth_id: str) -> None:
        self._note(self.attempt.found(Authentication(auth_id)))

    @rule(new=st.none() | st.lists(st.text(min_size=1, max_size=3), max_size=3, unique=True))
    def settle(self, new: list[str] | None) -> None:
        was_settling = self.attempt.phase is Phase.SETTLING
        found = None if new is None else tuple(Authentication(auth_id) for auth_id in new)
        outcome = self.attempt.settle(found)
        assert (outcome is not None) is was_settling
        self._note(outcome)

    @invariant()
    def there_is_at_most_one_outcome_and_it_stays(self) -> None:
        assert len(self.told) <= 1
        assert self.attempt.outcome is (self.told[0] if self.told else None)
        assert (self.attempt.phase is Phase.ENDED) is bool(self.told)

    @invariant()
    def phases_only_go_forward(self) -> None:
        places = [list(Phase).index(phase) for phase in self.phases]
        assert places == sorted(places)

    @invariant()
    def an_outcome_is_complete(self) -> None:
        for outcome in self.told:
            captured = outcome.kind is OutcomeKind.CAPTURED
            assert (outcome.auth_id is not None) is captured
            assert (outcome.via is not None) is captured
            assert (outcome.message is None) is captured
            assert (outcome.exit_code is ExitCode.OK) is captured
            assert outcome.confirmed is (outcome.via is Via.LISTING)


AttemptMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=25)
TestAttemptMachine = AttemptMachine.TestCase
