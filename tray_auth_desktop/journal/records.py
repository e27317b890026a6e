"""A row of the journal, read back."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from tray_auth_desktop.core.attempt import OutcomeKind, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """One attempt as the journal has it.

    Attributes:
        started_at: Seconds since the epoch.
        outcome: None while the attempt is open, or if the program died during it.
        was_shown: Whether a person or a caller was told the outcome.
    """

    attempt_id: str
    workspace: str
    request: DialogRequest
    started_at: float
    outcome: OutcomeKind | None
    auth_id: str | None
    auth_type: str | None
    via: Via | None
    confirmed: bool
    message: str | None
    elapsed_ms: int | None
    was_shown: bool

    @classmethod
    def from_row(cls, row: sqlite3.Row) -> AttemptRecord:
        """Build a record from a row of the table `attempt`."""
        return cls(
            attempt_id=row["attempt_id"],
            workspace=row["workspace"],
            request=DialogRequest(
                row["user_id"],
                row["service_id"],
                row["service_environment_id"],
                tuple(json.loads(row["scopes"])),
            ),
            started_at=row["started_at"],
            outcome=OutcomeKind(row["outcome"]) if row["outcome"] else None,
            auth_id=row["auth_id"],
            auth_type=row["auth_type"],
            via=Via(row["via"]) if row["via"] else None,
            confirmed=bool(row["confirmed"]),
            message=row["message"],
            elapsed_ms=row["elapsed_ms"],
            was_shown=row["shown_at"] is not None,
        )


def event_from_row(row: sqlite3.Row) -> TimelineEvent:
    """Build a timeline event from a row of the table `event`."""
    observation = Observation(
        EventKind(row["kind"]), row["text"], json.loads(row["details"]), bool(row["is_problem"])
    )
    return TimelineEvent(row["at_ms"], observation)
