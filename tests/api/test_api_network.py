"""Servers that break off, hang, drip or are not there: real sockets, real httpx."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.api.closed_call import ClosedCall
from tray_auth_desktop.api import ApiCall, RetryPolicy, Timeouts, TrayClient
from tray_auth_desktop.errors import (
    ApiTimeoutError,
    HttpStatusError,
    NetworkError,
    TrayAuthError,
    UnreadableReplyError,
)

if TYPE_CHECKING:
    from tests.api.conftest import Behaviour, RawServer

Serve = Callable[["Behaviour"], "RawServer"]
MakeClient = Callable[..., TrayClient]
BODY = b'{"elements": [{"name": "slack", "version": "1.0"}]}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
#: A limit that a hanging server must not be able to stretch, and what a loaded machine may add to it.
LIMIT_S, SLACK_S = 0.4, 5.0
SHORT = Timeouts(overall_s=LIMIT_S)
AT_ONCE = RetryPolicy(base_s=0.0)


def sized(body: bytes, size: int | None = None) -> bytes:
    return HEAD + f"Content-Length: {len(body) if size is None else size}\r\n\r\n".encode() + body


def reset(connection: socket.socket) -> None:
    """Close with RST instead of FIN."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def hang(_connection: socket.socket, stop: threading.Event) -> None:
    stop.wait(30)


def stall(connection: socket.socket, stop: threading.Event) -> None:
    connection.sendall(sized(b"[", 1_000_000))
    hang(connection, stop)


def drip(connection: socket.socket, stop: threading.Event, start: bytes, unit: bytes) -> None:
    connection.sendall(start)
    while not stop.wait(0.01):
        connection.sendall(unit)


def test_a_good_reply_arrives(raw_server: Serve, client_of: MakeClient) -> None:
    server = raw_server(lambda connection, _stop: connection.sendall(sized(BODY)))
    assert len(client_of(server.url).connectors()) == 1


def test_a_body_without_length_ends_with_its_connection(raw_server: Serve, client_of: MakeClient) -> None:
    server = raw_server(lambda connection, _stop: connection.sendall(HEAD + b"\r\n" + BODY))
    assert len(client_of(server.url).connectors()) == 1


def test_nobody_listens(client_of: MakeClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NetworkError, match=rf"127\.0\.0\.1:{port}.*connectors.*refused") as raised:
        client_of(f"http://127.0.0.1:{port}").connectors()
    assert raised.value.advice


def test_a_name_that_does_not_exist(client_of: MakeClient) -> None:
    with pytest.raises(NetworkError, match=r"nowhere\.invalid.*name was not found"):
        client_of("https://nowhere.invalid").connectors()


BREAKS: list[tuple[str, Behaviour, type[TrayAuthError], str]] = [
    ("hangs up", lambda connection, _stop: connection.close(), NetworkError, "hung up"),
    ("reset", lambda connection, _stop: reset(connection), NetworkError, "broke off"),
    ("half a head", lambda connection, _stop: connection.sendall(b"HTTP/1.1 200 O"), NetworkError, "hung up"),
    ("no HTTP", lambda connection, _stop: connection.sendall(b"SSH-2.0-x\r\n\r\n"), NetworkError, "HTTP"),
    (
        "half a body",
        lambda connection, _stop: connection.sendall(sized(BODY[:20], len(BODY))),
        UnreadableReplyError,
        "half a body",
    ),
    (
        "half a chunk",
        lambda connection, _stop: connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n33\r\n{"),
        UnreadableReplyError,
        "half a body",
    ),
    (
        "half JSON",
        lambda connection, _stop: connection.sendall(sized(BODY[:20])),
        UnreadableReplyError,
        "cut off",
    ),
    (
        "HTML",
        lambda connection, _stop: connection.sendall(sized(b"<html><title>Portal</title></html>")),
        UnreadableReplyError,
        "Portal",
    ),
]


@pytest.mark.parametrize(
    ("behaviour", "kind", "text"), [case[1:] for case in BREAKS], ids=[c[0] for c in BREAKS]
)
def test_broken_replies(
    raw_server: Serve, client_of: MakeClient, behaviour: Behaviour, kind: type[TrayAuthError], text: str
) -> None:
    server = raw_server(behaviour)
    with pytest.raises(TrayAuthError, match=text) as raised:
        client_of(server.url).connectors()
    assert type(raised.value) is kind
    assert f"127.0.0.1:{server.port}" in str(raised.value)


@pytest.mark.parametrize("end", [reset, socket.socket.close], ids=["reset", "half a body"])
def test_a_read_survives_broken_connections(
    raw_server: Serve, client_of: MakeClient, end: Callable[[socket.socket], None]
) -> None:
    def behave(connection: socket.socket, _stop: threading.Event) -> None:
        is_good = server.connections > 2
        connection.sendall(sized(BODY if is_good else BODY[:9], len(BODY)))
        if not is_good:
            end(connection)

    server = raw_server(behave)
    assert len(client_of(server.url, retry=AT_ONCE).connectors()) == 1
    assert server.connections == 3


def test_a_mutation_is_sent_once(raw_server: Serve, client_of: MakeClient) -> None:
    server = raw_server(lambda connection, _stop: reset(connection))
    with pytest.raises(NetworkError):
        client_of(server.url, retry=AT_ONCE).authorize("u")
    assert server.connections == 1


def test_a_redirect_is_not_followed(raw_server: Serve, client_of: MakeClient) -> None:
    target = raw_server(lambda connection, _stop: connection.sendall(sized(BODY)))
    head = f"HTTP/1.1 307 Go\r\nLocation: {target.url}/x?secret=1\r\nContent-Length: 0\r\n\r\n".encode()
    server = raw_server(lambda connection, _stop: connection.sendall(head))
    with pytest.raises(HttpStatusError, match=rf"to 127\.0\.0\.1:{target.port};") as raised:
        client_of(server.url).authorize("u")
    assert raised.value.status == 307
    assert target.connections == 0


HANGS: list[tuple[str, Behaviour]] = [
    ("says nothing", hang),
    ("drips its head", lambda c, stop: drip(c, stop, b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x")),
    ("drips headers", lambda c, stop: drip(c, stop, b"HTTP/1.1 200 OK\r\n", b"X: y\r\n")),
    ("drips its body", lambda c, stop: drip(c, stop, sized(b"[", 1_000_000), b" ")),
    ("stops in its body", stall),
]


@pytest.mark.parametrize("behaviour", [case[1] for case in HANGS], ids=[case[0] for case in HANGS])
def test_the_overall_limit_holds(raw_server: Serve, client_of: MakeClient, behaviour: Behaviour) -> None:
    server = raw_server(behaviour)
    client = client_of(server.url, timeouts=SHORT, retry=AT_ONCE)
    start = time.monotonic()
    with pytest.raises(ApiTimeoutError, match=r"did not complete connectors within 0\.4 s"):
        client.connectors()
    assert LIMIT_S <= time.monotonic() - start < LIMIT_S + SLACK_S
    assert server.connections == 1


def test_a_body_that_nobody_waits_for_is_not_read_on(raw_server: Serve, client_of: MakeClient) -> None:
    others = set(threading.enumerate())
    server = raw_server(lambda c, stop: drip(c, stop, sized(b"[", 1_000_000), b" "))
    with pytest.raises(ApiTimeoutError):
        client_of(server.url, timeouts=SHORT).connectors()
    wait_for_threads_of_the_client(others)


def test_the_overall_limit_holds_for_all_tries_together(raw_server: Serve, client_of: MakeClient) -> None:
    def behave(connection: socket.socket, stop: threading.Event) -> None:
        stop.wait(0.15)
        reset(connection)

    server = raw_server(behave)
    start = time.monotonic()
    with pytest.raises(NetworkError):
        client_of(server.url, timeouts=SHORT, retry=RetryPolicy(max_tries=1000, base_s=0)).connectors()
    assert time.monotonic() - start < LIMIT_S + SLACK_S
    assert 1 < server.connections <= 4


def test_silence_has_a_limit_of_its_own(raw_server: Serve, client_of: MakeClient) -> None:
    server = raw_server(hang)
    calls: list[ApiCall] = []
    client = client_of(server.url, timeouts=Timeouts(read_s=0.2), retry=AT_ONCE, observer=calls.append)
    with pytest.raises(ApiTimeoutError, match=r"nothing came for 0\.2 s"):
        client.connectors()
    assert [(call.attempt, call.error) for call in calls] == [(1, "ApiTimeoutError")]
    assert calls[0].duration_ms >= 200


@pytest.mark.parametrize("behaviour", [case[1] for case in HANGS], ids=[case[0] for case in HANGS])
def test_close_ends_calls_under_way(raw_server: Serve, client_of: MakeClient, behaviour: Behaviour) -> None:
    asked = threading.Event()

    def behave(connection: socket.socket, stop: threading.Event) -> None:
        asked.set()
        behaviour(connection, stop)

    others = set(threading.enumerate())
    client = client_of(raw_server(behave).url)
    call = ClosedCall(client)
    assert asked.wait(10)
    start = time.monotonic()
    client.close()
    call.thread.join(10)
    assert call.failures
    assert time.monotonic() - start < SLACK_S
    wait_for_threads_of_the_client(others)


def test_calls_from_many_threads_do_not_mix(raw_server: Serve, client_of: MakeClient) -> None:
    paths: list[bytes] = []

    def behave(connection: socket.socket, _stop: threading.Event) -> None:
        connection.sendall(sized(BODY))

    client = client_of(raw_server(behave).url)

    def work() -> None:
        for _ in range(5):
            paths.extend(connector.name.encode() for connector in client.connectors())

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert paths == [b"slack"] * 40


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:1", "ftp://nonsense", "socks5://127.0.0.1:1"])
def test_this_computer_is_reached_without_the_proxy(
    raw_server: Serve, client_of: MakeClient, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", proxy)
    monkeypatch.setenv("ALL_PROXY", proxy)
    server = raw_server(lambda connection, _stop: connection.sendall(sized(BODY)))
    assert len(client_of(server.url).connectors()) == 1


def test_a_proxy_that_refuses(
    raw_server: Serve, client_of: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    proxy = raw_server(lambda connection, _stop: connection.sendall(refusal))
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    with pytest.raises(NetworkError, match="the proxy did not let it through") as raised:
        client_of("https://tray.invalid").connectors()
    assert "HTTPS_PROXY" in raised.value.advice


def test_proxy_settings_that_cannot_be_used(client_of: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "ftp://user:hunter2@proxy.invalid")
    with pytest.raises(NetworkError, match="proxy settings of the environment cannot be used") as raised:
        client_of("https://tray.invalid").connectors()
    assert "hunter2" not in raised.value.explanation


def wait_for_threads_of_the_client(others: set[threading.Thread]) -> None:
    """Join the threads that were given up: they end by themselves, or closing has cut their connections."""
    for thread in set(threading.enumerate()) - others:
        if thread.name.startswith("api "):
            thread.join(10)
            assert not thread.is_alive()
