"""No token and no code in any text, log or chain of exceptions, whatever the server does with them."""

from __future__ import annotations

import logging
import pickle
import traceback
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

from tray_auth_desktop.api import TrayClient
from tray_auth_desktop.api.call import Answer, Reply
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.errors import ApiError, TrayAuthError, UsageError
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tests.api.conftest import Behaviour, RawServer, ScriptedTray

MASTER_TOKEN = "0123456789abcdef0123456789abcdef012345678"
CODE = "a1b2c3d4e5" * 4


def chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def assert_clean(error: BaseException) -> None:
    for link in chain(error):
        assert not isinstance(link, httpx.HTTPError)
        for text in (str(link), repr(link), repr(link.args), repr(vars(link)), repr(pickle.dumps(str(link)))):
            assert MASTER_TOKEN not in text
            assert CODE not in text
    assert MASTER_TOKEN not in "".join(traceback.format_exception(error))


ECHOES: list[tuple[int, object]] = [
    (401, {"message": f"Bad token: Bearer {MASTER_TOKEN}"}),
    (403, {"message": MASTER_TOKEN}),
    (500, {"message": f"header Authorization={MASTER_TOKEN}"}),
    (
        200,
        {
            "errors": [
                {"message": f"no {MASTER_TOKEN}", "extensions": {"name": MASTER_TOKEN, "code": MASTER_TOKEN}}
            ]
        },
    ),
    (200, {"errors": [f"rate limit for {MASTER_TOKEN}"]}),
    (200, {"data": {MASTER_TOKEN: 1}}),
    (200, {"data": {"generateAuthorizationCode": {"authorizationCode": [CODE]}}}),
    (200, {"data": {"generateAuthorizationCode": CODE}}),
]


@pytest.mark.parametrize(("status", "payload"), ECHOES)
def test_echoed_tokens_are_masked(tray: ScriptedTray, status: int, payload: object) -> None:
    tray.say(payload, status)
    with pytest.raises(ApiError) as raised:
        tray.client().generate_authorization_code("u")
    assert_clean(raised.value)


def test_tokens_of_another_form_are_masked_too(tray: ScriptedTray) -> None:
    token = "tray-Token.With~Marks"
    tray.say({"message": f"no: {token}"}, 500)
    with pytest.raises(ApiError) as raised:
        tray.client().authentications(Secret(token))
    assert token not in str(raised.value)
    assert "no: •••" in str(raised.value)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (f"<title>{MASTER_TOKEN}</title>", {"content-type": "text/html"}),
        (f"plain {MASTER_TOKEN} {CODE}", {"content-type": f"text/{MASTER_TOKEN}"}),
        (f'{{"data": {{"generateAuthorizationCode": {{"authorizationCode": "{CODE}"', {}),
        (f'{{"a": "{CODE}\\ud800"}} trailing', {}),
    ],
)
def test_bodies_are_not_quoted(tray: ScriptedTray, body: str, headers: dict[str, str]) -> None:
    tray.say_bytes(body.encode(), headers=headers)
    with pytest.raises(ApiError) as raised:
        tray.client().generate_authorization_code("u")
    assert_clean(raised.value)


def test_a_redirect_does_not_tell_more_than_a_host(tray: ScriptedTray) -> None:
    tray.say_bytes(b"", 302, {"location": f"https://u:{MASTER_TOKEN}@{MASTER_TOKEN}.example/{CODE}?c={CODE}"})
    with pytest.raises(ApiError) as raised:
        tray.client().generate_authorization_code("u")
    assert_clean(raised.value)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("x"),
        httpx.ReadTimeout("x"),
        httpx.RemoteProtocolError("x"),
        httpx.ProxyError("x"),
        httpx.LocalProtocolError(f"Illegal header value b'Bearer {MASTER_TOKEN}'"),
        httpx.InvalidURL(MASTER_TOKEN),
        httpx.TooManyRedirects("x"),
    ],
)
def test_failures_of_the_connection_carry_no_request(tray: ScriptedTray, error: Exception) -> None:
    tray.say_error(error)
    with pytest.raises(TrayAuthError) as raised:
        tray.client().connectors()
    assert_clean(raised.value)
    assert list(chain(raised.value)) == [raised.value]


def test_nothing_is_logged_at_any_level(
    raw_server: Callable[[Behaviour], RawServer],
    client_of: Callable[..., TrayClient],
    caplog: pytest.LogCaptureFixture,
) -> None:
    body = f'{{"data": {{"generateAuthorizationCode": {{"authorizationCode": "{CODE}"}}}}}}'.encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
    server = raw_server(lambda connection, _stop: connection.sendall(head + body))
    with caplog.at_level(logging.DEBUG):
        client = client_of(server.url)
        assert client.generate_authorization_code("u").reveal() == CODE
    assert MASTER_TOKEN not in caplog.text
    assert CODE not in caplog.text


def test_nothing_is_shown_by_repr(tray: ScriptedTray) -> None:
    tray.say({"data": {"authorize": {"accessToken": CODE}}})
    client = tray.client()
    token = client.authorize("u")
    shown = [client, token, vars(client), Reply(200, "", CODE.encode(), CODE), Answer(200, CODE), tray.calls]
    assert CODE not in repr(shown)
    assert MASTER_TOKEN not in repr(shown)


def test_a_master_token_that_cannot_be_sent_is_not_shown() -> None:
    hosts = Hosts("https://t.example/graphql", "https://a.example", "https://d.example")
    with pytest.raises(UsageError, match="master token") as raised:
        TrayClient(hosts, Secret(f"{MASTER_TOKEN}\n"))
    assert_clean(raised.value)
