"""What the columns of the history say of one attempt."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from tray_auth_desktop.core.attempt import OutcomeKind, Via
from tray_auth_desktop.gui.durations import clock
from tray_auth_desktop.gui.theme import Tone
from tray_auth_desktop.gui.word_filter import haystack_of
from tray_auth_desktop.onboarding.past_attempt import PastAttempt, user_of, what_of


class Column(IntEnum):
    """The columns, from left to right."""

    WHEN = 0
    WORKSPACE = 1
    USER = 2
    WHAT = 3
    OUTCOME = 4
    AUTH_ID = 5
    VIA = 6
    CONFIRMED = 7
    DURATION = 8


HEADERS = ("When", "Workspace", "End user", "What", "Outcome", "authId", "Via", "Confirmed", "Took")
#: What a column means, for its head's tool tip.
MEANINGS = (
    "When the attempt began, in local time",
    "The workspace it was made in, by the name it had then",
    "The end user whose credential it was for",
    "What the dialog was opened for",
    "How the attempt ended",
    "The id of the authentication that was captured",
    "How the authId reached the program: by the dialog's message, or by the list",
    "Whether the authId was seen in the user's list",
    "From the start of the attempt to its outcome",
)
_OUTCOMES = {
    OutcomeKind.CAPTURED: ("Captured", "check", Tone.GOOD),
    OutcomeKind.CLOSED: ("Closed", "close", Tone.WARNING),
    OutcomeKind.FAILED: ("Failed", "warning", Tone.PROBLEM),
    OutcomeKind.TIMED_OUT: ("Out of time", "warning", Tone.PROBLEM),
    OutcomeKind.CRASHED: ("Engine crashed", "warning", Tone.PROBLEM),
    OutcomeKind.API_ERROR: ("Not opened", "warning", Tone.PROBLEM),
}
_OPEN = ("No outcome", "pending", None)
_OPEN_MEANING = "It is running, or the program was cut off during it."
_VIA = {
    Via.OPENER: ("Opener", "Announced by the dialog to its opener"),
    Via.PARENT: ("Parent", "Announced by the dialog to the page around its iframe"),
    Via.SEVERED_OPENER: ("Severed opener", "Announced by the dialog although its opener was severed"),
    Via.LISTING: ("Listing", "Nothing was announced: found by comparing the user's lists"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt with what is shown of it, worked out once."""

    attempt: PastAttempt
    cells: tuple[str, ...]
    haystack: str


def row_of(attempt: PastAttempt) -> Row:
    """Return what is shown of an attempt, and what it is found by."""
    request = attempt.request
    cells = (
        time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(attempt.started_at)),
        attempt.workspace,
        user_of(attempt),
        what_of(attempt),
        outcome_word(attempt),
        attempt.auth_id or "",
        _VIA[attempt.via][0] if attempt.via else "",
        ("Yes" if attempt.confirmed else "No") if attempt.auth_id else "",
        _took(attempt.elapsed_ms),
    )
    more = (request.user_id, request.service_id, request.service_environment_id, *request.scopes)
    ids = (attempt.attempt_id, request.auth_id, request.solution_instance_id, request.external_auth_id)
    kind = attempt.outcome.value if attempt.outcome else "open"
    return Row(attempt, cells, haystack_of(*cells, *more, *ids, kind, request.kind.value, attempt.message))


def outcome_word(attempt: PastAttempt) -> str:
    """Return how it ended, in a word or two."""
    if attempt.outcome is OutcomeKind.CAPTURED and attempt.was_known:
        return "Captured, known before"
    return _OUTCOMES[attempt.outcome][0] if attempt.outcome else _OPEN[0]


def outcome_sign(attempt: PastAttempt) -> tuple[str, Tone | None]:
    """Return the symbol beside that word, and its tone."""
    _, symbol, tone = _OUTCOMES[attempt.outcome] if attempt.outcome else _OPEN
    return symbol, tone


def outcome_text(attempt: PastAttempt) -> str:
    """Return what is known of how it ended, in full sentences."""
    if attempt.outcome is None:
        return _OPEN_MEANING
    if attempt.message:
        return attempt.message
    via = f"{_VIA[attempt.via][1]}." if attempt.via else ""
    seen = "It was seen in the user's list." if attempt.confirmed else "It was not seen in the user's list."
    return f"{via} {seen}".strip()


def tool_tip(row: Row, column: int) -> str:
    """Return what a cell says to whoever looks closer."""
    attempt = row.attempt
    request = attempt.request
    if column == Column.USER:
        return f"{row.cells[column]}\nuser id {request.user_id}"
    if column == Column.WHAT:
        return "\n".join((row.cells[column], *_ids_of(attempt)))
    if column == Column.OUTCOME:
        return outcome_text(attempt)
    if column == Column.VIA and attempt.via:
        return _VIA[attempt.via][1]
    return row.cells[column]


def sort_key(column: int) -> Callable[[Row], tuple[bool, str | float]]:
    """Return what rows are sorted by; what is empty comes last in ascending order."""
    if column == Column.WHEN:
        return lambda row: (False, row.attempt.started_at)
    if column == Column.DURATION:
        return lambda row: (row.attempt.elapsed_ms is None, row.attempt.elapsed_ms or 0)
    return lambda row: (row.cells[column] == "", row.cells[column].casefold())


def _ids_of(attempt: PastAttempt) -> tuple[str, ...]:
    request = attempt.request
    facts = (
        ("service id", request.service_id),
        ("service environment id", request.service_environment_id),
        ("scopes", ", ".join(request.scopes)),
        ("edited authId", request.auth_id),
        ("solution instance id", request.solution_instance_id),
        ("external auth id", request.external_auth_id),
        ("extra parameters", ", ".join("=".join(pair) for pair in request.extra_parameters)),
    )
    return tuple(f"{name} {value}" for name, value in facts if value)


def _took(elapsed_ms: int | None) -> str:
    if elapsed_ms is None:
        return ""
    return f"{elapsed_ms / 1_000:.1f} s" if elapsed_ms < 60_000 else clock(elapsed_ms // 1_000)
