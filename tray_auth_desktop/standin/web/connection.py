"""The connection that a request came by: it can be broken off, and says when the server may do so."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

_KEY = "connection"


class Connection(H11Protocol):
    """A connection that requests find in their state.

    Attributes:
        is_held_back: its answer is late on purpose, so a server that stops need not wait for it.
    """

    is_held_back = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Begin, and be known to the requests to come."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, _KEY: self}
        self._gone = asyncio.Event()

    def connection_lost(self, exc: Exception | None) -> None:
        """End, and wake whoever holds an answer back."""
        super().connection_lost(exc)
        self._gone.set()

    async def wait_until_gone(self, seconds: float) -> bool:
        """Wait that long, or until nobody is there any more; return whether that is so."""
        try:
            await asyncio.wait_for(self._gone.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def hang_up(self) -> None:
        """Send what was written, and close: the rest of the answer never comes."""
        self.transport.close()


@contextmanager
def held_back(scope: Scope) -> Iterator[None]:
    """Mark the connection of a request as one whose answer is late on purpose."""
    connection = connection_of(scope)
    connection.is_held_back = True
    try:
        yield
    finally:
        connection.is_held_back = False


async def wait(scope: Scope, seconds: float) -> None:
    """Hold the answer to a request back.

    Raises:
        ClientDisconnect: whoever asked has gone meanwhile.
    """
    if seconds:
        with held_back(scope):
            if await connection_of(scope).wait_until_gone(seconds):
                raise ClientDisconnect


def connection_of(scope: Scope) -> Connection:
    """Return the connection that a request came by."""
    state: dict[str, Any] = scope["state"]
    connection: Connection = state[_KEY]
    return connection
