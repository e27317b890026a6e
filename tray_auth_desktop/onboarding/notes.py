"""Lines of the timeline: for each window message, for the outcome and for its confirmation."""

from __future__ import annotations

from dataclasses import replace

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind
from tray_auth_desktop.core.timeline import EventKind, Observation
from tray_auth_desktop.core.window_message import (
    AccountIdRequested,
    DialogClosed,
    DialogEvent,
    DialogEventType,
    DialogFailed,
    DialogFinished,
    Rejected,
    Rejection,
    WindowMessage,
)
from tray_auth_desktop.redaction import redact


def describe(message: WindowMessage, judged: DialogEvent | Rejected) -> Observation:
    """Return the timeline's line for a message. Its data is never in it, only what was understood."""
    details: dict[str, str | int | float | bool | None] = {
        "origin": redact(message.origin, 200),
        "source": message.source.value,
        "size": message.size,
    }
    match judged:
        case Rejected(reason, type_name, claimed_id):
            details |= {"decision": "rejected", "reason": reason.value, "type": redact(type_name, 80)}
            if reason is Rejection.NO_AUTH_ID:
                details["id_chars"] = len(claimed_id)
            # a finish that does not count is what a person looks for first; other pages' talk is not
            is_lost = type_name.casefold() == DialogEventType.FINISH.value
            return Observation(EventKind.MESSAGE, f"Message ignored: {reason.value}", details, is_lost)
        case DialogFinished(auth_id, auth_type):
            details |= _accepted(judged.type_name) | {"auth_id": auth_id, "auth_type": auth_type}
            return Observation(EventKind.MESSAGE, "The dialog finished", details)
        case DialogFailed(text):
            details |= _accepted(judged.type_name) | {"error": redact(text), "error_field": judged.field_name}
            return Observation(EventKind.MESSAGE, "The dialog reported an error", details, is_problem=True)
        case DialogClosed(type_name):
            details |= _accepted(type_name)
            return Observation(EventKind.MESSAGE, "The dialog was closed from within", details)
        case AccountIdRequested(type_name):
            details |= _accepted(type_name)
            return Observation(EventKind.MESSAGE, "The dialog asks for the account id", details)


def without_secrets(judged: DialogEvent | Rejected) -> DialogEvent | Rejected:
    """Return what was understood; a finish's type is the page's own word and may repeat a secret."""
    if isinstance(judged, DialogFinished) and judged.auth_type:
        return replace(judged, auth_type=redact(judged.auth_type))
    return judged


def _accepted(type_name: str) -> dict[str, str | int | float | bool | None]:
    return {"decision": "accepted", "reason": "from the dialog, and of its form", "type": type_name}


def describe_outcome(outcome: Outcome) -> Observation:
    """Return the timeline's line for how an attempt ended."""
    via = outcome.via.value if outcome.via else None
    is_problem = outcome.kind is not OutcomeKind.CAPTURED
    details = {"outcome": outcome.kind.value, "auth_id": outcome.auth_id, "via": via}
    return Observation(EventKind.OUTCOME, f"Outcome: {outcome.kind.value}", details, is_problem)


def describe_confirmation(trouble: str, *, is_there: bool) -> Observation:
    """Return the timeline's line for whether the list shows the captured id; `trouble` is why it may not."""
    if is_there:
        return Observation(EventKind.CONFIRMATION, "Seen in the user's list: confirmed")
    text = f"Not seen in the user's list: captured, but not confirmed. {trouble}".strip()
    return Observation(EventKind.CONFIRMATION, text, is_problem=True)
