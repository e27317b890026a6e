"""Every shape of a good reply that the notes know of, and odd ones that must not cost the rest of a list."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from tray_auth_desktop.core.models import Authentication, Scope, Service
from tray_auth_desktop.errors import UnreadableReplyError
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tests.api.conftest import ScriptedTray

TOKEN = Secret("fedcba9876543210" * 4)


def viewer(connection: object) -> dict[str, object]:
    return {"data": {"viewer": {"authentications": connection}}}


def listed(tray: ScriptedTray, connection: object) -> tuple[Authentication, ...]:
    tray.say(viewer(connection))
    return tray.client().authentications(TOKEN)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"id": "a"}, Authentication("a")),
        ({"id": "a", "name": None, "service": None, "serviceEnvironment": None}, Authentication("a")),
        ({"id": "a", "name": 5, "service": "slack", "serviceEnvironment": []}, Authentication("a", "5")),
        ({"id": "a", "service": {"name": "slack"}}, Authentication("a")),
        (
            {"id": "a", "service": {"id": "s", "version": 4}},
            Authentication("a", "", Service("s", version="4")),
        ),
        (
            {"id": "a", "service": {"id": "s", "version": 9.0}},
            Authentication("a", "", Service("s", version="9.0")),
        ),
        (
            {"id": "a", "service": {"id": "s", "icon": {"u": 1}, "title": None}},
            Authentication("a", "", Service("s")),
        ),
        ({"id": 17, "unknown": {"field": []}}, Authentication("17")),
        ({"authenticationId": "a"}, Authentication("a")),
        ({"id": "a", "name": "Zoë ☕"}, Authentication("a", "Zoë ☕")),
    ],
)
def test_everything_but_the_id_is_optional(
    tray: ScriptedTray, node: dict[str, object], expected: Authentication
) -> None:
    assert listed(tray, {"edges": [{"node": node}]}) == (expected,)


@pytest.mark.parametrize("fields", [{"k": "v"}, '{"k": "v"}', None, 3, []])
def test_custom_fields_are_kept_as_they_are(tray: ScriptedTray, fields: object) -> None:
    (found,) = listed(tray, {"edges": [{"node": {"id": "a", "customFields": fields}}]})
    assert found.custom_fields == fields


@pytest.mark.parametrize("edges", [[], None])
def test_an_empty_list_may_be_null(tray: ScriptedTray, edges: object) -> None:
    assert listed(tray, {"edges": edges}) == ()


@pytest.mark.parametrize("page_info", [None, "odd", {}, {"hasNextPage": None}, {"hasNextPage": False}])
def test_page_info_may_be_missing_or_odd(tray: ScriptedTray, page_info: object) -> None:
    assert len(listed(tray, {"edges": [{"node": {"id": "a"}}], "pageInfo": page_info})) == 1


def test_null_edges_and_nodes_are_no_entries(tray: ScriptedTray, caplog: pytest.LogCaptureFixture) -> None:
    found = listed(tray, {"edges": [None, {"node": None}, {}, {"node": {"id": "a"}}]})
    assert [entry.auth_id for entry in found] == ["a"]
    assert not caplog.records


@pytest.mark.parametrize("odd", [{"node": {"name": "no id"}}, {"node": {"id": ""}}, {"node": 5}, "edge", 7])
def test_an_entry_without_an_id_is_left_out_but_not_in_silence(
    tray: ScriptedTray, odd: object, caplog: pytest.LogCaptureFixture
) -> None:
    found = listed(tray, {"edges": [{"node": {"id": "a"}}, odd, {"node": {"id": "b"}}]})
    assert [entry.auth_id for entry in found] == ["a", "b"]
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "entry 1 of the list of authentications" in record.getMessage()


def test_a_list_that_goes_on_is_reported_once(tray: ScriptedTray, caplog: pytest.LogCaptureFixture) -> None:
    tray.say(viewer({"edges": [], "pageInfo": {"hasNextPage": True, "endCursor": "c"}}))
    client = tray.client()
    client.authentications(TOKEN)
    client.authentications(TOKEN)
    assert len(tray.requests) == 2
    assert [record.getMessage() for record in caplog.records if "incomplete" in record.getMessage()] == [
        "the server says that the list of authentications goes on; it may be incomplete"
    ]


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        "text",
        5,
        {},
        {"data": None},
        {"data": None, "errors": []},
        {"data": {}},
        {"data": {"viewer": None}},
        {"data": {"viewer": {}}},
        {"data": {"viewer": {"authentications": None}}},
        viewer([]),
        viewer({"edges": "x"}),
        viewer({"edges": {"node": {"id": "a"}}}),
        {"message": "hello"},
    ],
)
def test_json_without_the_list_is_unreadable(tray: ScriptedTray, payload: object) -> None:
    tray.say(payload)
    with pytest.raises(UnreadableReplyError, match=r"tray\.example.*viewer\.authentications.*shape"):
        tray.client().authentications(TOKEN)


def test_the_place_of_the_trouble_is_named(tray: ScriptedTray) -> None:
    with pytest.raises(UnreadableReplyError, match=r"\$\.data\.viewer\.authentications\.edges"):
        listed(tray, {"edges": "x"})


@pytest.mark.parametrize("payload", [{}, {"elements": None}, {"elements": {}}, "x", None])
def test_rest_without_elements_is_unreadable(tray: ScriptedTray, payload: object) -> None:
    tray.say(payload)
    with pytest.raises(UnreadableReplyError, match="connectors"):
        tray.client().connectors()


def test_a_bare_rest_list_is_read(tray: ScriptedTray) -> None:
    tray.say([{"name": "slack", "version": "1.0"}])
    assert [connector.name for connector in tray.client().connectors()] == ["slack"]


def test_odd_rest_entries_do_not_cost_the_others(
    tray: ScriptedTray, caplog: pytest.LogCaptureFixture
) -> None:
    tray.say({"elements": [None, {"title": "nameless"}, {"name": "a"}, "b", {"name": "c", "version": None}]})
    assert [connector.name for connector in tray.client().connectors()] == ["a", "c"]
    assert len(caplog.records) == 2


SCOPES: list[tuple[Any, tuple[Scope, ...]]] = [
    (None, ()),
    ([], ()),
    ("channels:read", (Scope("channels:read"),)),
    ({"scope": "a", "children": {"scope": "b"}}, (Scope("a", "", (Scope("b"),)),)),
    ("", ()),
    (5, ()),
    (["channels:read", "", None, 5], (Scope("channels:read"),)),
    (["a:read", {"scope": "a:write", "description": "Write"}], (Scope("a:read"), Scope("a:write", "Write"))),
    ([{"value": "v", "title": "T"}], (Scope("v", "T"),)),
    ([{"name": "n"}], (Scope("n"),)),
    ([{"id": "i", "description": None}], (Scope("i"),)),
    ([{"scope": "s", "name": "n", "id": "i"}], (Scope("s"),)),
    (
        [{"scope": "all", "children": ["all:read", {"scope": "all:write", "scopes": [{"name": "deep"}]}]}],
        (Scope("all", "", (Scope("all:read"), Scope("all:write", "", (Scope("deep"),)))),),
    ),
    ([{"title": "a group", "children": ["g:read", "g:write"]}], (Scope("g:read"), Scope("g:write"))),
    ([{"scope": "https://www.googleapis.com/auth/drive"}], (Scope("https://www.googleapis.com/auth/drive"),)),
]


@pytest.mark.parametrize(("scopes", "expected"), SCOPES)
def test_scopes_are_read_in_every_form(
    tray: ScriptedTray, scopes: object, expected: tuple[Scope, ...]
) -> None:
    tray.say({"elements": [{"id": "e", "scopes": scopes}]})
    (environment,) = tray.client().service_environments("s", "1")
    assert environment.scopes == expected


def test_scopes_nested_without_end_do_not_break_the_list(
    tray: ScriptedTray, caplog: pytest.LogCaptureFixture
) -> None:
    tree: dict[str, object] = {"scope": "leaf"}
    for level in range(100):
        tree = {"scope": f"level-{level}", "children": [tree]}
    tray.say({"elements": [{"id": "e", "scopes": [tree]}]})
    (environment,) = tray.client().service_environments("s", "1")
    assert len(list(environment.scopes[0].walk())) == 51
    assert "nested" in caplog.text


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (
            b'\xef\xbb\xbf{"data":{"viewer":{"authentications":{"edges":[{"node":{"id":"a","name":"n"}}]}}}}',
            "n",
        ),
        (b'{"data":{"viewer":{"authentications":{"edges":[{"node":{"id":"a","name":"x\\ud83d"}}]}}}}', "x?"),
        (
            b'{"data":{"viewer":{"authentications":{"edges":[{"node":{"id":"a","name":"x\xff"}}]}}}}',
            "x\ufffd",
        ),
        (b'\n {"data":{"viewer":{"authentications":{"edges":[{"node":{"id":"a","name":"n"}}]}}}} \n', "n"),
    ],
    ids=["byte order mark", "half an emoji", "not UTF-8", "blanks around"],
)
def test_slightly_broken_json_is_read(tray: ScriptedTray, body: bytes, name: str) -> None:
    tray.say_bytes(body, headers={"content-type": "application/json"})
    (found,) = tray.client().authentications(TOKEN)
    assert found.name == name


@pytest.mark.parametrize(
    "content_type", ["text/plain", "text/html", "application/graphql-response+json", None]
)
def test_json_is_read_whatever_its_content_type(tray: ScriptedTray, content_type: str | None) -> None:
    headers = {"content-type": content_type} if content_type else {}
    tray.say_bytes(b'{"elements": [{"name": "slack", "version": "1.0"}]}', headers=headers)
    assert len(tray.client().connectors()) == 1
