"""Details, deletion and renaming of one authentication, as the end user it belongs to."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import msgspec
import pytest

from tray_auth_desktop.api import RetryPolicy, TrayClient
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.errors import (
    ForbiddenError,
    GraphQLError,
    HttpStatusError,
    NetworkError,
    RateLimitedError,
    UnauthorizedError,
    UnreadableReplyError,
    UsageError,
)
from tray_auth_desktop.secrets import Secret

AUTH_ID = "569adf96-3c05-40a6-b565-07e829d2c56d"
DETAILS = {
    "id": AUTH_ID,
    "name": "Slack of Michael",
    "serviceEnvironmentId": "973b1afa-aa13-42c7-86c3-3964f44c53dd",
    "scopes": ["channels:read", {"scope": "chat:write"}, "channels:read"],
    "onPremAgentGroupId": "group",
    "later": {"kept": True},
}
DENIED = {
    "data": None,
    "errors": [{"message": "no", "extensions": {"name": "PreconditionError", "code": "access_not_allowed"}}],
}
RATE_LIMIT = {"errors": [{"message": "Rate limit exceeded", "extensions": {"code": "access_not_allowed"}}]}
CREDENTIALS = '{"access_token": "xoxb-very-secret", "pin": 123456, "key": "line one\\nline two"}'


@dataclass
class OneUserTray:
    """Makes user tokens; answers everything else as it is told to."""

    answer: Any = field(default_factory=lambda: (200, DETAILS))
    refused: set[str] = field(default_factory=set)
    refusal: tuple[int, object] = (401, {"message": "The request is unauthorized"})
    asked: list[httpx.Request] = field(default_factory=list)
    made: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def client(self) -> TrayClient:
        hosts = Hosts("https://t.example/graphql", "https://a.example", "https://d.example")
        return TrayClient(
            hosts,
            Secret("master"),
            transport=httpx.MockTransport(self.reply),
            retry=RetryPolicy(base_s=0),
        )

    def reply(self, request: httpx.Request) -> httpx.Response:
        if b"authorize" in request.content:
            with self.lock:
                self.made += 1
            return httpx.Response(200, json={"data": {"authorize": {"accessToken": f"token-{self.made}"}}})
        self.asked.append(request)
        if token_of(request) in self.refused:
            return httpx.Response(self.refusal[0], json=self.refusal[1])
        answer = self.answer(request) if callable(self.answer) else self.answer
        if isinstance(answer, Exception):
            raise answer
        status, payload = answer
        content = payload if isinstance(payload, bytes) else msgspec.json.encode(payload)
        return httpx.Response(status, content=content)


def token_of(request: httpx.Request) -> str:
    return request.headers["authorization"].removeprefix("Bearer ")


def test_details_are_read_as_the_end_user() -> None:
    tray = OneUserTray()
    details = tray.client().authentication_details("u", AUTH_ID)
    assert details.auth_id == AUTH_ID
    assert details.name == "Slack of Michael"
    assert details.service_environment_id == DETAILS["serviceEnvironmentId"]
    assert details.scopes == ("channels:read", "chat:write")
    assert details.on_prem_agent_group_id == "group"
    assert details.raw == DETAILS
    (asked,) = tray.asked
    assert (asked.method, str(asked.url)) == (
        "GET",
        f"https://a.example/core/v1/authentications/{AUTH_ID}",
    )
    assert token_of(asked) == "token-1"


@pytest.mark.parametrize("reply", [{}, {"id": None, "scopes": None, "name": None}, {"scopes": 5}])
def test_details_may_be_few(reply: dict[str, object]) -> None:
    details = OneUserTray((200, reply)).client().authentication_details("u", AUTH_ID)
    assert (details.auth_id, details.name, details.scopes) == (AUTH_ID, "", ())
    assert details.raw == reply


@pytest.mark.parametrize("reply", [[], "text", None, 5])
def test_details_that_are_no_object(reply: object) -> None:
    with pytest.raises(UnreadableReplyError, match="no object"):
        OneUserTray((200, reply)).client().authentication_details("u", AUTH_ID)


def test_credentials_that_should_not_be_there_are_masked() -> None:
    tray = OneUserTray((200, {**DETAILS, "credentials": {"accessToken": "xoxb"}}))
    assert "xoxb" not in repr(tray.client().authentication_details("u", AUTH_ID))


def test_details_that_are_not_there() -> None:
    tray = OneUserTray((404, {"message": "Not found"}))
    with pytest.raises(HttpStatusError, match="was not found, or is not accessible") as raised:
        tray.client().authentication_details("u", AUTH_ID)
    assert raised.value.status == 404
    assert AUTH_ID in str(raised.value)
    assert raised.value.advice
    assert len(tray.asked) == 1


@pytest.mark.parametrize("auth_id", ["", " ", ".", ".."])
def test_an_id_that_cannot_stand_in_an_address(auth_id: str) -> None:
    tray = OneUserTray()
    with pytest.raises(UsageError):
        tray.client().authentication_details("u", auth_id)
    with pytest.raises(UsageError):
        tray.client().rename_authentication("u", auth_id, "n", Secret("{}"))
    assert tray.asked == []


def test_an_id_is_encoded() -> None:
    tray = OneUserTray()
    tray.client().authentication_details("u", "a/b?c=d")
    assert tray.asked[0].url.raw_path == b"/core/v1/authentications/a%2Fb%3Fc%3Dd"


def test_deletion_is_the_documented_mutation() -> None:
    tray = OneUserTray((200, {"data": {"removeAuthentication": {"clientMutationId": None}}}))
    tray.client().delete_authentication("u", AUTH_ID)
    (asked,) = tray.asked
    sent = msgspec.json.decode(asked.content, type=dict[str, Any])
    assert sent["variables"] == {"authenticationId": AUTH_ID}
    assert "removeAuthentication(input: { authenticationId: $authenticationId })" in sent["query"]
    assert token_of(asked) == "token-1"


def test_nothing_is_deleted_without_an_id() -> None:
    tray = OneUserTray()
    with pytest.raises(UsageError, match="No authentication"):
        tray.client().delete_authentication("u", " ")
    assert tray.asked == []


@pytest.mark.parametrize(
    ("refusal", "kind"),
    [
        ((401, {"message": "Unauthorized"}), UnauthorizedError),
        ((403, {"message": "explicit deny"}), ForbiddenError),
        ((200, DENIED), ForbiddenError),
        ((200, {"data": {"removeAuthentication": None}, "errors": DENIED["errors"]}), ForbiddenError),
        ((200, {"errors": [{"message": "Token expired", "extensions": {}}]}), ForbiddenError),
        (
            (200, {"errors": [{"message": "jwt", "extensions": {"name": "UnauthorizedError"}}]}),
            ForbiddenError,
        ),
    ],
)
def test_a_kept_token_that_is_refused_is_replaced_once(
    refusal: tuple[int, object], kind: type[Exception]
) -> None:
    tray = OneUserTray((200, {"data": {"removeAuthentication": {}}}), refusal=refusal)
    client = tray.client()
    client.delete_authentication("u", "first")
    tray.refused = {"token-1"}
    client.delete_authentication("u", "second")
    assert [token_of(asked) for asked in tray.asked] == ["token-1", "token-1", "token-2"]
    tray.refused = {"token-2", "token-3"}
    with pytest.raises(kind):
        client.delete_authentication("u", "third")
    assert [token_of(asked) for asked in tray.asked][3:] == ["token-2", "token-3"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((200, RATE_LIMIT), RateLimitedError),
        ((429, {}), RateLimitedError),
        ((500, {"message": "x"}), HttpStatusError),
        ((200, b"<html>"), UnreadableReplyError),
        ((200, {"data": {}}), UnreadableReplyError),
        (httpx.ReadTimeout("x"), NetworkError),
        (httpx.ConnectError("x"), NetworkError),
        (
            (200, {"errors": [{"message": "x", "extensions": {"code": "resource_does_not_exist"}}]}),
            GraphQLError,
        ),
        (
            (200, {"data": {"removeAuthentication": {"clientMutationId": None}}, "errors": DENIED["errors"]}),
            GraphQLError,
        ),
    ],
)
def test_a_deletion_that_may_have_been_done_is_not_repeated(answer: Any, kind: type[Exception]) -> None:
    tray = OneUserTray((200, {"data": {"removeAuthentication": {}}}))
    client = tray.client()
    client.delete_authentication("u", "first")
    tray.answer = answer
    with pytest.raises(kind):
        client.delete_authentication("u", "second")
    assert len(tray.asked) == 2
    assert tray.made == 1


def renaming(details: Mapping[str, object]) -> OneUserTray:
    """Return a Tray that knows an authentication and lets it be renamed."""
    return OneUserTray(lambda request: (200, details) if request.method == "GET" else (200, {"id": AUTH_ID}))


def test_a_name_is_sent_with_the_credentials_and_the_scopes_there_are() -> None:
    tray = renaming(DETAILS)
    tray.client().rename_authentication("u", AUTH_ID, "New name", Secret(CREDENTIALS))
    sent = tray.asked[-1]
    assert (sent.method, str(sent.url)) == ("PUT", f"https://a.example/core/v1/authentications/{AUTH_ID}")
    assert sent.headers["content-type"] == "application/json"
    assert msgspec.json.decode(sent.content) == {
        "name": "New name",
        "credentials": {"access_token": "xoxb-very-secret", "pin": 123456, "key": "line one\nline two"},
        "scopes": ["channels:read", "chat:write"],
        "onPremAgentGroupId": "group",
    }


def test_what_tray_did_not_tell_is_not_sent() -> None:
    tray = renaming({"id": AUTH_ID, "name": "old", "scopes": []})
    tray.client().rename_authentication("u", AUTH_ID, "n", Secret("{}"))
    assert msgspec.json.decode(tray.asked[-1].content) == {"name": "n", "credentials": {}}


def test_renaming_may_be_answered_without_a_word() -> None:
    tray = OneUserTray(lambda request: (200, DETAILS) if request.method == "GET" else (204, b""))
    tray.client().rename_authentication("u", AUTH_ID, "n", Secret("{}"))
    assert [request.method for request in tray.asked] == ["GET", "PUT"]


@pytest.mark.parametrize("credentials", ["", "xoxb-very-secret", '["xoxb-very-secret"]', '{"a": xoxb', "5"])
def test_credentials_that_are_no_object_are_not_sent_and_not_shown(credentials: str) -> None:
    tray = renaming(DETAILS)
    with pytest.raises(UsageError, match="no JSON object") as raised:
        tray.client().rename_authentication("u", AUTH_ID, "n", Secret(credentials))
    assert "xoxb" not in raised.value.explanation
    assert raised.value.__context__ is None
    assert tray.asked == []


def test_a_name_must_not_be_empty() -> None:
    tray = renaming(DETAILS)
    with pytest.raises(UsageError, match="name is empty"):
        tray.client().rename_authentication("u", AUTH_ID, " ", Secret("{}"))
    assert tray.asked == []


@pytest.mark.parametrize(
    "echo",
    [
        "bad xoxb-very-secret",
        f"Invalid value for: body ({CREDENTIALS})",
        "key line one\nline two is odd",
        "pin=123456",
    ],
)
def test_credentials_that_come_back_are_masked(echo: str) -> None:
    tray = OneUserTray(
        lambda request: (200, DETAILS) if request.method == "GET" else (400, {"message": echo})
    )
    with pytest.raises(HttpStatusError) as raised:
        tray.client().rename_authentication("u", AUTH_ID, "n", Secret(CREDENTIALS))
    for secret in ("xoxb-very-secret", "line one", "line two", "123456"):
        assert secret not in raised.value.explanation
    assert "•••" in str(raised.value)


def test_a_lost_renaming_is_not_repeated() -> None:
    tray = OneUserTray(lambda request: (200, DETAILS) if request.method == "GET" else httpx.ReadTimeout("x"))
    with pytest.raises(NetworkError, match="update authentication") as raised:
        tray.client().rename_authentication("u", AUTH_ID, "n", Secret("{}"))
    assert "Whether the authentication was renamed is not known" in raised.value.advice
    assert [request.method for request in tray.asked] == ["GET", "PUT"]


def test_a_refused_token_is_replaced_for_details_and_renaming() -> None:
    tray = renaming(DETAILS)
    client = tray.client()
    client.authentication_details("u", AUTH_ID)
    tray.refused = {"token-1"}
    assert client.authentication_details("u", AUTH_ID).name == "Slack of Michael"
    tray.refused = {"token-2"}
    client.rename_authentication("u", AUTH_ID, "n", Secret("{}"))
    assert token_of(tray.asked[-1]) == "token-3"
    assert tray.made == 3
