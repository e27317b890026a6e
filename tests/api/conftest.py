"""Servers that answer in Tray's place: one scripted inside the process, one on a real socket."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import msgspec
import pytest

from tray_auth_desktop.api import ApiCall, RetryPolicy, TrayClient
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.secrets import Secret

MASTER_TOKEN = "0123456789abcdef0123456789abcdef012345678"
USER_TOKEN = "fedcba9876543210" * 4
#: Tries follow one another without a wait.
AT_ONCE = RetryPolicy(base_s=0.0)


@dataclass
class ScriptedTray:
    """Gives its replies in order, the last one for ever; remembers what it was asked."""

    replies: list[Callable[[httpx.Request], httpx.Response]] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    calls: list[ApiCall] = field(default_factory=list)
    clients: list[TrayClient] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def say(self, payload: object, status: int = 200, headers: dict[str, str] | None = None) -> None:
        """Add a reply in JSON."""
        content = msgspec.json.encode(payload)
        self.say_bytes(content, status, {"content-type": "application/json", **(headers or {})})

    def say_bytes(self, content: bytes, status: int = 200, headers: dict[str, str] | None = None) -> None:
        """Add a reply of any content."""
        self.replies.append(lambda _request: httpx.Response(status, headers=headers, content=content))

    def say_error(self, error: Exception) -> None:
        """Add a failure of the connection."""

        def fail(request: httpx.Request) -> httpx.Response:
            if isinstance(error, httpx.RequestError):
                error.request = request
            raise error

        self.replies.append(fail)

    def client(self, **options: Any) -> TrayClient:
        """Return a client that talks to this script."""
        options = {"retry": AT_ONCE, "observer": self.calls.append, **options}
        hosts = Hosts("https://tray.example/graphql", "https://api.tray.example", "https://dialog.example")
        client = TrayClient(
            hosts, Secret(MASTER_TOKEN), transport=httpx.MockTransport(self._answer), **options
        )
        self.clients.append(client)
        return client

    def sent(self, index: int = -1) -> dict[str, Any]:
        """Return the JSON body of a request."""
        return msgspec.json.decode(self.requests[index].content, type=dict[str, Any])

    def _answer(self, request: httpx.Request) -> httpx.Response:
        with self._lock:
            self.requests.append(request)
            reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return reply(request)


Behaviour = Callable[[socket.socket, threading.Event], None]


class RawServer:
    """Takes connections on a real socket and does to each what it is told, after one request's head."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.stop = threading.Event()
        self.connections = 0
        self._behaviour = behaviour
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def port(self) -> int:
        """The port it listens on."""
        port: int = self._listener.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """End all connections and their threads."""
        self.stop.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    def _accept(self) -> None:
        while not self.stop.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(10)
            head = b""
            while b"\r\n\r\n" not in head:
                part = connection.recv(65_536)
                if not part:
                    return
                head += part
            self._behaviour(connection, self.stop)


@pytest.fixture
def tray() -> Iterator[ScriptedTray]:
    script = ScriptedTray()
    yield script
    for client in script.clients:
        client.close()


@pytest.fixture
def raw_server() -> Iterator[Callable[[Behaviour], RawServer]]:
    servers: list[RawServer] = []

    def serve(behaviour: Behaviour) -> RawServer:
        servers.append(RawServer(behaviour))
        return servers[-1]

    yield serve
    for server in servers:
        server.close()


@pytest.fixture
def client_of() -> Iterator[Callable[..., TrayClient]]:
    """Return a client of a real address; closed when the test ends, before its server is."""
    clients: list[TrayClient] = []

    def make(url: str, **options: Any) -> TrayClient:
        options = {"retry": RetryPolicy(max_tries=1), **options}
        client = TrayClient(Hosts(f"{url}/graphql", url, url), Secret(MASTER_TOKEN), **options)
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.close()
