"""Which page an event of a timeline came from."""

from __future__ import annotations

from collections.abc import Sequence

from tray_auth_desktop.core.origin import parse_event_origin
from tray_auth_desktop.core.timeline import EventKind, TimelineEvent

#: What the timeline calls the dialog's own window.
_DIALOG = "dialog"
#: The sources of messages that the dialog's own window is (core.window_message.MessageSource).
_OF_THE_DIALOG = frozenset({"popup", "frame", "gone", "severed"})

#: Details that only what happens within a page has: who made a request, how long a load has taken.
_OF_A_PAGE = frozenset({"initiator", "loading_ms"})


def page_of(events: Sequence[TimelineEvent], index: int) -> int | None:
    """Return the index of the navigation during which an event came; None where it is of no page.

    It belongs to the latest page of the window it came from. Where the browser does not say which window
    that was, the latest page of its origin counts.
    """
    event = events[index].observation
    if event.kind is EventKind.NAVIGATION and not _tells_of_a_page(events[index]):
        return None
    window, origin = _window_of(events[index]), _text(event.details.get("origin"))
    if not window and not origin:
        return None
    for before in range(index - 1, -1, -1):
        seen = events[before]
        if _is_page(seen) and (_window_of(seen) == window if window else _origin_of(seen) == origin):
            return before
    return None


def _is_page(event: TimelineEvent) -> bool:
    is_navigation = event.observation.kind is EventKind.NAVIGATION
    return is_navigation and not _tells_of_a_page(event) and bool(event.observation.details.get("url"))


def _tells_of_a_page(event: TimelineEvent) -> bool:
    """Whether it is a request that a page made, or that it is still loading: no navigation of its own."""
    return not _OF_A_PAGE.isdisjoint(event.observation.details)


def _window_of(event: TimelineEvent) -> str:
    details = event.observation.details
    return _DIALOG if details.get("source") in _OF_THE_DIALOG else _text(details.get("window"))


def _origin_of(event: TimelineEvent) -> str:
    parts = _text(event.observation.details.get("url")).split("/", 3)
    return str(parse_event_origin("/".join(parts[:3])) or "")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
