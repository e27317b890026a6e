"""A compressed reply: read as ever, and never larger in memory than a reply may be."""

from __future__ import annotations

import gzip
import json
import threading
import tracemalloc
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tray_auth_desktop.errors import ApiError, ExitCode, UnreadableReplyError

if TYPE_CHECKING:
    import socket

    from tests.api.conftest import Behaviour, RawServer, ScriptedTray
    from tray_auth_desktop.api import TrayClient

_MIB = 1024 * 1024
CONNECTORS = json.dumps({"elements": [{"name": f"crm-{n}", "version": "1.0"} for n in range(3_000)]}).encode()
#: 32 MiB of white space, which 32 KB stand for; and the same compressed once more.
BOMB = gzip.compress(b" " * (32 * _MIB), 1)


def answering(body: bytes, coding: str) -> Behaviour:
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {len(body)}\r\n\r\n"

    def answer(connection: socket.socket, _stop: threading.Event) -> None:
        connection.sendall(head.encode() + body)

    return answer


Serve = Callable[["Behaviour"], "RawServer"]
ClientOf = Callable[..., "TrayClient"]


@pytest.mark.parametrize("coding", ["gzip", "GZip", "x-gzip", "identity, gzip"])
def test_a_compressed_list_is_read(raw_server: Serve, client_of: ClientOf, coding: str) -> None:
    server = raw_server(answering(gzip.compress(CONNECTORS), coding))
    assert len(client_of(server.url).connectors()) == 3_000


def test_only_what_can_be_bounded_is_asked_for(tray: ScriptedTray) -> None:
    tray.say({"elements": []})
    tray.client().connectors()
    assert tray.requests[-1].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip, gzip", gzip.compress(gzip.compress(CONNECTORS))),
        ("deflate, gzip", gzip.compress(zlib.compress(CONNECTORS))),
        ("deflate", zlib.compress(CONNECTORS)),
        ("br", b"anything"),
        ("gzip", b"not compressed"),
        ("gzip", gzip.compress(CONNECTORS)[:-20]),
    ],
)
def test_what_was_not_asked_for_or_is_broken_is_refused(
    raw_server: Serve, client_of: ClientOf, coding: str, body: bytes
) -> None:
    server = raw_server(answering(body, coding))
    with pytest.raises(UnreadableReplyError, match="could not be decompressed") as raised:
        client_of(server.url).connectors()
    assert raised.value.exit_code is ExitCode.API_REFUSED
    assert "Check the addresses" in raised.value.advice


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip"])
def test_a_small_body_that_stands_for_a_large_one_does_not_fill_the_memory(
    raw_server: Serve, client_of: ClientOf, coding: str
) -> None:
    body = gzip.compress(BOMB) if "," in coding else BOMB
    server = raw_server(answering(body, coding))
    client = client_of(server.url, body_limit=_MIB)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableReplyError):
            client.connectors()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * _MIB


def test_a_reply_that_the_memory_does_not_hold_is_said_in_words(
    tray: ScriptedTray, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run_out(_response: object) -> None:
        raise MemoryError

    monkeypatch.setattr("tray_auth_desktop.api.exchange.plain_parts", run_out)
    tray.say({"elements": []})
    fallen: list[object] = []
    monkeypatch.setattr(threading, "excepthook", fallen.append)

    with pytest.raises(ApiError, match="memory") as raised:
        tray.client().connectors()

    assert raised.value.exit_code is ExitCode.API_REFUSED
    assert fallen == []
