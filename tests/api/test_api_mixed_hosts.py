"""One host on this computer, one elsewhere: only the other one goes through the proxy."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tray_auth_desktop.api import RetryPolicy, TrayClient
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.errors import NetworkError
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tests.api.conftest import Behaviour, RawServer


def test_only_the_remote_host_goes_through_the_proxy(
    raw_server: Callable[[Behaviour], RawServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    def list_nothing(connection: socket.socket, _stop: threading.Event) -> None:
        connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{"elements": []}')

    def refuse(connection: socket.socket, _stop: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")

    local, proxy = raw_server(list_nothing), raw_server(refuse)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    hosts = Hosts("https://tray.invalid/graphql", local.url, local.url)
    client = TrayClient(hosts, Secret("token"), retry=RetryPolicy(max_tries=1))
    try:
        assert client.connectors() == ()
        assert proxy.connections == 0
        with pytest.raises(NetworkError, match="the proxy did not let it through"):
            client.users()
        assert proxy.connections == 1
    finally:
        client.close()
