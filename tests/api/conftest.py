"""Servers that answer in Tray's place: one scripted inside the process, one on a real socket."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import msgspec
import pytest
import trustme

from tests.api.listener import Listener, read_head
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


class RawServer(Listener):
    """Does to each connection what it is told, after one request's head."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.stop = threading.Event()
        self._behaviour = behaviour
        super().__init__()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """End all connections and their threads."""
        self.stop.set()
        super().close()

    def serve(self, connection: socket.socket) -> None:
        """Take in the head of a request, then do as told."""
        read_head(connection)
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


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ca") / "company é.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture(scope="module")
def server_context(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("tray.example", "proxy.example", "127.0.0.1", "localhost").configure_cert(context)
    return context
