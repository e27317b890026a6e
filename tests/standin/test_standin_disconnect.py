"""A client that goes away in the middle of its request leaves no trace on stderr."""

from __future__ import annotations

import logging
import socket

import httpx
import pytest

from tray_auth_desktop.standin import StandIn


def test_half_a_request_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    with StandIn() as standin:
        host, port = standin.rest_url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as client:
            client.sendall(
                b"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                b"Authorization: Bearer " + standin.master_token.encode() + b"\r\n"
                b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
            )
        assert httpx.get(f"{standin.rest_url}/core/v1/connectors").status_code == 401

    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
