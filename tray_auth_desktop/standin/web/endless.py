"""A page whose beginning comes, and whose rest never does."""

from __future__ import annotations

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tray_auth_desktop.standin.web.connection import held_back


class EndlessPage(Response):
    """Sends half of another answer, and then nothing until whoever asked has gone.

    Args:
        whole: the other answer.
    """

    def __init__(self, whole: Response) -> None:
        super().__init__(status_code=whole.status_code)
        body = bytes(whole.body)
        self.body = body[: len(body) // 2]
        self.raw_headers = [(name, value) for name, value in whole.raw_headers if name != b"content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the half, and wait."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        with held_back(scope):
            while (await receive())["type"] != "http.disconnect":
                pass
