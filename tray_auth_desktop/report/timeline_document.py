"""The timeline of one attempt as a JSON document; its schema is `resources/timeline/timeline.schema.json`.

Nothing is taken out here: what is secret never got into the journal.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from tray_auth_desktop import __version__
from tray_auth_desktop.core.contract_check import check_contract
from tray_auth_desktop.core.timeline import EventKind, TimelineEvent
from tray_auth_desktop.core.timeline_pages import page_of
from tray_auth_desktop.onboarding.past_attempt import PastAttempt, fields_of, iso_time, timeline_fields_of
from tray_auth_desktop.report.characters import plain_json

#: Raised when a field is renamed, removed or means something else; new fields leave it as it is.
SCHEMA_VERSION = 1
_VERSIONS = ("program", "qt", "webengine", "chromium", "chromium_security_patch")
_PRESENTATION = (
    "embedding", "opener_origin", "size", "language", "time_zone", "user_agent", "reduced_motion",
    "color_scheme",
)  # fmt: skip


def timeline_document(attempt: PastAttempt, events: Sequence[TimelineEvent]) -> dict[str, Any]:
    """Return all that is known of an attempt, in the form of the schema."""
    return {
        "schema": "tray-auth-desktop/timeline",
        "schema_version": SCHEMA_VERSION,
        "exported_at": iso_time(time.time()),
        "exported_by": __version__,
        "attempt": fields_of(attempt),
        "versions": _versions(events),
        "presentation": _presentation(events),
        "findings": findings_of(attempt, events),
        "timeline": _timeline(events),
    }


def timeline_json(attempt: PastAttempt, events: Sequence[TimelineEvent]) -> str:
    """Return the document as text."""
    return plain_json(timeline_document(attempt, events)) + "\n"


def findings_of(attempt: PastAttempt, events: Sequence[TimelineEvent]) -> list[dict[str, object]]:
    """Return what a robust integrator should know, each finding as an object."""
    return [
        {
            "contract": finding.contract.value,
            "title": finding.title,
            "advice": finding.advice,
            "event": finding.event,
            "at_ms": events[finding.event].at_ms,
        }
        for finding in check_contract(events, attempt.outcome)
    ]


def _timeline(events: Sequence[TimelineEvent]) -> list[dict[str, object]]:
    return [
        {"number": number, **fields, "page": page_of(events, number)}
        for number, fields in enumerate(timeline_fields_of(events))
    ]


def _versions(events: Sequence[TimelineEvent]) -> dict[str, object]:
    """Return what ran the attempt, as it noted itself; null where it got no further than that."""
    noted = next(
        (
            event.observation.details
            for event in events
            if event.observation.kind is EventKind.ENGINE and "chromium" in event.observation.details
        ),
        {},
    )
    return {name: noted.get(name) for name in _VERSIONS}


def _presentation(events: Sequence[TimelineEvent]) -> dict[str, object]:
    """Return how the dialog was shown; a popup, unless the attempt noted otherwise."""
    noted: dict[str, object] = {"embedding": "popup"}
    for event in events:
        if event.observation.kind is EventKind.ATTEMPT:
            details = event.observation.details
            noted |= {name: details[name] for name in _PRESENTATION if name in details}
    return noted
