"""Attempts as the journal has them, made up: a good one, and one that failed in every way there is."""

from __future__ import annotations

from typing import Any

from tray_auth_desktop.core.attempt import OutcomeKind, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.journal import AttemptRecord

AUTH_ID = "569adf96-3c05-40a6-b565-07e829d2c56d"
HOST = "https://embedded.example"


def event(
    at_ms: int, kind: EventKind, text: str, *, is_problem: bool = False, **details: Any
) -> TimelineEvent:
    return TimelineEvent(at_ms, Observation(kind, text, details, is_problem))


def record(**changes: Any) -> AttemptRecord:
    fields: dict[str, Any] = {
        "attempt_id": "0f5c0000-1111-4222-8333-444455556666",
        "workspace": "Acme",
        "request": DialogRequest("user-1", "service-1", "environment-1", ("read", "write")),
        "started_at": 1_790_000_000.0,
        "outcome": OutcomeKind.CAPTURED,
        "auth_id": AUTH_ID,
        "auth_type": "oauth",
        "via": Via.OPENER,
        "confirmed": True,
        "message": None,
        "elapsed_ms": 4_200,
        "was_shown": True,
        "subject": Subject("Ava Lindqvist", "Slack", "Production"),
        "was_known": False,
    }
    return AttemptRecord(**{**fields, **changes})


ENGINE = event(
    60,
    EventKind.ENGINE,
    "Qt WebEngine 6.11.3 with Chromium 140",
    program="0.1.0",
    qt="6.11.3",
    webengine="6.11.3",
    chromium="140.0.7339.264",
    chromium_security_patch="155.0.1",
)
OPENED = (
    event(0, EventKind.ATTEMPT, "Attempt started", workspace="Acme"),
    event(40, EventKind.CODE, "Single-use code made", age_ms=38),
    ENGINE,
    event(61, EventKind.NAVIGATION, f"Loading {HOST}/a?…", window="dialog", url=f"{HOST}/external"),
)
FINISHED = (
    *OPENED,
    event(
        3_000,
        EventKind.MESSAGE,
        "The dialog finished",
        origin=HOST,
        source="popup",
        decision="accepted",
        type="tray.authpopup.FINISH",
        auth_id=AUTH_ID,
    ),
    event(3_001, EventKind.OUTCOME, "Outcome: captured", auth_id=AUTH_ID, via="opener"),
    event(3_090, EventKind.CONFIRMATION, "Seen in the user's list: confirmed"),
)
HOSTILE = "</script><script>alert(1)</script><img src=https://evil.example/x onerror=alert(1)> \u202egnp"
BROKEN = (
    *OPENED,
    event(90, EventKind.CONSOLE, HOSTILE, is_problem=True, window="dialog", level="error", line=7),
    event(
        300,
        EventKind.MESSAGE,
        "The dialog reported an error",
        is_problem=True,
        origin=HOST,
        source="popup",
        decision="accepted",
        type="tray.authPopup.error",
        error="The environment does not belong to the service",
        error_field="err",
    ),
    event(2_500, EventKind.OUTCOME, "Outcome: failed", is_problem=True, auth_id=None, via=None),
)
FAILED = record(
    outcome=OutcomeKind.FAILED,
    auth_id=None,
    auth_type=None,
    via=None,
    confirmed=False,
    was_known=None,
    message="The dialog reported an error: The environment does not belong to the service. Check it.",
    elapsed_ms=2_500,
    subject=Subject(f"Mei {HOSTILE}", "Slack", "Production"),
)
CUT_OFF = record(
    outcome=None, auth_id=None, via=None, auth_type=None, confirmed=False, elapsed_ms=None, was_known=None
)
