"""Real proxies on loopback: HTTP (plain requests and CONNECT) and SOCKS5, and a server behind them."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

BODY = b'{"elements": [{"name": "slack", "version": "1.0"}]}'
REPLY = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
    + f"Content-Length: {len(BODY)}\r\n\r\n".encode()
    + BODY
)
DENIED = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass
class Listener:
    """Takes connections and serves each on a thread of its own, until it is closed."""

    context: ssl.SSLContext | None = None
    heads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """End all connections and their threads."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._threads[0].join(10)
        self._socket.close()
        for thread in self._threads[1:]:
            thread.join(10)

    def serve(self, connection: socket.socket) -> None:
        """Answer one connection."""
        self.heads.append(read_head(connection).decode("latin-1"))
        connection.sendall(REPLY)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(10)
            if self.context is None:
                self.serve(connection)
                return
            with self.context.wrap_socket(connection, server_side=True) as secure:
                self.serve(secure)


@dataclass
class HttpProxy(Listener):
    """Sends everything to one port, whatever host is asked for.

    Attributes:
        target_port: Where the server is.
        wanted: The `Proxy-Authorization` that is asked for; empty for none.
    """

    target_port: int = 0
    wanted: str = ""

    def serve(self, connection: socket.socket) -> None:
        """Let one request through, or refuse it."""
        head = read_head(connection)
        self.heads.append(head.decode("latin-1"))
        if self.wanted and f"proxy-authorization: {self.wanted}".lower() not in self.heads[-1].lower():
            connection.sendall(DENIED)
            return
        with socket.create_connection(("127.0.0.1", self.target_port), timeout=10) as target:
            if head.startswith(b"CONNECT "):
                connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                target.sendall(head)
            relay(connection, target)


@dataclass
class SocksProxy(Listener):
    """Speaks SOCKS5; sends everything to one port and takes note of the names that are asked for."""

    target_port: int = 0
    wanted: tuple[bytes, bytes] | None = None
    names: list[bytes] = field(default_factory=list)

    def serve(self, connection: socket.socket) -> None:
        """Do the greeting, then let everything through."""
        _, count = connection.recv(2)
        connection.recv(count)
        connection.sendall(b"\x05\x02" if self.wanted else b"\x05\x00")
        if self.wanted and self._sign_in(connection) != self.wanted:
            connection.sendall(b"\x01\x01")
            return
        if self.wanted:
            connection.sendall(b"\x01\x00")
        connection.recv(4)
        (length,) = connection.recv(1)
        self.names.append(connection.recv(length))
        connection.recv(2)
        connection.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        with socket.create_connection(("127.0.0.1", self.target_port), timeout=10) as target:
            relay(connection, target)

    def _sign_in(self, connection: socket.socket) -> tuple[bytes, bytes]:
        connection.recv(1)
        parts = []
        for _ in range(2):
            (length,) = connection.recv(1)
            parts.append(connection.recv(length))
        return parts[0], parts[1]


def read_head(connection: socket.socket) -> bytes:
    """Return what comes until the end of a request's head."""
    head = b""
    while b"\r\n\r\n" not in head:
        part = connection.recv(65_536)
        if not part:
            raise ConnectionError
        head += part
    return head


def relay(left: socket.socket, right: socket.socket) -> None:
    """Send on in both directions until one side has nothing more to say."""
    back = threading.Thread(target=_copy, args=(right, left), daemon=True)
    back.start()
    _copy(left, right)
    back.join(10)


def _copy(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while part := source.recv(65_536):
            sink.sendall(part)
    for end in (source, sink):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def running(*listeners: Listener) -> Iterator[None]:
    """Close the listeners in the end, those that were named last first."""
    try:
        yield
    finally:
        for listener in reversed(listeners):
            listener.close()
