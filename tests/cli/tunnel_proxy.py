"""A proxy that asks for a password and leads every connection to one server, whatever host is asked for."""

from __future__ import annotations

import base64
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler

from tests.serving import LocalServer, is_logged_in


class TunnelProxy(LocalServer):
    """Takes CONNECT.

    Args:
        port: The server's, on this computer.
        login: User name and password, with a colon between.
        tls: What the proxy itself is reached by; None for plain HTTP.
    """

    forgiven = OSError  # a handshake that broke off is one too

    def __init__(self, port: int, login: str, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(_Handler)
        self.port = port
        self.expected = f"Basic {base64.b64encode(login.encode()).decode()}"
        self.hosts: set[str] = set()
        self.refused = 0
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)


class _Handler(BaseHTTPRequestHandler):
    server: TunnelProxy
    protocol_version = "HTTP/1.1"

    def do_CONNECT(self) -> None:
        if not is_logged_in(self, self.server.expected):
            self.server.refused += 1
            return
        self.server.hosts.add(self.path)
        self.close_connection = True
        with socket.create_connection(("127.0.0.1", self.server.port)) as onward:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=_pass_on, args=(onward, self.connection), daemon=True)
            back.start()
            _pass_on(self.connection, onward)
            back.join()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:  # either side has gone
        return
