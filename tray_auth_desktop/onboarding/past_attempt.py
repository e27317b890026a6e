"""An attempt of the past as other programs read it: the same fields on the command line and in an export."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Protocol

from tray_auth_desktop.core.attempt import OutcomeKind, Via
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.core.timeline import TimelineEvent


class PastAttempt(Protocol):
    """What is known of one; the attributes of `journal.AttemptRecord`."""

    @property
    def attempt_id(self) -> str:
        """The attempt's id."""
        ...

    @property
    def workspace(self) -> str:
        """Name of the workspace, as it was then."""
        ...

    @property
    def request(self) -> DialogRequest:
        """What it was for."""
        ...

    @property
    def subject(self) -> Subject:
        """What people called that."""
        ...

    @property
    def started_at(self) -> float:
        """Seconds since the epoch."""
        ...

    @property
    def outcome(self) -> OutcomeKind | None:
        """How it ended; None if it has not, or was cut off."""
        ...

    @property
    def auth_id(self) -> str | None:
        """What it captured."""
        ...

    @property
    def auth_type(self) -> str | None:
        """What the dialog called its type."""
        ...

    @property
    def via(self) -> Via | None:
        """How the id reached us."""
        ...

    @property
    def confirmed(self) -> bool:
        """Whether the id was seen in the user's list."""
        ...

    @property
    def was_known(self) -> bool | None:
        """Whether it was there before; None where that cannot be told."""
        ...

    @property
    def message(self) -> str | None:
        """What happened, why, and what to do next."""
        ...

    @property
    def elapsed_ms(self) -> int | None:
        """How long it took."""
        ...


def user_of(attempt: PastAttempt) -> str:
    """Return what the end user is called, or else the id."""
    return attempt.subject.user or attempt.request.user_id


def what_of(attempt: PastAttempt) -> str:
    """Return what the dialog was opened for, in one line; by ids where names are not known."""
    request, subject = attempt.request, attempt.subject
    service = subject.service or request.service_name or request.service_id
    place = f"{service} ({subject.environment})" if service and subject.environment else service
    if request.kind is DialogKind.EDIT:
        named = f"Edit {subject.authentication or request.auth_id}"
        return f"{named}, {place}" if place else named
    if request.kind is DialogKind.SOLUTION:
        slot = f"{request.external_auth_id} of solution instance {request.solution_instance_id}"
        return f"{place}, {slot}" if place and place != request.external_auth_id else slot
    return place


def fields_of(attempt: PastAttempt) -> dict[str, object]:
    """Return an attempt's fields, by their names for other programs (docs/command-line.md)."""
    request, subject = attempt.request, attempt.subject
    return {
        "attempt_id": attempt.attempt_id,
        "workspace": attempt.workspace,
        "started_at": iso_time(attempt.started_at),
        "user_id": request.user_id,
        "service_id": request.service_id,
        "service_environment_id": request.service_environment_id,
        "scopes": list(request.scopes),
        "outcome": attempt.outcome.value if attempt.outcome else None,
        "auth_id": attempt.auth_id,
        "auth_type": attempt.auth_type,
        "via": attempt.via.value if attempt.via else None,
        "confirmed": attempt.confirmed,
        "message": attempt.message,
        "elapsed_ms": attempt.elapsed_ms,
        "kind": request.kind.value,
        "known": attempt.was_known,
        "user": subject.user or None,
        "service": subject.service or request.service_name or None,
        "service_environment": subject.environment or None,
        "authentication": subject.authentication or None,
        "edited_auth_id": request.auth_id or None,
        "solution_instance_id": request.solution_instance_id or None,
        "external_auth_id": request.external_auth_id or None,
        "extra_parameters": [list(pair) for pair in request.extra_parameters],
    }


def iso_time(seconds: float) -> str:
    """Return a local time with its offset, in the form that every language reads."""
    text = time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(seconds))
    return f"{text[:-2]}:{text[-2:]}"


def timeline_fields_of(events: Iterable[TimelineEvent]) -> list[dict[str, object]]:
    """Return a timeline, each event as an object."""
    return [
        {
            "at_ms": event.at_ms,
            "kind": event.observation.kind.value,
            "text": event.observation.text,
            "details": dict(event.observation.details),
            "is_problem": event.observation.is_problem,
        }
        for event in events
    ]
