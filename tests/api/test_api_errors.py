"""Which reply becomes which error, and what it tells a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from tray_auth_desktop.errors import (
    ApiError,
    ForbiddenError,
    GraphQLError,
    HttpStatusError,
    RateLimitedError,
    UnauthorizedError,
    UnreadableReplyError,
    UsageError,
)
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tests.api.conftest import ScriptedTray

JSON = {"content-type": "application/json"}
HTML = {"content-type": "text/html; charset=utf-8"}
DENY = {"message": "User is not authorized to access this resource with an explicit deny"}


def graphql(message: Any, **extensions: object) -> dict[str, object]:
    return {"data": None, "errors": [{"message": message, "path": ["users"], "extensions": extensions}]}


RATE_LIMIT = graphql("Rate limit exceeded", name="PreconditionError", code="access_not_allowed")

#: status, JSON body, error of a GraphQL operation, text its message must hold
GRAPHQL_ERRORS: list[tuple[int, object, type[ApiError], str]] = [
    (401, {"message": "Unauthorized"}, UnauthorizedError, "Unauthorized"),
    (401, graphql("who are you"), UnauthorizedError, "who are you"),
    (401, {}, UnauthorizedError, "master token"),
    (403, DENY, ForbiddenError, "explicit deny"),
    (403, RATE_LIMIT, RateLimitedError, "Rate limit exceeded"),
    (403, {"message": "RATE LIMIT reached"}, RateLimitedError, "RATE LIMIT reached"),
    (429, {"message": "slow down"}, RateLimitedError, "slow down"),
    (429, {}, RateLimitedError, "too many requests"),
    (200, RATE_LIMIT, RateLimitedError, "Rate limit exceeded"),
    (200, graphql("rate limit exceeded"), RateLimitedError, "rate limit"),
    (200, {"data": {"users": {"edges": []}}, "errors": RATE_LIMIT["errors"]}, RateLimitedError, "Rate"),
    (400, RATE_LIMIT, RateLimitedError, "Rate limit exceeded"),
    (200, graphql("no", name="PreconditionError", code="access_not_allowed"), ForbiddenError, "no"),
    (200, graphql("Unauthorized"), ForbiddenError, "Unauthorized"),
    (200, graphql("no", name="UnauthenticatedError", code="UNAUTHENTICATED"), ForbiddenError, "no"),
    (200, graphql("x", name="Unauthorized"), ForbiddenError, "x"),
    (
        200,
        graphql("no such user", name="PreconditionError", code="user_does_not_exist"),
        GraphQLError,
        "no such",
    ),
    (200, graphql("not authorised yet", code="user_does_not_exist"), GraphQLError, "user_does_not_exist"),
    (200, {"errors": [{"message": "a"}, {"message": "b"}]}, GraphQLError, "a; b"),
    (200, {"data": {"users": {"edges": []}}, "errors": [{"message": "partly"}]}, GraphQLError, "partly"),
    (200, {"errors": ["only text"]}, GraphQLError, "only text"),
    (200, {"errors": {"message": "no list"}}, GraphQLError, "no list"),
    (200, {"errors": "text alone"}, GraphQLError, "text alone"),
    (200, {"errors": [{"extensions": None, "path": "x"}]}, GraphQLError, "no message"),
    (200, {"errors": [{"message": {"odd": 1}}]}, GraphQLError, "no message"),
    (404, graphql("gone", name="PreconditionError"), GraphQLError, "gone"),
    (500, graphql("broke", name="InternalError", errorId="d3e9899adc"), GraphQLError, "broke"),
    (
        500,
        {"message": "Internal server error"},
        HttpStatusError,
        "500 (Internal Server Error): Internal server error",
    ),
    (404, {"message": "not here", "code": None}, HttpStatusError, "not here"),
    (418, [], HttpStatusError, "418"),
    (599, {}, HttpStatusError, "status 599."),
    (404, {"error": "no route"}, HttpStatusError, "no route"),
]


@pytest.mark.parametrize(("status", "payload", "kind", "text"), GRAPHQL_ERRORS)
def test_graphql_errors(
    tray: ScriptedTray, status: int, payload: object, kind: type[ApiError], text: str
) -> None:
    tray.say(payload, status)
    with pytest.raises(ApiError) as raised:
        tray.client().authorize("u")
    assert type(raised.value) is kind
    assert text in str(raised.value)
    assert "authorize" in str(raised.value)
    assert raised.value.operation == "authorize"
    assert raised.value.advice
    if kind is not GraphQLError:
        assert "tray.example" in str(raised.value)


REST_ERRORS: list[tuple[int, object, type[ApiError], str]] = [
    (401, {"message": "The request is unauthorized"}, UnauthorizedError, "The request is unauthorized"),
    (401, {"message": "x", "code": "y"}, UnauthorizedError, "x"),
    (403, {"message": "The request is forbidden"}, ForbiddenError, "The request is forbidden"),
    (429, {"message": "Too many"}, RateLimitedError, "Too many"),
    (400, {"message": "Rate Limit"}, RateLimitedError, "Rate Limit"),
    (400, {"message": "Invalid value for: body", "code": None}, HttpStatusError, "Invalid value for: body"),
    (404, {"message": "Not found"}, HttpStatusError, "404 (Not Found): Not found"),
    (200, {"errors": [{"message": "gateway"}]}, GraphQLError, "gateway"),
]


@pytest.mark.parametrize(("status", "payload", "kind", "text"), REST_ERRORS)
def test_rest_errors(
    tray: ScriptedTray, status: int, payload: object, kind: type[ApiError], text: str
) -> None:
    tray.say(payload, status)
    with pytest.raises(ApiError) as raised:
        tray.client().connectors()
    assert type(raised.value) is kind
    assert text in str(raised.value)
    if kind is not GraphQLError:
        assert "api.tray.example" in str(raised.value)


def test_a_message_in_a_good_rest_reply_is_no_error(tray: ScriptedTray) -> None:
    tray.say({"elements": [{"name": "a", "version": "1"}], "message": "rate limit exceeded"})
    assert len(tray.client().connectors()) == 1


def test_graphql_error_keeps_all_the_server_said(tray: ScriptedTray) -> None:
    errors = [
        {"message": "first", "extensions": {"name": "PreconditionError"}},
        {
            "message": "second",
            "path": ["viewer", "edges", 3],
            "extensions": {"code": "resource_does_not_exist", "time_thrown": "2023-06-29T14:55:54.518Z"},
        },
    ]
    tray.say({"errors": errors})
    with pytest.raises(GraphQLError) as raised:
        tray.client().authorize("u")
    error = raised.value
    assert error.messages == ("first", "second")
    assert (error.name, error.code) == ("PreconditionError", "resource_does_not_exist")
    assert error.path == ("viewer", "edges", 3)


def test_which_token_was_refused_is_said(tray: ScriptedTray) -> None:
    tray.say(DENY, 403)
    client = tray.client()
    with pytest.raises(ForbiddenError, match="the master token"):
        client.users()
    with pytest.raises(ForbiddenError, match="the user token") as raised:
        client.authentications(Secret("abcdef"))
    assert "2 days" in raised.value.advice


#: status, headers, body, error, text its message must hold
NOT_JSON: list[tuple[int, dict[str, str], bytes, type[ApiError], str]] = [
    (
        200,
        HTML,
        b"<!DOCTYPE html><title>Sign in &amp; go</title>",
        UnreadableReplyError,
        "HTML page “Sign in & go”",
    ),
    (
        200,
        HTML,
        b"<html><body>hi",
        UnreadableReplyError,
        "an HTML page instead of JSON (status 200, text/html",
    ),
    (200, JSON, b"<h1>busy</h1>", UnreadableReplyError, "an HTML page"),
    (200, JSON, b"<?xml version='1.0'?><a/>", UnreadableReplyError, "XML"),
    (200, JSON, b"", UnreadableReplyError, "an empty body"),
    (200, {}, b"", UnreadableReplyError, "no content type"),
    (204, {}, b"", UnreadableReplyError, "status 204"),
    (200, JSON, b'{"data": {"authorize": {"acc', UnreadableReplyError, "cut off"),
    (200, {"content-type": "text/plain"}, b"OK", UnreadableReplyError, "text that is not JSON"),
    (200, JSON, b"[" * 100_000, UnreadableReplyError, "cut off or broken"),
    (200, JSON, b'["\\ud800", ' + b"[" * 100_000, UnreadableReplyError, "cut off or broken"),
    (200, JSON, b"[" * 100_000 + b"]" * 100_000, UnreadableReplyError, "cut off or broken"),
    (200, JSON, b'{"data": ' + b"1" * 5_000 + b"}", UnreadableReplyError, "cut off or broken"),
    (200, JSON | {"content-encoding": "gzip"}, b"not gzip", UnreadableReplyError, "decompressed"),
    (401, HTML, b"<title>Login</title>", UnauthorizedError, "master token"),
    (403, HTML, b"<title>Blocked</title>", ForbiddenError, "master token"),
    (429, HTML, b"<title>Slow</title>", RateLimitedError, "too many requests"),
    (
        502,
        HTML,
        b"<html><head><title>502 Bad\nGateway</title>",
        HttpStatusError,
        "HTML page “502 Bad Gateway”",
    ),
    (503, {}, b"", HttpStatusError, "503 (Service Unavailable)"),
    (500, {"content-type": "text/plain"}, b"oops", HttpStatusError, "500 (Internal Server Error)."),
]


@pytest.mark.parametrize(("status", "headers", "body", "kind", "text"), NOT_JSON)
def test_bodies_that_are_no_json(
    tray: ScriptedTray, status: int, headers: dict[str, str], body: bytes, kind: type[ApiError], text: str
) -> None:
    tray.say_bytes(body, status, headers)
    with pytest.raises(ApiError) as raised:
        tray.client().authorize("u")
    assert type(raised.value) is kind
    assert text in str(raised.value)
    assert "authorize" in str(raised.value)


def test_a_502_is_an_http_status_error_after_all_tries(tray: ScriptedTray) -> None:
    tray.say_bytes(b"<title>502 Bad Gateway</title>", 502, HTML)
    with pytest.raises(HttpStatusError, match="502 Bad Gateway") as raised:
        tray.client().connectors()
    assert raised.value.status == 502
    assert [call.attempt for call in tray.calls] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("status", "location", "text"),
    [
        (301, "https://tray.ai/graphql?code=abc", r"redirect \(301\) to tray\.ai;"),
        (302, "https://tray.ai:8443/x", r"to tray\.ai:8443;"),
        (307, "/login?state=abc", r"to another address of tray\.example;"),
        (308, "", "to nowhere;"),
        (308, "https://[broken", "to an unreadable address;"),
        (304, None, "to nowhere;"),
    ],
)
def test_redirects_are_not_followed(tray: ScriptedTray, status: int, location: str | None, text: str) -> None:
    tray.say_bytes(b"", status, {} if location is None else {"location": location})
    with pytest.raises(HttpStatusError, match=text) as raised:
        tray.client().authorize("u")
    assert "redirects are not followed" in str(raised.value)
    assert "abc" not in raised.value.explanation
    assert raised.value.status == status
    assert len(tray.requests) == 1


def test_server_text_is_shortened_and_on_one_line(tray: ScriptedTray) -> None:
    tray.say({"message": "line one\n\x1b[31mline two\x00 " + "long " * 1000}, 500)
    with pytest.raises(HttpStatusError) as raised:
        tray.client().authorize("u")
    assert "line one [31mline two long" in str(raised.value)
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 450


def test_a_body_beyond_the_limit_is_unreadable(tray: ScriptedTray) -> None:
    payload = {"elements": [{"name": "n" * 1000, "version": "1"}]}
    tray.say(payload)
    size = len(msgspec.json.encode(payload))
    assert len(tray.client(body_limit=size).connectors()) == 1
    with pytest.raises(UnreadableReplyError, match="more than"):
        tray.client(body_limit=size - 1).connectors()


@pytest.mark.parametrize("token", ["", " ", "two words", "né", "line\n", "tab\t"])
def test_tokens_that_cannot_be_sent_are_refused_unseen(tray: ScriptedTray, token: str) -> None:
    with pytest.raises(UsageError) as raised:
        tray.client().authentications(Secret(token))
    assert not token.strip() or token not in raised.value.explanation
    assert tray.requests == []
