"""Records every request of a server, without what is secret in it."""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tray_auth_desktop.standin.state.request_record import RecordedRequest, RequestRecord
from tray_auth_desktop.standin.state.tokens import TokenKind

#: Where pages tell which messages they posted; no part of what the stand-in stands in for.
REPORT_PATH = "/messages"


class Recording:
    """Middleware that adds each answered request to a record, but for what pages tell of themselves.

    Handlers say more about a request with `note`.
    """

    def __init__(self, app: ASGIApp, *, record: RequestRecord, host: str, clock: Callable[[], float]) -> None:
        self._app = app
        self._record = record
        self._host = host
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and record how it is answered."""
        if scope["type"] != "http" or scope["path"] == REPORT_PATH:
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        began = time.monotonic()

        async def send_and_record(message: Message) -> None:
            # Recorded before the client can know that it was answered.
            if message["type"] == "http.response.start":
                took = time.monotonic() - began
                self._record.add(_recorded(self._host, scope, message["status"], self._clock() - took, took))
            await send(message)

        try:
            await self._app(scope, receive, send_and_record)
        except ClientDisconnect:
            return  # whoever asked has gone: there is nobody to answer


def note(
    connection: HTTPConnection,
    *,
    operation: str | None = None,
    kind: TokenKind | None = None,
    code: str | None = None,
    fault: str | None = None,
) -> None:
    """Add to what is recorded of a request: what it asks for, how it is signed, what befell it."""
    for name, value in (("operation", operation), ("token_kind", kind), ("code", code), ("fault", fault)):
        if value is not None:
            setattr(connection.state, name, value)


def _recorded(host: str, scope: Scope, status: int, at: float, duration_s: float) -> RecordedRequest:
    noted = scope["state"]
    endpoint = scope.get("endpoint")
    return RecordedRequest(
        host=host,
        method=scope["method"],
        path=scope["path"],
        operation=noted.get("operation") or getattr(endpoint, "__name__", ""),
        token_kind=noted.get("token_kind", TokenKind.NONE),
        status=status,
        code=noted.get("code"),
        at=at,
        duration_s=duration_s,
        fault=noted.get("fault"),
    )
