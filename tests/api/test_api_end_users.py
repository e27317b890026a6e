"""Making, changing and deleting end users: what is sent, what is read, what is said when it goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tray_auth_desktop.errors import (
    ForbiddenError,
    GraphQLError,
    HttpStatusError,
    NetworkError,
    UnreadableReplyError,
    UsageError,
)

if TYPE_CHECKING:
    from tests.api.conftest import ScriptedTray

MASTER_TOKEN = "0123456789abcdef0123456789abcdef012345678"
USER_ID = "13b3ab9c-e222-4739-a69b-c4dd07fbbfa4"


@pytest.mark.parametrize("is_test_user", [None, True, False])
def test_an_end_user_is_made(tray: ScriptedTray, is_test_user: bool | None) -> None:
    tray.say({"data": {"createExternalUser": {"userId": USER_ID}}})
    made = tray.client().create_user("Michael Scott", "ext 1", is_test_user=is_test_user)
    assert made == USER_ID
    sent = tray.sent()
    expected: dict[str, Any] = {"name": "Michael Scott", "externalUserId": "ext 1"}
    if is_test_user is not None:
        expected["isTestUser"] = is_test_user
    assert sent["variables"] == expected
    assert ("isTestUser" in sent["query"]) is (is_test_user is not None)
    assert tray.requests[0].headers["authorization"] == f"Bearer {MASTER_TOKEN}"


@pytest.mark.parametrize(
    "made",
    [
        {"userId": USER_ID, "isTestUser": True, "clientMutationId": None},
        {"id": USER_ID},
        {"userId": None, "user": {"id": USER_ID}},
    ],
)
def test_the_id_is_found_where_it_stands(tray: ScriptedTray, made: dict[str, Any]) -> None:
    tray.say({"data": {"createExternalUser": made}})
    assert tray.client().create_user("n", "e") == USER_ID


@pytest.mark.parametrize(("name", "external"), [("", "e"), ("n", ""), (" \t", "e"), ("n", "\n")])
def test_empty_texts_are_not_sent(tray: ScriptedTray, name: str, external: str) -> None:
    with pytest.raises(UsageError, match="needs a name and an external user id") as raised:
        tray.client().create_user(name, external)
    assert raised.value.advice
    assert tray.requests == []


@pytest.mark.parametrize("text", ["half \ud83d"])
def test_half_a_character_is_not_sent(tray: ScriptedTray, text: str) -> None:
    client = tray.client()
    calls: list[Callable[[], object]] = [
        lambda: client.create_user(text, "e"),
        lambda: client.delete_user(text),
    ]
    for call in calls:
        with pytest.raises(UsageError, match="half of a character") as raised:
            call()
        assert raised.value.__context__ is None
    assert tray.requests == []


@pytest.mark.parametrize("reply", [None, {}, {"userId": ""}, {"userId": [1]}, "text"])
def test_a_reply_without_an_id_says_that_the_user_may_exist(tray: ScriptedTray, reply: object) -> None:
    tray.say({"data": {"createExternalUser": reply}})
    with pytest.raises(UnreadableReplyError) as raised:
        tray.client().create_user("n", "e")
    assert "search for the external user id" in raised.value.explanation
    assert len(tray.requests) == 1


@pytest.mark.parametrize("failure", [httpx.ReadTimeout("x"), httpx.ConnectError("x"), 502, 500])
def test_nobody_knows_whether_a_lost_mutation_was_done(
    tray: ScriptedTray, failure: httpx.RequestError | int
) -> None:
    if isinstance(failure, int):
        tray.say({"message": "x"}, failure)
    else:
        tray.say_error(failure)
    with pytest.raises((NetworkError, HttpStatusError)) as raised:
        tray.client().create_user("n", "e")
    assert "Whether the end user was made is not known" in raised.value.advice
    assert len(tray.requests) == 1


def test_an_error_beside_a_result_leaves_doubt(tray: ScriptedTray) -> None:
    tray.say({"data": {"createExternalUser": {"userId": "u"}}, "errors": [{"message": "half done"}]})
    with pytest.raises(GraphQLError, match="half done") as raised:
        tray.client().create_user("n", "e")
    assert "Whether the end user was made is not known" in raised.value.advice
    assert len(tray.requests) == 1


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_plain_no_leaves_no_doubt(tray: ScriptedTray, status: int) -> None:
    tray.say({"message": "no"}, status)
    with pytest.raises((ForbiddenError, HttpStatusError)) as raised:
        tray.client().create_user("n", "e")
    assert "not known" not in raised.value.advice


def test_an_end_user_that_is_there_already(tray: ScriptedTray) -> None:
    extensions = {"name": "PreconditionError", "code": "user_already_exists"}
    tray.say({"data": None, "errors": [{"message": "exists", "extensions": extensions}]})
    with pytest.raises(GraphQLError) as raised:
        tray.client().create_user("n", "e")
    assert raised.value.code == "user_already_exists"
    assert "choose another id" in raised.value.advice
    assert len(tray.requests) == 1


@pytest.mark.parametrize(
    "reply", [{"user": {"id": USER_ID, "isTestUser": True}}, {"user": None}, {}, None, {"user": {}}]
)
def test_an_end_user_becomes_a_test_user(tray: ScriptedTray, reply: object) -> None:
    tray.say({"data": {"updateExternalUser": reply}})
    tray.client().set_test_user(USER_ID, True)
    assert tray.sent()["variables"] == {"userId": USER_ID, "isTestUser": True}
    assert tray.requests[0].headers["authorization"] == f"Bearer {MASTER_TOKEN}"


def test_a_reply_that_does_not_speak_of_the_change(tray: ScriptedTray) -> None:
    tray.say({"data": {}})
    with pytest.raises(UnreadableReplyError) as raised:
        tray.client().set_test_user(USER_ID, False)
    assert "not known" in raised.value.advice


def test_an_end_user_is_deleted(tray: ScriptedTray) -> None:
    tray.say({"data": {"removeExternalUser": {"clientMutationId": None}}})
    tray.client().delete_user(USER_ID)
    assert tray.sent()["variables"] == {"userId": USER_ID}
    assert tray.requests[0].headers["authorization"] == f"Bearer {MASTER_TOKEN}"


def test_a_deleted_user_has_no_token_any_more(tray: ScriptedTray) -> None:
    listed: dict[str, Any] = {"data": {"viewer": {"authentications": {"edges": []}}}}
    for number in range(2):
        tray.say({"data": {"authorize": {"accessToken": f"token-{number}"}}})
        tray.say(listed)
        tray.say({"data": {"removeExternalUser": None}})
    client = tray.client()
    for number in range(2):
        client.authentications_of(USER_ID)
        assert tray.requests[-1].headers["authorization"] == f"Bearer token-{number}"
        client.delete_user(USER_ID)


@pytest.mark.parametrize("user_id", ["", " "])
def test_no_user_is_deleted_or_changed_without_an_id(tray: ScriptedTray, user_id: str) -> None:
    client = tray.client()
    calls: list[Callable[[], object]] = [
        lambda: client.delete_user(user_id),
        lambda: client.set_test_user(user_id, True),
    ]
    for call in calls:
        with pytest.raises(UsageError, match="No end user"):
            call()
    assert tray.requests == []
