"""One authentication is renamed: what is sent, and what is never told."""

from __future__ import annotations

from collections.abc import Mapping

import httpx
import msgspec
import pytest

from tests.api.one_user_tray import AUTH_ID, CREDENTIALS, DETAILS, OneUserTray, token_of
from tray_auth_desktop.errors import (
    HttpStatusError,
    NetworkError,
    UsageError,
)
from tray_auth_desktop.secrets import Secret


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
