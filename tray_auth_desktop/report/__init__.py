"""What is handed on of an attempt: its timeline as a document for programs and for people."""

from __future__ import annotations

from collections.abc import Sequence

from tray_auth_desktop.core.timeline import TimelineEvent
from tray_auth_desktop.onboarding.past_attempt import PastAttempt

FORMATS = ("json", "html")


def format_of(name: str) -> str | None:
    """Return the format that a file's name ends in; None where it is none of them."""
    end = name.lower().rpartition(".")[2]
    return end if end in FORMATS and end != name.lower() else None


def export_text(attempt: PastAttempt, events: Sequence[TimelineEvent], form: str) -> str:
    """Return the timeline of an attempt in one of `FORMATS`."""
    if form == "html":
        from tray_auth_desktop.report.timeline_page import timeline_page

        return timeline_page(attempt, events)
    from tray_auth_desktop.report.timeline_document import timeline_json

    return timeline_json(attempt, events)
