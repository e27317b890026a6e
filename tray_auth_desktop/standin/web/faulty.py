"""Does to requests and answers what a fault says."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tray_auth_desktop.standin.state.faults import Fault, FaultBook
from tray_auth_desktop.standin.web.connection import connection_of, wait
from tray_auth_desktop.standin.web.recording import note

_FAULT = "met_fault"


async def meet(
    request: Request, faults: FaultBook, *names: str, refuse: Callable[[Fault], Response]
) -> Response | None:
    """Let a request meet the fault that is due for it.

    Args:
        request: what has arrived.
        faults: the rules.
        names: the operations that it asks for.
        refuse: makes the answer of a fault with a status or a code.

    Returns:
        What to answer; None where the operation is to be carried out.
    """
    fault = faults.met_by(names)
    if fault is None:
        return None
    note(request, fault=fault.effect, code=fault.code)
    await wait(request.scope, fault.delay_s)
    if fault.redirect is not None:
        return RedirectResponse(fault.redirect, 307)
    if fault.status is not None or fault.code is not None:
        return refuse(fault)
    if fault.cut_off or fault.malformed:
        setattr(request.state, _FAULT, fault)
    return None


class Spoiling:
    """Middleware that sends half of an answer where a fault is to cut it off or to malform it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and spoil its answer if a fault has said so meanwhile."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = bytearray()

        async def send_or_keep(message: Message) -> None:
            """Send what is not to be spoiled at once, and spoil the rest when it is complete."""
            fault: Fault | None = scope["state"].get(_FAULT)
            if fault is None:
                await send(message)
            elif message["type"] == "http.response.start":
                start.update(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    await _send_half(scope, receive, send, start, bytes(body), is_cut_off=fault.cut_off)

        await self._app(scope, receive, send_or_keep)


async def _send_half(
    scope: Scope, receive: Receive, send: Send, start: Message, body: bytes, *, is_cut_off: bool
) -> None:
    half = body[: len(body) // 2]
    if not is_cut_off:
        MutableHeaders(scope=start)["content-length"] = str(len(half))
    await send(start)
    await send({"type": "http.response.body", "body": half, "more_body": is_cut_off})
    if is_cut_off:
        connection_of(scope).hang_up()
        while (await receive())["type"] != "http.disconnect":
            pass
