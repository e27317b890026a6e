"""Details, deletion and renaming of one authentication, as the end user it belongs to."""

from __future__ import annotations

from typing import Any

import httpx
import msgspec
import pytest

from tests.api.one_user_tray import AUTH_ID, DENIED, DETAILS, RATE_LIMIT, OneUserTray, token_of
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
