"""What a robust integrator should know of how a dialog behaved, told from the timeline of one attempt.

None of it changed the outcome: this program copes with all of it. A web page of one's own has to as well.
What is documented is in the protocol notes, §5.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.core.timeline import LISTING, EventKind, Observation, TimelineEvent
from tray_auth_desktop.core.window_message import DialogEventType, Rejection

#: From this many milliseconds between a finish and its authentication in the list on, listing is slow.
SLOW_TO_LIST_MS = 2_000
#: The types as Tray's documentation spells them; others are known from its code and its users' code only.
_DOCUMENTED = {
    DialogEventType.FINISH.value: "tray.authpopup.finish",
    DialogEventType.CLOSE.value: "tray.authpopup.close",
    DialogEventType.ERROR.value: "tray.authPopup.error",
}
_DOCUMENTED_ERROR_FIELD = "error"
_SEVERED = "severed"


class Contract(StrEnum):
    """What can be found. The values are part of the export's schema."""

    SPELLING = "spelling"
    ERROR_FIELD = "error-field"
    ERROR_TEXT_MISSING = "error-text-missing"
    OPENER_SEVERED = "opener-severed"
    WINDOW_LEFT_OPEN = "finish-without-close"
    SLOW_TO_LIST = "slow-to-list"
    NOT_HEARD = "finish-not-heard"
    NOT_LISTED = "not-listed"
    FINISHED_TWICE = "finished-twice"
    WRONG_ID = "wrong-shaped-id"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know.

    Attributes:
        title: What the dialog did.
        advice: What a robust integrator should do.
        event: Index of the event it is from, in the timeline.
    """

    contract: Contract
    title: str
    advice: str
    event: int


def check_contract(
    events: Sequence[TimelineEvent], outcome: Outcome | OutcomeKind | None
) -> tuple[Finding, ...]:
    """Return what is worth knowing of an attempt, in the order of its events; of each kind once.

    Args:
        events: Its timeline.
        outcome: How it ended, or that in one word; None while it runs.
    """
    kind = outcome.kind if isinstance(outcome, Outcome) else outcome
    found = [finding for rule in _RULES for finding in rule(events, kind)]
    return tuple(sorted(found, key=lambda finding: finding.event))


def outcome_of(events: Sequence[TimelineEvent]) -> OutcomeKind | None:
    """Return how the attempt ended, as its timeline says; None while it runs, or was cut off."""
    for event in reversed(events):
        told = event.observation.details.get("outcome")
        if event.observation.kind is EventKind.OUTCOME and told is not None:
            return OutcomeKind(str(told))
    return None


def _spelling(events: Sequence[TimelineEvent], _outcome: OutcomeKind | None) -> Iterator[Finding]:
    told: set[str] = set()
    for index, seen in _accepted(events):
        spelled = str(seen.details.get("type") or "")
        documented = _DOCUMENTED.get(spelled.lower())
        if spelled and spelled != documented and spelled not in told:
            told.add(spelled)
            right = f"the documentation says {documented}" if documented else "it is not documented"
            yield Finding(
                Contract.SPELLING,
                f"The dialog said {spelled}; {right}",
                "Compare types without regard to letter case, and ignore types that are not known.",
                index,
            )


def _error_words(events: Sequence[TimelineEvent], _outcome: OutcomeKind | None) -> Iterator[Finding]:
    told: set[Contract] = set()
    for index, seen in _accepted(events):
        if str(seen.details.get("type") or "").lower() != DialogEventType.ERROR.value:
            continue
        field = str(seen.details.get("error_field") or "")
        is_empty = not seen.details.get("error")
        contract = Contract.ERROR_TEXT_MISSING if is_empty else Contract.ERROR_FIELD
        if contract in told or (not is_empty and field in ("", _DOCUMENTED_ERROR_FIELD)):
            continue
        told.add(contract)
        if is_empty:
            yield Finding(
                Contract.ERROR_TEXT_MISSING,
                "The dialog reported an error without any text",
                "Show words of your own, and never the bare value: it would read “undefined”.",
                index,
            )
        else:
            yield Finding(
                Contract.ERROR_FIELD,
                f"The error's text stood under {field}; the documentation says {_DOCUMENTED_ERROR_FIELD}",
                "Read the text from error, else from err; it may be text or an object with a message.",
                index,
            )


def _severed(events: Sequence[TimelineEvent], _outcome: OutcomeKind | None) -> Iterator[Finding]:
    for index, event in enumerate(events):
        if _SEVERED in (event.observation.details.get("opener"), event.observation.details.get("source")):
            yield Finding(
                Contract.OPENER_SEVERED,
                "A page on the way cut a window off from its opener (Cross-Origin-Opener-Policy)",
                "A web page would never hear of the result: when the window is gone, or after a while, list "
                "the user's authentications and look for a new one.",
                index,
            )
            return


def _left_open(events: Sequence[TimelineEvent], outcome: OutcomeKind | None) -> Iterator[Finding]:
    finishes = _finishes(events)
    if outcome is not OutcomeKind.CAPTURED or not finishes:
        return
    for index, event in enumerate(events):
        if event.observation.details.get("closed_by") == "program":
            waited_ms = max(0, event.at_ms - events[finishes[0]].at_ms)
            yield Finding(
                Contract.WINDOW_LEFT_OPEN,
                f"The dialog's window was still open {waited_ms} ms after its finish, and was closed here",
                "Close the window yourself after a finish; do not wait for it, nor for a close message.",
                index,
            )
            return


def _listing(events: Sequence[TimelineEvent], outcome: OutcomeKind | None) -> Iterator[Finding]:
    finishes = _finishes(events)
    if outcome is not OutcomeKind.CAPTURED or not finishes:
        return
    finished_ms = events[finishes[0]].at_ms
    for index, event in enumerate(events):
        if event.observation.kind is not EventKind.CONFIRMATION:
            continue
        waited_ms = event.at_ms - finished_ms
        if event.observation.is_problem:
            yield Finding(
                Contract.NOT_LISTED,
                f"{_seconds(waited_ms)} after the finish the list did not show the authentication",
                "Keep the authId from the message; do not take an empty list for a failure.",
                index,
            )
        elif (missed_ms := _last_miss(events[:index], finished_ms, event.at_ms)) >= SLOW_TO_LIST_MS:
            yield Finding(
                Contract.SLOW_TO_LIST,
                f"The list did not show the authentication {_seconds(missed_ms)} after the finish, and did "
                f"{_seconds(waited_ms)} after it (slow is more than {_seconds(SLOW_TO_LIST_MS)})",
                "Use the authId from the message at once, and list again with growing waits.",
                index,
            )


def _last_miss(events: Sequence[TimelineEvent], finished_ms: int, confirmed_ms: int) -> int:
    """Return for how many milliseconds after the finish it is known that the list did not show it.

    The last look that was answered is the one that did. Without looks there is the confirmation alone.
    """
    looks = [
        event.at_ms
        for event in events
        if event.observation.details.get("operation") == LISTING
        and event.observation.details.get("outcome") == "answered"
        and event.at_ms >= finished_ms
    ]
    if not looks:
        return confirmed_ms - finished_ms
    return looks[-2] - finished_ms if len(looks) > 1 else 0


def _not_heard(events: Sequence[TimelineEvent], outcome: OutcomeKind | None) -> Iterator[Finding]:
    if outcome is not OutcomeKind.CAPTURED or _finishes(events):
        return
    for index, event in enumerate(events):
        if (
            event.observation.kind is EventKind.OUTCOME
            and event.observation.details.get("via") == Via.LISTING
        ):
            yield Finding(
                Contract.NOT_HEARD,
                "No finish was heard that counts: the result is known from the user's list alone",
                "A web page would not have heard of it. Look in the timeline for a message that was ignored "
                "and for why, at the origin that the dialog posts to, and at a severed opener; and list the "
                "user's authentications when the dialog is gone.",
                index,
            )
            return


def _finished_twice(events: Sequence[TimelineEvent], _outcome: OutcomeKind | None) -> Iterator[Finding]:
    for index in _finishes(events)[1:2]:
        yield Finding(
            Contract.FINISHED_TWICE,
            "The dialog finished more than once",
            "Act on the first finish only, and make storing the authId safe to repeat.",
            index,
        )


def _wrong_id(events: Sequence[TimelineEvent], _outcome: OutcomeKind | None) -> Iterator[Finding]:
    for index, event in enumerate(events):
        if event.observation.details.get("reason") == Rejection.NO_AUTH_ID.value:
            yield Finding(
                Contract.WRONG_ID,
                "The dialog finished with an authId that is missing, or not a UUID",
                "Check the form of the authId before it is stored; else list the user's authentications.",
                index,
            )
            return


_Rule = Callable[[Sequence[TimelineEvent], OutcomeKind | None], Iterator[Finding]]
_RULES: tuple[_Rule, ...] = (
    _spelling, _error_words, _severed, _left_open, _listing, _not_heard, _finished_twice, _wrong_id,
)  # fmt: skip


def _accepted(events: Sequence[TimelineEvent]) -> Iterator[tuple[int, Observation]]:
    """Yield the messages that came from the dialog, those with a readable type but a wrong id among them."""
    for index, event in enumerate(events):
        seen = event.observation
        is_finish = seen.details.get("reason") == Rejection.NO_AUTH_ID.value
        if seen.kind is EventKind.MESSAGE and (seen.details.get("decision") == "accepted" or is_finish):
            yield index, seen


def _finishes(events: Sequence[TimelineEvent]) -> list[int]:
    """Return where the dialog finished with an authId that could be read."""
    return [
        index
        for index, seen in _accepted(events)
        if seen.details.get("auth_id") and seen.details.get("decision") == "accepted"
    ]


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1_000:.1f} s"
