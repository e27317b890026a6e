"""The timeline of one attempt as one HTML file that needs nothing else: fit to attach to a bug."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tray_auth_desktop import assets
from tray_auth_desktop.core.timeline import EventKind, TimelineEvent
from tray_auth_desktop.onboarding.past_attempt import PastAttempt, user_of, what_of
from tray_auth_desktop.report.characters import plain_json, visible
from tray_auth_desktop.report.timeline_document import timeline_document

if TYPE_CHECKING:
    from jinja2 import Environment

_HAS_CAPTURED = "captured"
_FACTS = (
    ("Workspace", "workspace"),
    ("End user", "user"),
    ("User id", "user_id"),
    ("Kind", "kind"),
    ("Service", "service"),
    ("Service id", "service_id"),
    ("Service environment", "service_environment"),
    ("Service environment id", "service_environment_id"),
    ("Scopes", "scopes"),
    ("Edited authId", "edited_auth_id"),
    ("Solution instance id", "solution_instance_id"),
    ("External auth id", "external_auth_id"),
    ("Extra parameters", "extra_parameters"),
    ("Started", "started_at"),
    ("Took", "elapsed_ms"),
    ("authId", "auth_id"),
    ("Type", "auth_type"),
    ("Via", "via"),
    ("Confirmed", "confirmed"),
    ("Known before", "known"),
    ("Attempt", "attempt_id"),
)


def timeline_page(attempt: PastAttempt, events: Sequence[TimelineEvent]) -> str:
    """Return the page."""
    document = timeline_document(attempt, events)
    style, script = assets.read_text("timeline/timeline.css"), assets.read_text("timeline/timeline.js")
    return (
        _environment()
        .get_template("timeline.html")
        .render(
            document=document,
            attempt=document["attempt"],
            title=[part for part in (user_of(attempt), what_of(attempt)) if part],
            is_captured=document["attempt"]["outcome"] == _HAS_CAPTURED,
            facts=[*_facts(document["attempt"]), *_circumstances(document)],
            problems=[event for event in document["timeline"] if event["is_problem"]],
            kinds=[kind.value for kind in EventKind if kind.value in _kinds_in(document)],
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    )


def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader

    environment = Environment(
        autoescape=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(lambda name: assets.read_text(f"timeline/{name}")),
    )
    environment.filters["as_json"] = plain_json
    environment.filters["label"] = lambda kind: EventKind(kind).label
    return environment


def _facts(attempt: dict[str, Any]) -> list[tuple[str, str]]:
    named = [(label, _text(attempt[name])) for label, name in _FACTS]
    return [(label, f"{text} ms" if label == "Took" else text) for label, text in named if text]


def _circumstances(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return how the dialog was shown, and by what."""
    shown = ", ".join(
        _text(value) if name == "embedding" else f"{name.replace('_', ' ')} {_text(value)}"
        for name, value in document["presentation"].items()
    )
    versions = ", ".join(
        f"{name.replace('_', ' ')} {value}" for name, value in document["versions"].items() if value
    )
    return [("Presentation", shown), ("Versions", versions or "not noted: the dialog was never opened")]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join("=".join(one) if isinstance(one, list) else str(one) for one in value)
    return "" if value is None else str(value)


def _kinds_in(document: dict[str, Any]) -> set[str]:
    return {event["kind"] for event in document["timeline"]}


def _hash(source: str) -> str:
    """Return what a Content-Security-Policy lets a source in by: nothing else is run in the page."""
    return f"sha256-{b64encode(hashlib.sha256(source.encode()).digest()).decode()}"
