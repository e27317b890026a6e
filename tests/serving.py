"""Servers of tests: on loopback, on a free port, in a thread of their own."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class LocalServer(ThreadingHTTPServer):
    """Answers many at once; what is answered is up to the handler."""

    daemon_threads = True
    request_queue_size = 128
    #: What a caller that has gone away breaks a connection with: no error of the server.
    forgiven: type[Exception] = ConnectionError

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that went away before it was answered is no error; anything else is."""
        if not isinstance(sys.exception(), self.forgiven):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed names private types

    @property
    def origin(self) -> str:
        """What all its addresses begin with."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def running(*servers: LocalServer) -> Iterator[None]:
    """Serve for as long as the context lasts."""
    threads = [
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        for server in servers
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            server.server_close()
            thread.join()


def is_logged_in(handler: BaseHTTPRequestHandler, expected: str) -> bool:
    """Whether a request to a proxy has the login it needs, if any; one that has not is asked for it."""
    if not expected or handler.headers.get("Proxy-Authorization") == expected:
        return True
    handler.send_response(407)
    handler.send_header("Proxy-Authenticate", 'Basic realm="proxy"')
    handler.send_header("Content-Length", "0")
    handler.end_headers()
    return False
