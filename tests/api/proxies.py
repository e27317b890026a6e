"""Real proxies on loopback: HTTP (plain requests and CONNECT) and SOCKS5."""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass, field

from tests.api.listener import Listener, read_head

DENIED = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


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
