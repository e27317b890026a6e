"""From an event of a timeline to the page it came from."""

from __future__ import annotations

import pytest

from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.core.timeline_pages import page_of

DIALOG, PROVIDER = "https://embedded.example", "https://provider.example:8443"


def page(url: str, window: str = "dialog") -> TimelineEvent:
    details = {"window": window, "url": url}
    return TimelineEvent(0, Observation(EventKind.NAVIGATION, f"Loaded {url}", details))


def message(origin: str, source: str) -> TimelineEvent:
    details = {"origin": origin, "source": source}
    return TimelineEvent(0, Observation(EventKind.MESSAGE, "A message", details))


def of_window(kind: EventKind, window: str) -> TimelineEvent:
    return TimelineEvent(0, Observation(kind, "Something", {"window": window}))


EVENTS = [
    TimelineEvent(0, Observation(EventKind.ATTEMPT, "Attempt started", {"workspace": "w"})),
    page(f"{DIALOG}/external/auth?…"),
    page(f"{PROVIDER}/login", "window 1"),
    message(DIALOG, "popup"),
    page(f"{DIALOG}/second"),
]


@pytest.mark.parametrize(
    ("event", "found"),
    [
        (message(DIALOG, "popup"), 4),
        (message(DIALOG, "gone"), 4),
        (message(DIALOG, "severed"), 4),
        (message(PROVIDER, "other"), 2),
        (message("https://provider.example", "other"), None),
        (message("null", "other"), None),
        (of_window(EventKind.CONSOLE, "window 1"), 2),
        (of_window(EventKind.SECURITY, "dialog"), 4),
        (of_window(EventKind.CONSOLE, "window 2"), None),
        (page(DIALOG), None),
        (TimelineEvent(0, Observation(EventKind.API, "A call")), None),
        (message(DIALOG, "frame"), 4),
        (TimelineEvent(0, Observation(EventKind.MESSAGE, "Lost its opener", {"origin": PROVIDER})), 2),
        (TimelineEvent(0, Observation(EventKind.MESSAGE, "Account id sent to the dialog")), None),
    ],
)
def test_an_event_leads_to_the_latest_page_of_its_window(event: TimelineEvent, found: int | None) -> None:
    assert page_of([*EVENTS, event], len(EVENTS)) == found


@pytest.mark.parametrize("inner", [{"initiator": "fetch"}, {"loading_ms": 5_000}])
def test_what_happens_within_a_page_is_no_page_and_leads_to_its_own(inner: dict[str, str | int]) -> None:
    details = {"window": "dialog", "url": f"{DIALOG}/api", **inner}
    within = TimelineEvent(0, Observation(EventKind.NAVIGATION, "Within", details))
    events = [*EVENTS, within, of_window(EventKind.CONSOLE, "dialog")]
    assert page_of(events, 5) == 4
    assert page_of(events, 6) == 4


def test_a_page_that_came_later_does_not_count() -> None:
    assert page_of(EVENTS, 3) == 1
