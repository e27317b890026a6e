"""Keeps web pages away from the control API: it answers programs, and pages of its own origin."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class ControlGuard:
    """Middleware that refuses requests under another name or from another origin.

    Args:
        origin: the control API's own.
    """

    def __init__(self, app: ASGIApp, *, origin: str) -> None:
        self._app = app
        # A page elsewhere can have a name of its own that leads here, but cannot take one of these two.
        self._origins = {origin, origin.replace("127.0.0.1", "localhost")}
        self._hosts = {known.removeprefix("http://") for known in self._origins}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or self._is_welcome(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        refusal = JSONResponse({"message": "The control API is for programs on this computer."}, 403)
        await refusal(scope, receive, send)

    def _is_welcome(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        return headers.get("host") in self._hosts and (origin is None or origin in self._origins)
