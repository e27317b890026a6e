"""What scripts tell of requests and loads, read without an engine."""

from __future__ import annotations

import json

import pytest

from tray_auth_desktop.dialog.failed_requests import MOST_FAILED_REQUESTS, FailedRequest, RequestNotes
from tray_auth_desktop.dialog.load_watch import LoadWatch
from tray_auth_desktop.dialog.marked_lines import MarkedLines, Topic

ADDRESS = "https://embedded.example/api"


def written(
    address: object = ADDRESS, status: object = 500, initiator: object = "fetch", took: object = 12
) -> str:
    return json.dumps([address, status, initiator, took])


def test_a_request_is_read_as_it_was_written() -> None:
    assert FailedRequest.read(written()) == FailedRequest(ADDRESS, 500, "fetch", 12)


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "1", "null", "[]", "{}", "[1, 2, 3]", "[1, 2, 3, 4, 5]", "[" * 100_000,
        written(address=None), written(status="500"), written(initiator=[]), written(took=1.5),
    ],
)  # fmt: skip
def test_what_no_script_of_ours_wrote_is_none(text: str) -> None:
    assert FailedRequest.read(text) is None
    assert RequestNotes().note(text, "dialog") is None


def test_an_initiator_is_one_word_of_few_letters() -> None:
    for initiator in ("a\nb", "x" * 31, "<b>", ""):
        read = FailedRequest.read(written(initiator=initiator))
        assert read is not None
        assert read.initiator == "other"


def test_a_long_address_is_cut() -> None:
    line = RequestNotes().note(written(address=f"{ADDRESS}/{'long/' * 1_000}"), "dialog")
    assert line is not None
    assert len(str(line.details["url"])) == 501


def test_the_number_counts_for_all_windows_of_an_attempt() -> None:
    notes = RequestNotes()
    lines = [notes.note(written(), f"window {number % 3}") for number in range(MOST_FAILED_REQUESTS + 5)]
    told = [line for line in lines if line is not None]
    assert len(told) == MOST_FAILED_REQUESTS + 1
    assert told[-1].text.startswith("More than 200 requests failed")


def test_only_a_marked_line_tells_something() -> None:
    lines, others = MarkedLines(), MarkedLines()
    for topic in Topic:
        assert lines.read(f"{lines.mark(topic)}what was said") == (topic, "what was said")
        assert lines.read(f"{others.mark(topic)}what was said") is None
        assert lines.read(f" {lines.mark(topic)}what was said") is None
    assert lines.read("what was said") is None


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_a_load_is_told_from_a_second_on() -> None:
    clock = Clock()
    watch = LoadWatch(clock)
    assert watch.still_loading("dialog") is None
    watch.begin(ADDRESS)
    clock.now_s += 0.9
    assert watch.still_loading("dialog") is None
    clock.now_s += 11.4
    line = watch.still_loading("dialog")
    assert line is not None
    assert line.text == f"Still loading after 12.3 s: {ADDRESS}"
    assert line.details == {"window": "dialog", "url": ADDRESS, "loading_ms": 12_300}
    watch.end()
    assert watch.still_loading("dialog") is None
