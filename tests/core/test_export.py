"""Authentications as CSV, JSON and Markdown, whatever their names hold."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tray_auth_desktop.core.export import (
    CSV_HEADS,
    as_listed,
    csv_lines,
    json_lines,
    json_text,
    markdown_link,
)
from tray_auth_desktop.core.models import Authentication, Service, ServiceEnvironment

SLACK = Service("svc-1", "slack", "Slack", "https://icons.test/slack.svg", "4")
PRODUCTION = ServiceEnvironment("env-1", "Production")
FULL = Authentication("id-1", "Sales", SLACK, PRODUCTION, {"region": "eu"})
BARE = Authentication("id-2")


def rows_of(*authentications: Authentication) -> list[dict[str, str]]:
    """Read CSV as a program would, by another implementation."""
    return list(csv.DictReader(io.StringIO("".join(csv_lines(authentications)), newline=""), strict=True))


def test_csv_has_a_line_of_heads_and_a_line_for_each() -> None:
    text = "".join(csv_lines([FULL, BARE]))
    assert text.split("\r\n") == [
        ",".join(CSV_HEADS),
        'id-1,Sales,svc-1,Slack,slack,4,env-1,Production,"{""region"": ""eu""}"',
        "id-2,,,,,,,,",
        "",
    ]


@pytest.mark.parametrize(
    "name",
    ['a "quoted" name', "comma, comma", "two\nlines", "two\r\nlines", " spaces ", "käse 💥", "tab\there"],
)
def test_csv_gives_back_whatever_a_name_holds(name: str) -> None:
    assert rows_of(Authentication("id-1", name))[0]["name"] == name


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff20"])
def test_csv_holds_no_formula(start: str) -> None:
    row = rows_of(
        Authentication(f"{start}id", f"{start}HYPERLINK(A1)", Service(start, start), None, f"{start}1")
    )[0]
    assert row["name"] == f"'{start}HYPERLINK(A1)"
    assert all(not cell.startswith(start) for cell in row.values())


def test_json_is_a_list_with_every_field() -> None:
    listed = json.loads("".join(json_lines([FULL, BARE])))
    assert listed[0] == {
        "auth_id": "id-1",
        "name": "Sales",
        "service_id": "svc-1",
        "service": "Slack",
        "service_environment_id": "env-1",
        "service_environment": "Production",
        "service_name": "slack",
        "service_version": "4",
        "custom_fields": {"region": "eu"},
    }
    assert listed[1] == dict.fromkeys(listed[0], None) | {"auth_id": "id-2", "name": ""}
    assert json.loads("".join(json_lines([]))) == []
    assert json.loads("".join(json_lines([BARE])))[0]["auth_id"] == "id-2"


def test_what_is_copied_is_an_object_or_a_list() -> None:
    assert json.loads(json_text([FULL]))["auth_id"] == "id-1"
    assert [one["auth_id"] for one in json.loads(json_text([FULL, BARE]))] == ["id-1", "id-2"]


def test_the_listed_form_has_the_names_of_the_wire() -> None:
    assert as_listed(FULL) == {
        "id": "id-1",
        "name": "Sales",
        "customFields": {"region": "eu"},
        "service": {
            "id": "svc-1",
            "name": "slack",
            "icon": "https://icons.test/slack.svg",
            "title": "Slack",
            "version": "4",
        },
        "serviceEnvironment": {"id": "env-1", "title": "Production"},
    }
    assert as_listed(BARE)["service"] is None


@pytest.mark.parametrize(
    ("authentication", "link"),
    [
        (FULL, "[Sales](id-1)"),
        (BARE, "[id-2](id-2)"),
        (Authentication("id-1", "a [b] (c) *d* \\"), "[a \\[b\\] (c) \\*d\\* \\\\](id-1)"),
        (Authentication("id-1", "two\nlines"), "[two lines](id-1)"),
        (Authentication("an id (odd)", "x"), "[x](<an id (odd)>)"),
        (Authentication("a>b", "x"), "[x](<a\\>b>)"),
    ],
)
def test_a_markdown_link_stays_one(authentication: Authentication, link: str) -> None:
    assert markdown_link(authentication) == link
