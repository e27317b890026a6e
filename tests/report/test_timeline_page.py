"""The HTML export: whole, closed to the network, and nothing of what a page said is more than text in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tests.report.attempts import BROKEN, CUT_OFF, FAILED, FINISHED, HOSTILE, OPENED, event, record
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.core.timeline import EventKind, TimelineEvent
from tray_auth_desktop.journal import AttemptRecord
from tray_auth_desktop.report import export_text
from tray_auth_desktop.report.characters import visible

#: What would make a browser fetch something.
_FETCHES = {"src", "srcset", "data", "action", "poster", "background", "formaction", "ping"}


class Page(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, attempt: AttemptRecord, events: tuple[TimelineEvent, ...]) -> None:
        super().__init__()
        self.source = export_text(attempt, events, "html")
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of each tag of a name."""
        return [attributes for found, attributes in self.tags if found == tag]


def test_it_says_why_a_dialog_failed_before_anything_else() -> None:
    page = Page(FAILED, BROKEN)
    parts = ("failed", FAILED.message or "", "Problems (3)", "The attempt")
    order = [page.text.index(text) for text in parts]
    assert order == sorted(order)
    assert "Read the text from error, else from err" in page.text


def test_it_holds_the_facts_of_the_request_and_of_what_ran_it() -> None:
    page = Page(record(), FINISHED)
    facts = (
        "Acme", "user-1", "service-1", "environment-1", "read write", "captured", "4200 ms", "popup",
        "chromium 140.0.7339.264", "program 0.1.0", "Ava Lindqvist", "Slack (Production)",
    )  # fmt: skip
    for fact in facts:
        assert fact in page.text
    assert "not noted" in Page(CUT_OFF, ()).text


def test_each_event_is_a_row_and_each_link_leads_to_one() -> None:
    page = Page(FAILED, BROKEN)
    rows = [row["id"] for row in page.all("tr") if "id" in row]
    assert rows == [f"event-{number}" for number in range(len(BROKEN))]
    links = [link["href"] for link in page.all("a")]
    assert links
    assert {link.removeprefix("#") for link in links if link} <= set(rows)


def test_nothing_of_it_comes_from_elsewhere() -> None:
    page = Page(FAILED, BROKEN)
    fetching = [(tag, name) for tag, attributes in page.tags for name in attributes if name in _FETCHES]
    assert fetching == []
    assert page.all("link") == page.all("img") == []
    assert "url(" not in page.source
    assert "@import" not in page.source
    (policy,) = [meta["content"] or "" for meta in page.all("meta") if "http-equiv" in meta]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_what_a_page_said_stays_text() -> None:
    page = Page(FAILED, BROKEN)
    assert len(page.all("script")) == 1
    assert page.text.count(visible(HOSTILE)) >= 2  # among the problems and in the timeline
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)


def test_characters_that_would_steer_the_page_are_seen() -> None:
    steering = "\x1b[31m\u202e\u2066\u2028\ufeff\x85\x07"
    harmless = "caf\u00e9\u00a0: \U0001f469\u200d\U0001f4bb \u0645\u06cc\u200c\u062e"
    events = (*OPENED, event(90, EventKind.CONSOLE, f"{steering}{harmless}", file=steering))
    attempt = record(message=steering, subject=Subject(steering, steering, steering), workspace=steering)
    source = Page(attempt, events).source
    assert not set(steering.replace("[31m", "")) & set(source)
    assert "\ufffd[31m" + "\ufffd" * 6 + harmless in source
    assert "\\u202e" in source  # in the details, as a program would write it


def test_a_kind_is_called_as_people_write_it() -> None:
    page = Page(record(), (*OPENED, event(70, EventKind.API, "A call")))
    assert "API" in page.text
    assert "Navigation" in page.text
    assert {"value": "api"} in page.all("option")


def test_details_are_formatted_json() -> None:
    assert re.search(r'"line": 7\n}</pre>', Page(FAILED, BROKEN).source.replace("&#34;", '"'))
