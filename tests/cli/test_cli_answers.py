"""Tables, JSON and CSV: lists of any length, with any text in them."""

from __future__ import annotations

import json
import time

import pytest

from tray_auth_desktop.cli.answers import print_csv, print_list, print_object
from tray_auth_desktop.cli.authentication_fields import HEADS
from tray_auth_desktop.cli.table import one_line, table
from tray_auth_desktop.core.authentication_cells import cells_of
from tray_auth_desktop.core.export import as_object, csv_lines
from tray_auth_desktop.core.models import Authentication, Service, ServiceEnvironment

MANY = 100_000


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert table(("A", "B"), [("long cell", "x"), ("y", "z")]).splitlines() == [
        "A          B",
        "long cell  x",
        "y          z",
    ]


def test_wide_and_combining_characters_keep_their_columns() -> None:
    lines = table(("N", "B"), [("日本", "x"), ("e\u0301", "x"), ("abcd", "x")]).splitlines()

    assert lines[1:] == ["日本  x", "e\u0301     x", "abcd  x"]


def test_an_empty_table_says_so() -> None:
    assert table(("A", "B"), []) == "A  B\n(none)"


@pytest.mark.parametrize("text", ["\x1b[2J", "a\nb", "a\rb", "\u202e", "\x9b31m", "\u2028", "\x00", "\ud800"])
def test_what_would_steer_a_terminal_is_replaced(text: str) -> None:
    assert one_line(text).isprintable()
    assert one_line(text) != ""


def test_json_has_an_object_on_each_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_list([1, 2], lambda one: {"n": one}, ("N",), lambda one: (str(one),), as_json=True)

    assert printed(capsys) == '[\n  {"n": 1},\n  {"n": 2}\n]\n'


def test_an_object_on_one_line_or_field_by_field(capsys: pytest.CaptureFixture[str]) -> None:
    values: dict[str, object] = {"auth_id": "i", "scopes": ["a"], "none": None}

    print_object(values, as_json=True)
    assert json.loads(printed(capsys)) == values
    print_object(values, as_json=False)
    assert printed(capsys).splitlines()[1:] == ["AUTH ID  i", 'SCOPES   ["a"]', "NONE"]


def test_a_hundred_thousand_take_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    service, environment = Service("s", "slack", "Slack", None, "4"), ServiceEnvironment("e", "Production")
    items = [
        Authentication(f"{n:08x}-0000", f"Näme {n}", service, environment, {"n": n}) for n in range(MANY)
    ]
    begun = time.monotonic()

    print_list(items, as_object, HEADS, cells_of, as_json=True)
    assert len(json.loads(printed(capsys))) == MANY
    print_list(items, as_object, HEADS, cells_of, as_json=False)
    assert printed(capsys).count("\n") == MANY + 1
    print_csv(csv_lines(items))
    assert printed(capsys).count("\r\n") == MANY + 1
    assert time.monotonic() - begun < 30
