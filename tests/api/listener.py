"""A real server on loopback, with TLS or without."""

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


@dataclass
class Listener:
    """Takes connections and serves each on a thread of its own, until it is closed."""

    context: ssl.SSLContext | None = None
    heads: list[str] = field(default_factory=list)
    connections: int = field(default=0, init=False)

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
            self.connections += 1
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


def read_head(connection: socket.socket) -> bytes:
    """Return what comes until the end of a request's head."""
    head = b""
    while b"\r\n\r\n" not in head:
        part = connection.recv(65_536)
        if not part:
            raise ConnectionError
        head += part
    return head


@contextlib.contextmanager
def running(*listeners: Listener) -> Iterator[None]:
    """Close the listeners in the end, those that were named last first."""
    try:
        yield
    finally:
        for listener in reversed(listeners):
            listener.close()
