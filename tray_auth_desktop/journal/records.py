"""A row of the journal, read back."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field

from tray_auth_desktop.core.attempt import OutcomeKind, Via
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.core.timeline import Details, EventKind, Observation, TimelineEvent

#: About the year 9000, or as long before 1970: beyond it there are no dates.
_LAST_MOMENT_S = 2.2e11
_UNREADABLE = "An entry of the timeline cannot be read and is left out"


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """One attempt as the journal has it.

    Attributes:
        subject: What people call what the attempt was for, as it was called then.
        started_at: Seconds since the epoch.
        outcome: None while the attempt is open, or if the program died during it.
        was_shown: Whether a person or a caller was told the outcome.
        was_known: Whether the id was in the user's list before; None where that cannot be told.
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
    subject: Subject = field(default_factory=Subject)
    was_known: bool | None = None

    @classmethod
    def from_row(cls, row: sqlite3.Row) -> AttemptRecord:
        """Build a record from a row of the table `attempt`.

        Raises:
            ValueError, TypeError: the row holds what the program does not write.
        """
        return cls(
            attempt_id=row["attempt_id"],
            workspace=row["workspace"],
            request=_request(row),
            started_at=_moment(row["started_at"]),
            outcome=OutcomeKind(row["outcome"]) if row["outcome"] else None,
            auth_id=row["auth_id"],
            auth_type=row["auth_type"],
            via=Via(row["via"]) if row["via"] else None,
            confirmed=bool(row["confirmed"]),
            message=row["message"],
            elapsed_ms=row["elapsed_ms"],
            was_shown=row["shown_at"] is not None,
            subject=Subject(
                row["user_label"],
                row["service_label"],
                row["environment_label"],
                row["authentication_label"],
            ),
            was_known=None if row["was_known"] is None else bool(row["was_known"]),
        )


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """An attempt whose program ended before it did.

    Attributes:
        listed_before: The ids in the user's list before the dialog opened; None if it never opened,
            or the list had not come.
    """

    record: AttemptRecord
    listed_before: frozenset[str] | None

    @classmethod
    def from_row(cls, row: sqlite3.Row) -> LeftOpen:
        """Build it from a row of the table `attempt` joined with its list."""
        text = row["auth_ids"]
        return cls(AttemptRecord.from_row(row), None if text is None else frozenset(text.splitlines()))


def columns_of(request: DialogRequest, subject: Subject) -> dict[str, object]:
    """Return the columns that say what an attempt is for."""
    return {
        "user_id": request.user_id,
        "service_id": request.service_id,
        "service_environment_id": request.service_environment_id,
        "scopes": json.dumps(request.scopes),
        "kind": request.kind.value,
        "edited_auth_id": request.auth_id,
        "solution_instance_id": request.solution_instance_id,
        "external_auth_id": request.external_auth_id,
        "extra_parameters": json.dumps(request.extra_parameters),
        "service_name": request.service_name,
        "user_label": subject.user,
        "service_label": subject.service,
        "environment_label": subject.environment,
        "authentication_label": subject.authentication,
    }


def _request(row: sqlite3.Row) -> DialogRequest:
    return DialogRequest(
        user_id=row["user_id"],
        service_id=row["service_id"],
        service_environment_id=row["service_environment_id"],
        scopes=_texts(json.loads(row["scopes"])),
        kind=DialogKind(row["kind"]),
        auth_id=row["edited_auth_id"],
        solution_instance_id=row["solution_instance_id"],
        external_auth_id=row["external_auth_id"],
        extra_parameters=tuple(_pair(pair) for pair in json.loads(row["extra_parameters"])),
        service_name=row["service_name"],
    )


def _moment(seconds: float) -> float:
    """Return it; ValueError if it lies in no year that can be written down (nan does not either)."""
    if not abs(seconds) < _LAST_MOMENT_S:
        raise ValueError("no moment")
    return seconds


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError("no list of texts")
    return tuple(values)


def _pair(values: object) -> tuple[str, str]:
    name, value = _texts(values)
    return name, value


def event_from_row(row: sqlite3.Row) -> TimelineEvent:
    """Build a timeline event from a row of the table `event`; one that says so if it cannot be read."""
    try:
        seen = Observation(
            EventKind(row["kind"]), row["text"], _facts(json.loads(row["details"])), bool(row["is_problem"])
        )
    except (ValueError, TypeError, RecursionError):
        seen = Observation(EventKind.ATTEMPT, _UNREADABLE, is_problem=True)
    return TimelineEvent(row["at_ms"], seen)


def _facts(values: object) -> Details:
    if not isinstance(values, dict) or any(isinstance(value, dict | list) for value in values.values()):
        raise TypeError("no facts by name")
    return values
