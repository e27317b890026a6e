"""One attempt and its timeline as text for a terminal."""

from __future__ import annotations

import time
from collections.abc import Sequence

from tray_auth_desktop.cli.table import table
from tray_auth_desktop.core.contract_check import check_contract
from tray_auth_desktop.core.timeline import TimelineEvent
from tray_auth_desktop.onboarding.past_attempt import PastAttempt, user_of, what_of


def attempt_text(attempt: PastAttempt, events: Sequence[TimelineEvent]) -> str:
    """Return the facts of an attempt under each other, and its timeline as a table."""
    facts = table(("ATTEMPT", attempt.attempt_id), _facts(attempt))
    rows = [
        (str(event.at_ms), event.observation.kind.value, _text_of(event), _details_of(event))
        for event in events
    ]
    parts = [facts, *_findings(attempt, events), table(("MS", "KIND", "EVENT", "DETAILS"), rows)]
    return "\n\n".join(parts)


def _findings(attempt: PastAttempt, events: Sequence[TimelineEvent]) -> list[str]:
    """Return what a robust integrator should know as a table; none where there is nothing."""
    found = check_contract(events, attempt.outcome)
    rows = [(str(events[finding.event].at_ms), finding.title, finding.advice) for finding in found]
    return [table(("MS", "FINDING", "A ROBUST INTEGRATION"), rows)] if rows else []


def _facts(attempt: PastAttempt) -> list[tuple[str, str]]:
    request = attempt.request
    confirmed = ("yes" if attempt.confirmed else "no") if attempt.auth_id else ""
    known = {True: "yes", False: "no", None: ""}[attempt.was_known]
    facts = (
        ("started", time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(attempt.started_at))),
        ("workspace", attempt.workspace),
        ("end user", user_of(attempt)),
        ("user id", request.user_id),
        ("kind", request.kind.value),
        ("what", what_of(attempt)),
        ("service id", request.service_id),
        ("service environment id", request.service_environment_id),
        ("scopes", " ".join(request.scopes)),
        ("edited authId", request.auth_id),
        ("solution instance id", request.solution_instance_id),
        ("external auth id", request.external_auth_id),
        ("extra parameters", "&".join("=".join(pair) for pair in request.extra_parameters)),
        ("outcome", attempt.outcome.value if attempt.outcome else "(open)"),
        ("authId", attempt.auth_id or ""),
        ("type", attempt.auth_type or ""),
        ("via", attempt.via.value if attempt.via else ""),
        ("confirmed", confirmed),
        ("known before", known),
        ("took", "" if attempt.elapsed_ms is None else f"{attempt.elapsed_ms} ms"),
        ("message", attempt.message or ""),
    )
    return [(name, value) for name, value in facts if value]


def _text_of(event: TimelineEvent) -> str:
    text = event.observation.text
    return f"Problem: {text}" if event.observation.is_problem else text


def _details_of(event: TimelineEvent) -> str:
    return "; ".join(f"{name}: {value}" for name, value in event.observation.details.items())
