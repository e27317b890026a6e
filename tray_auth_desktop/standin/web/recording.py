"""Records every request of a server, without what is secret in it."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tray_auth_desktop.standin.state.request_record import RecordedRequest, RequestRecord
from tray_auth_desktop.standin.state.tokens import TokenKind


class Recording:
    """Middleware that adds each answered request to a record.

    Handlers say more about a request with `note`.
    """

    def __init__(self, app: ASGIApp, *, record: RequestRecord, host: str) -> None:
        self._app = app
        self._record = record
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and record how it is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})

        async def send_and_record(message: Message) -> None:
            # Recorded before the client can know that it was answered.
            if message["type"] == "http.response.start":
                self._record.add(_recorded(self._host, scope, message["status"]))
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
) -> None:
    """Add to what is recorded of a request: what it asks for, how it is signed, the error it gets."""
    for name, value in (("operation", operation), ("token_kind", kind), ("code", code)):
        if value is not None:
            setattr(connection.state, name, value)


def _recorded(host: str, scope: Scope, status: int) -> RecordedRequest:
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
    )
