"""Takes what pages say about the messages they posted."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.web.bearer import BearerError, bearer_token
from tray_auth_desktop.standin.web.recording import REPORT_PATH


class Report(msgspec.Struct):
    """One message that a page posted."""

    message: dict[str, Any]
    target: str
    receiver: Literal["opener", "parent", "nobody"]


class MessageReports:
    """Adds to the record of messages what the pages of a host posted."""

    def __init__(self, state: State) -> None:
        self._state = state

    def route(self) -> Route:
        """Return the endpoint."""
        return Route(REPORT_PATH, self.report, methods=["POST"])

    async def report(self, request: Request) -> Response:
        """Keep one message."""
        try:
            poster = self._state.messages.poster(bearer_token(request))
            said = msgspec.json.decode(await request.body(), type=Report)
        except BearerError as error:
            return Response(status_code=error.status)
        except msgspec.DecodeError:
            return Response(status_code=400)
        if poster is None:
            return Response(status_code=403)
        now = self._state.clock()
        self._state.messages.add(poster, now, said.message, said.target, said.receiver)
        return Response(status_code=204)
