"""Operations of a connector, whose scopes come in any form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tray_auth_desktop.core.models import Operation
from tray_auth_desktop.errors import UsageError

if TYPE_CHECKING:
    from tests.api.conftest import ScriptedTray

MASTER_TOKEN = "0123456789abcdef0123456789abcdef012345678"


def test_operations_of_one_version(tray: ScriptedTray) -> None:
    elements = [
        {"name": "send_message", "title": "Send message", "description": "d", "authScopes": ["chat:write"]},
        {"name": "list_channels"},
    ]
    tray.say({"elements": elements})
    assert tray.client().operations("slack", "9.0") == (
        Operation("send_message", "Send message", "d", ("chat:write",)),
        Operation("list_channels"),
    )
    (asked,) = tray.requests
    assert str(asked.url) == "https://api.tray.example/core/v1/connectors/slack/versions/9.0/operations"
    assert asked.headers["authorization"] == f"Bearer {MASTER_TOKEN}"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, ()),
        ([], ()),
        ("chat:write", ("chat:write",)),
        ({"scope": "chat:write"}, ("chat:write",)),
        ({}, ()),
        (["a", "b", "a"], ("a", "b")),
        ([{"scope": "a", "description": "d"}, {"scope": "b"}], ("a", "b")),
        (["a", {"scope": "b"}, None, 5, {"description": "no scope"}, "", {"scope": None}], ("a", "b")),
        ([{"scope": "a", "children": [{"scope": "b"}, "c"]}], ("a", "b", "c")),
    ],
)
def test_scopes_of_an_operation(tray: ScriptedTray, given: object, expected: tuple[str, ...]) -> None:
    tray.say([{"name": "o", "authScopes": given}])
    (operation,) = tray.client().operations("slack", "9.0")
    assert operation.auth_scopes == expected


def test_an_operation_without_a_name_is_reported(
    tray: ScriptedTray, caplog: pytest.LogCaptureFixture
) -> None:
    tray.say({"elements": [{"title": "no name"}, None, {"name": "o"}]})
    assert [operation.name for operation in tray.client().operations("slack", "9.0")] == ["o"]
    assert "list of operations has no id" in caplog.text


def test_name_and_version_are_used_as_they_are(tray: ScriptedTray) -> None:
    tray.say({"elements": []})
    tray.client().operations("a b/c", "1.0?x")
    assert tray.requests[0].url.raw_path == b"/core/v1/connectors/a%20b%2Fc/versions/1.0%3Fx/operations"


@pytest.mark.parametrize(
    ("name", "version"), [("", "1"), ("a", ""), ("..", "1"), ("a", "."), ("\ud800", "1")]
)
def test_names_that_cannot_stand_in_an_address(tray: ScriptedTray, name: str, version: str) -> None:
    with pytest.raises(UsageError, match="connector"):
        tray.client().operations(name, version)
    assert tray.requests == []
