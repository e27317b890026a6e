"""Requests of a page that were answered with an error, as `failed_requests.js` tells them.

Requests that got no answer are not told: the engine gives them the same status as those that the page
broke off itself, and as those of other sites that were answered well.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Self

from tray_auth_desktop.core.timeline import Details, EventKind, Observation
from tray_auth_desktop.redaction import redact_url

#: How many are told of one attempt; a page that asks again and again must not fill the journal.
MOST_FAILED_REQUESTS = 200
#: Longest address that is taken from a page, and longest that is told, in characters.
MAX_ADDRESS_CHARS = 8_192
_TOLD_CHARS = 500
_INITIATOR = re.compile(r"[a-z-]{1,30}")


@dataclass(frozen=True, slots=True)
class FailedRequest:
    """One request.

    Attributes:
        address: As it was asked for, with whatever secrets it has.
        initiator: What asked: `fetch`, `xmlhttprequest`, `img` … (Resource Timing, `initiatorType`).
    """

    address: str
    status: int
    initiator: str
    duration_ms: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return what the script wrote; None where it was not the script."""
        try:
            address, status, initiator, duration_ms = json.loads(text)
            is_whole = isinstance(status, int) and isinstance(duration_ms, int)
        except (ValueError, TypeError, RecursionError):
            return None
        if not is_whole or not isinstance(address, str) or not isinstance(initiator, str):
            return None
        return cls(address, status, initiator if _INITIATOR.fullmatch(initiator) else "other", duration_ms)


class RequestNotes:
    """What the timeline of one attempt says of requests: of each, up to a number."""

    def __init__(self) -> None:
        self._seen = 0

    def note(self, text: str, window: str) -> Observation | None:
        """Return what to say of a request; None where enough was said."""
        request = FailedRequest.read(text)
        if request is None or self._seen > MOST_FAILED_REQUESTS:
            return None
        self._seen += 1
        if self._seen > MOST_FAILED_REQUESTS:
            more = f"More than {MOST_FAILED_REQUESTS} requests failed: no further one is told."
            return Observation(EventKind.NAVIGATION, more, {"window": window}, is_problem=True)
        return _line(request, window)


def _line(request: FailedRequest, window: str) -> Observation:
    address = redact_url(request.address)
    shown = address if len(address) <= _TOLD_CHARS else f"{address[:_TOLD_CHARS]}…"
    # not `status`: that is the page's own, which this is not
    details: Details = {
        "window": window,
        "url": shown,
        "request_status": request.status,
        "initiator": request.initiator,
        "duration_ms": request.duration_ms,
    }
    text = f"HTTP {request.status}: {shown} ({request.initiator}, {request.duration_ms} ms)"
    return Observation(EventKind.NAVIGATION, text, details, is_problem=True)
