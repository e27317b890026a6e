"""The JSON export: as its schema says, whatever the attempt was like."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import pytest

from tests.report.attempts import BROKEN, CUT_OFF, FAILED, FINISHED, HOST, OPENED, event, record
from tests.report.schema import violations
from tray_auth_desktop import assets
from tray_auth_desktop.core.attempt import OutcomeKind, Via
from tray_auth_desktop.core.contract_check import Contract
from tray_auth_desktop.core.dialog_url import DialogKind
from tray_auth_desktop.core.presentation import Embedding, Presentation, parse_size
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.journal import AttemptRecord
from tray_auth_desktop.report import export_text, format_of
from tray_auth_desktop.report.timeline_document import SCHEMA_VERSION, timeline_document


@pytest.mark.parametrize(
    ("attempt", "events"), [(record(), FINISHED), (FAILED, BROKEN), (CUT_OFF, OPENED[:1]), (CUT_OFF, ())]
)
def test_an_export_is_as_its_schema_says(attempt: AttemptRecord, events: Sequence[TimelineEvent]) -> None:
    written = json.loads(export_text(attempt, events, "json"))
    assert violations(written) == []
    assert [found["text"] for found in written["timeline"]] == [seen.observation.text for seen in events]


def _broken(**changes: Any) -> dict[str, Any]:
    return {**timeline_document(record(), FINISHED), **changes}


@pytest.mark.parametrize(
    "document",
    [
        {},
        _broken(schema_version=SCHEMA_VERSION + 1),
        _broken(timeline=[{"at_ms": -1}]),
        _broken(presentation={}),
        _broken(findings=[{"contract": "no such", "title": "", "advice": "", "event": 0, "at_ms": 0}]),
    ],
)
def test_the_schema_refuses_what_is_none(document: dict[str, Any]) -> None:
    assert violations(document) != []


def test_the_schema_knows_every_kind_and_every_finding() -> None:
    schema = json.loads(assets.read_text("timeline/timeline.schema.json"))["$defs"]
    assert set(schema["event"]["properties"]["kind"]["enum"]) == {kind.value for kind in EventKind}
    assert set(schema["finding"]["properties"]["contract"]["enum"]) == {one.value for one in Contract}
    attempt = schema["attempt"]["properties"]
    assert set(attempt["via"]["enum"]) == {*(via.value for via in Via), None}
    assert set(attempt["outcome"]["enum"]) == {*(kind.value for kind in OutcomeKind), None}
    assert set(attempt["kind"]["enum"]) == {kind.value for kind in DialogKind}
    shown = schema["presentation"]["properties"]
    assert set(shown) == {field.name for field in fields(Presentation)}
    assert set(shown["embedding"]["enum"]) == {embedding.value for embedding in Embedding}


def test_characters_that_would_steer_a_display_are_written_as_escapes() -> None:
    steering = "\x1b[31m\u202e\u2066\u2028\ufeff\x7f\x85\U000e0041"
    events = (*FINISHED, event(9, EventKind.CONSOLE, steering, file=steering))
    written = export_text(record(message=steering), events, "json")
    assert not set(steering.replace("[31m", "")) & set(written)
    assert "\\u001b[31m\\u202e" in written
    told = json.loads(written)
    assert told["timeline"][-1]["text"] == told["timeline"][-1]["details"]["file"] == steering
    assert told["attempt"]["message"] == steering


def test_what_ran_the_attempt_is_as_it_noted_itself() -> None:
    assert timeline_document(record(), FINISHED)["versions"]["chromium"] == "140.0.7339.264"
    assert set(timeline_document(CUT_OFF, ())["versions"].values()) == {None}


def test_the_presentation_is_a_popup_unless_the_attempt_noted_otherwise() -> None:
    assert timeline_document(record(), FINISHED)["presentation"] == {"embedding": "popup"}
    presentation = Presentation(size=parse_size("375x667"), time_zone="Asia/Tokyo", reduced_motion=True)
    noted = TimelineEvent(1, Observation(EventKind.ATTEMPT, "Test options", presentation.described()))
    document = timeline_document(record(), [*FINISHED, noted])
    assert document["presentation"] == {"embedding": "popup", **presentation.described()}
    assert violations(document) == []


def test_findings_and_messages_name_the_events_they_belong_to() -> None:
    document = timeline_document(FAILED, BROKEN)
    (finding,) = document["findings"]
    assert (finding["contract"], finding["at_ms"]) == ("error-field", 300)
    message = document["timeline"][finding["event"]]
    assert message["kind"] == "message"
    assert document["timeline"][message["page"]]["details"]["url"] == f"{HOST}/external"


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.html", "html"), ("A.JSON", "json"), ("html", None), ("a.txt", None), ("", None), (".json", "json")],
)
def test_a_name_tells_its_format(name: str, form: str | None) -> None:
    assert format_of(name) == form
