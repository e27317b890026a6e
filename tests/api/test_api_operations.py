"""What each operation sends, with which token, and what it makes of the documented reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tray_auth_desktop import __version__
from tray_auth_desktop.api import UserCriteria
from tray_auth_desktop.core.models import (
    Authentication,
    Connector,
    EndUser,
    Scope,
    Service,
    ServiceEnvironment,
    UserPage,
)
from tray_auth_desktop.errors import UnreadableReplyError, UsageError
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tests.api.conftest import ScriptedTray

MASTER_TOKEN = "0123456789abcdef0123456789abcdef012345678"
USER_TOKEN = "fedcba9876543210" * 4
CODE = "a1b2c3d4e5" * 4
USER_ID = "13b3ab9c-e222-4739-a69b-c4dd07fbbfa4"


def test_code_is_made_with_the_master_token(tray: ScriptedTray) -> None:
    payload = {"authorizationCode": CODE, "clientMutationId": None}
    tray.say({"data": {"generateAuthorizationCode": payload}})
    assert tray.client().generate_authorization_code(USER_ID).reveal() == CODE
    request = tray.requests[0]
    assert (request.method, str(request.url)) == ("POST", "https://tray.example/graphql")
    assert request.headers["authorization"] == f"Bearer {MASTER_TOKEN}"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["user-agent"] == f"tray-auth-desktop/{__version__}"
    assert tray.sent().keys() == {"query", "variables"}
    assert tray.sent()["variables"] == {"userId": USER_ID}
    assert "generateAuthorizationCode(input: { userId: $userId })" in tray.sent()["query"]


def test_user_token_is_made_with_the_master_token(tray: ScriptedTray) -> None:
    tray.say({"data": {"authorize": {"accessToken": USER_TOKEN}}})
    assert tray.client().authorize(USER_ID).reveal() == USER_TOKEN
    assert tray.requests[0].headers["authorization"] == f"Bearer {MASTER_TOKEN}"
    assert tray.sent()["variables"] == {"userId": USER_ID}


def test_authentications_are_listed_with_the_user_token(tray: ScriptedTray) -> None:
    service = {"id": "s1", "name": "slack", "icon": "https://i/s.png", "title": "Slack", "version": "1"}
    environment = {"id": "e1", "title": "Production"}
    node = {
        "id": "a1",
        "name": "Mine",
        "customFields": {"k": 1},
        "service": service,
        "serviceEnvironment": environment,
    }
    paging = {"hasNextPage": False, "hasPreviousPage": False}
    tray.say({"data": {"viewer": {"authentications": {"edges": [{"node": node}], "pageInfo": paging}}}})
    listed = tray.client().authentications(Secret(USER_TOKEN))
    assert listed == (
        Authentication(
            "a1",
            "Mine",
            Service("s1", "slack", "Slack", "https://i/s.png", "1"),
            ServiceEnvironment("e1", "Production"),
        ),
    )
    assert listed[0].custom_fields == {"k": 1}
    assert tray.requests[0].headers["authorization"] == f"Bearer {USER_TOKEN}"
    assert tray.sent()["variables"] == {}


@pytest.mark.parametrize(
    ("criteria", "variable"),
    [
        (None, None),
        (UserCriteria(user_id="u"), {"userId": "u"}),
        (
            UserCriteria(external_user_id="x", is_test_user=False),
            {"externalUserId": "x", "isTestUser": False},
        ),
        (UserCriteria(name="Michael"), {"name": "Michael"}),
        (UserCriteria(), {}),
    ],
)
def test_users_are_searched(tray: ScriptedTray, criteria: UserCriteria | None, variable: Any) -> None:
    node = {"id": USER_ID, "name": "Michael Scott", "externalUserId": "x7", "isTestUser": False}
    paging = {"hasNextPage": True, "hasPreviousPage": False, "startCursor": "c", "endCursor": "next"}
    tray.say({"data": {"users": {"edges": [{"node": node, "cursor": "c"}], "pageInfo": paging}}})
    page = tray.client().users(criteria, first=10, after="here")
    assert page == UserPage((EndUser(USER_ID, "Michael Scott", "x7", is_test_user=False),), "next")
    expected = {"first": 10, "after": "here"} | ({} if variable is None else {"criteria": variable})
    assert tray.sent()["variables"] == expected


def test_users_page_size_may_be_left_to_the_server(tray: ScriptedTray) -> None:
    tray.say({"data": {"users": {"edges": [], "pageInfo": {"hasNextPage": False}}}})
    assert tray.client().users(first=None) == UserPage(())
    assert tray.sent()["variables"] == {}


def test_connectors_are_listed_over_rest(tray: ScriptedTray) -> None:
    service = {"id": "s4", "name": "slack", "version": 4}
    tray.say(
        {
            "elements": [
                {"name": "slack", "title": "Slack", "description": "d", "version": "9.0", "service": service},
                {"name": "slack", "title": "Slack", "description": "d", "version": 8.1},
                {"name": "text", "title": "Text", "description": "", "version": 2, "service": {"name": "t"}},
            ]
        }
    )
    assert tray.client().connectors() == (
        Connector("slack", "9.0", "Slack", "d", Service("s4", "slack", version="4")),
        Connector("slack", "8.1", "Slack", "d"),
        Connector("text", "2", "Text"),
    )
    request = tray.requests[0]
    assert (request.method, str(request.url)) == ("GET", "https://api.tray.example/core/v1/connectors")
    assert request.headers["authorization"] == f"Bearer {MASTER_TOKEN}"
    assert request.content == b""
    assert "content-type" not in request.headers


def test_environments_are_listed_over_rest(tray: ScriptedTray) -> None:
    new = {
        "id": "e1",
        "title": "Production",
        "authenticationType": "oauth2",
        "userDataSchema": {},
        "credentialsSchema": {},
        "scopes": [{"scope": "channels:read", "description": "Read channels"}],
    }
    old = {"id": "e2", "title": "", "authenticationType": "token", "formDataSchema": {}, "dataSchema": {}}
    tray.say({"elements": [new, old]})
    assert tray.client().service_environments("slack", "4") == (
        ServiceEnvironment("e1", "Production", "oauth2", (Scope("channels:read", "Read channels"),)),
        ServiceEnvironment("e2", "", "token"),
    )
    assert tray.requests[0].url.path == "/core/v1/services/slack/versions/4/environments"


@pytest.mark.parametrize(
    ("name", "version", "path"),
    [
        ("a/b", "1", b"/core/v1/services/a%2Fb/versions/1/environments"),
        ("a b?c#d", "1", b"/core/v1/services/a%20b%3Fc%23d/versions/1/environments"),
        ("100%25", "1", b"/core/v1/services/100%2525/versions/1/environments"),
        ("é", "1", b"/core/v1/services/%C3%A9/versions/1/environments"),
        ("a..b", "4.0", b"/core/v1/services/a..b/versions/4/environments"),
        ("x", "1/../2", b"/core/v1/services/x/versions/1%2F..%2F2/environments"),
    ],
)
def test_path_segments_are_encoded(tray: ScriptedTray, name: str, version: str, path: bytes) -> None:
    tray.say({"elements": []})
    assert tray.client().service_environments(name, version) == ()
    assert tray.requests[0].url.raw_path == path


@pytest.mark.parametrize("segment", ["", ".", "..", " "])
def test_segments_that_change_the_path_are_refused(tray: ScriptedTray, segment: str) -> None:
    with pytest.raises(UsageError):
        tray.client().service_environments(segment, "1")
    with pytest.raises(UsageError):
        tray.client().service_environments("slack", segment)
    assert tray.requests == []


@pytest.mark.parametrize("value", [None, "", "  ", 7, {"authorizationCode": CODE}, [CODE]])
def test_a_code_that_is_no_text_is_unreadable(tray: ScriptedTray, value: object) -> None:
    tray.say({"data": {"generateAuthorizationCode": {"authorizationCode": value}}})
    with pytest.raises(UnreadableReplyError, match=r"generateAuthorizationCode.*authorizationCode"):
        tray.client().generate_authorization_code(USER_ID)


@pytest.mark.parametrize("value", [None, "", " ", 7, "two words", "né", "line\nbreak"])
def test_a_user_token_that_cannot_be_sent_is_unreadable(tray: ScriptedTray, value: object) -> None:
    tray.say({"data": {"authorize": {"accessToken": value}}})
    with pytest.raises(UnreadableReplyError, match="authorize") as raised:
        tray.client().authorize(USER_ID)
    assert not isinstance(value, str) or not value.strip() or value not in str(raised.value)


def test_cookies_are_not_kept(tray: ScriptedTray) -> None:
    tray.say({"elements": []}, headers={"set-cookie": "sticky=1; Path=/"})
    client = tray.client()
    client.connectors()
    client.connectors()
    assert [request.headers.get("cookie") for request in tray.requests] == [None, None]


def test_observer_is_told_of_each_call(tray: ScriptedTray) -> None:
    tray.say({"elements": []})
    tray.client().connectors()
    (call,) = tray.calls
    assert (call.operation, call.attempt, call.status, call.error) == ("connectors", 1, 200, None)
    assert call.duration_ms >= 0
