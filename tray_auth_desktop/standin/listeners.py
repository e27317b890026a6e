"""Web servers in one background thread, on sockets that are bound beforehand."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
import threading

import uvicorn
from starlette.types import ASGIApp

from tray_auth_desktop.standin.web.connection import Connection

_START_LIMIT_S = 10.0
_STOP_LIMIT_S = 10.0
_GRACE_S = 1
LOOPBACK = "127.0.0.1"


def loopback_address(host: str) -> str:
    """Return the address to bind for `host`.

    Raises:
        ValueError: it is anything but this machine's own loopback address.
    """
    if host == "localhost":
        return LOOPBACK
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        raise ValueError(f"the stand-in listens on loopback only; {host!r} is not an address") from None
    if str(address) != LOOPBACK:
        raise ValueError(f"the stand-in listens on loopback only ({LOOPBACK}), not on {host}")
    return LOOPBACK


def bind(port: int) -> socket.socket:
    """Return a socket bound to a port of the loopback address; 0 takes a free one.

    Raises:
        OSError: the port is taken; the text names it.
    """
    # WORKAROUND: asyncio sends small answers at once only where the protocol is named; otherwise each
    # waits 40 ms for the other side's delayed acknowledgement (seen in Python 3.11).
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        # Elsewhere this option would let two programs share the port.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((LOOPBACK, port))
    except OSError as error:
        bound.close()
        raise OSError(error.errno, f"port {port} of {LOOPBACK} cannot be used: {error.strerror}") from error
    return bound


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, app: ASGIApp) -> None:
        # Everything is named, so that nothing is searched for: each search costs time at the start.
        config = uvicorn.Config(
            app,
            loop="asyncio",
            http=Connection,
            ws="none",
            lifespan="off",
            log_config=None,
            # Access records would hold addresses with codes and tokens: none is ever made.
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=_GRACE_S,
        )
        super().__init__(config)
        self.is_listening = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_listening.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in list(self.server_state.connections):
            if isinstance(connection, Connection) and connection.is_held_back:
                connection.hang_up()
        await super().shutdown(sockets)


class Listeners:
    """Serves applications, each on its socket, until stopped."""

    def __init__(self, apps: list[tuple[ASGIApp, socket.socket]]) -> None:
        self._servers = [(_Server(app), bound) for app, bound in apps]
        self._thread = threading.Thread(target=self._run, name="stand-in servers", daemon=True)

    def start(self) -> None:
        """Start serving; returns when all of them listen.

        Raises:
            TimeoutError: they do not listen within the limit.
        """
        self._thread.start()
        for server, _ in self._servers:
            if not server.is_listening.wait(_START_LIMIT_S):
                self.stop()
                raise TimeoutError("the stand-in did not start listening")

    def stop(self) -> None:
        """Stop serving; returns when the sockets are closed."""
        for server, _ in self._servers:
            server.should_exit = True
        self._thread.join(_STOP_LIMIT_S)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        await asyncio.gather(*(server.serve(sockets=[bound]) for server, bound in self._servers))
