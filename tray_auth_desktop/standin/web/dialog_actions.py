"""What the dialog's own script asks of the dialog host.

Each request is signed with the token of one page, and reaches that page's end user alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tray_auth_desktop.standin.addresses import StandInAddresses
from tray_auth_desktop.standin.state.authentications import Authentication, Progress
from tray_auth_desktop.standin.state.dialog_page import DialogPage
from tray_auth_desktop.standin.state.faults import Fault
from tray_auth_desktop.standin.state.refusals import DialogRefusedError, FormError, ServiceFailedError
from tray_auth_desktop.standin.state.scenarios import Step
from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.state.tokens import TokenKind
from tray_auth_desktop.standin.web.bearer import BearerError, bearer_token
from tray_auth_desktop.standin.web.connection import wait
from tray_auth_desktop.standin.web.faulty import meet
from tray_auth_desktop.standin.web.recording import note

_Action: TypeAlias = Callable[[Request, DialogPage], Awaitable[Response]]
_ENDED = "This window has expired. Close it and ask for a new link."


class Submitted(msgspec.Struct):
    """The form of a page that creates an authentication."""

    name: str
    fields: dict[str, str] = {}
    scopes: list[str] = []


class Renamed(msgspec.Struct):
    """The form of a page that edits an authentication."""

    name: str


class Chosen(msgspec.Struct, rename="camel"):
    """The choice of an authentication that exists."""

    authentication_id: str


class DialogActions:
    """Carries out what is done on dialog pages."""

    def __init__(self, state: State, addresses: StandInAddresses) -> None:
        self._state = state
        self._addresses = addresses

    def routes(self) -> list[Route]:
        """Return the endpoints."""
        base = "/external/auth/page"
        return [
            self._route("POST", f"{base}/submit", self.submit),
            self._route("POST", f"{base}/rename", self.rename),
            self._route("POST", f"{base}/choose", self.choose),
            self._route("GET", f"{base}/progress", self.progress),
        ]

    async def submit(self, request: Request, page: DialogPage) -> Response:
        """Make the authentication that the form describes."""
        form = msgspec.json.decode(await request.body(), type=Submitted)
        scopes = tuple(dict.fromkeys(scope for scope in form.scopes if scope))
        return self._answer(page, self._state.dialogs.submit(page, form.name, form.fields, scopes))

    async def rename(self, request: Request, page: DialogPage) -> Response:
        """Give the edited authentication another name."""
        form = msgspec.json.decode(await request.body(), type=Renamed)
        return self._answer(page, self._state.dialogs.rename(page, form.name))

    async def choose(self, request: Request, page: DialogPage) -> Response:
        """Take an authentication that exists."""
        form = msgspec.json.decode(await request.body(), type=Chosen)
        return self._answer(page, self._state.dialogs.choose(page, form.authentication_id))

    async def progress(self, _request: Request, page: DialogPage) -> Response:
        """Say how far the page's authentication has come."""
        made = self._state.dialogs.progress(page)
        if page.is_over:
            return self._answer(page, None)
        return JSONResponse({"progress": Progress.PENDING}) if made is None else self._answer(page, made)

    def _route(self, method: str, path: str, action: _Action) -> Route:
        async def endpoint(request: Request) -> Response:
            """Answer one request, whatever comes of it."""
            note(request, operation=action.__name__)
            try:
                page = self._state.dialogs.page(bearer_token(request))
                note(request, kind=TokenKind.UNKNOWN if page is None else TokenKind.PAGE)
                if page is None:
                    return JSONResponse({"message": _ENDED}, 403)
                failed = await meet(request, self._state.faults, action.__name__, refuse=_failed)
                return failed or await self._carry_out(request, page, action)
            except BearerError as error:
                return JSONResponse({"message": _ENDED}, error.status)
            except msgspec.DecodeError:
                return JSONResponse({"message": "The form could not be read."}, 400)
            except FormError as error:
                return JSONResponse({"message": str(error), "fields": error.fields}, 422)
            except DialogRefusedError as error:
                return JSONResponse({"message": str(error)}, error.status)

        return Route(path, endpoint, methods=[method])

    async def _carry_out(self, request: Request, page: DialogPage, action: _Action) -> Response:
        await wait(request.scope, page.scenario.delay_s)
        try:
            return await action(request, page)
        except ServiceFailedError as failed:
            steps = self._to_do(page, page.failing(failed))
            return JSONResponse({"message": str(failed), "steps": steps}, 502)

    def _answer(self, page: DialogPage, made: Authentication | None) -> Response:
        """Answer with what was made, and at the end of the dialog with what the page is to do."""
        body: dict[str, Any] = {"progress": Progress.PENDING}
        if made is not None:
            auth_type = "oauth" if made.place.environment.is_oauth else "token"
            body = {"authenticationId": made.id, "authType": auth_type, "progress": made.progress}
        if made is None or made.progress is Progress.COMPLETE:
            body["steps"] = self._to_do(page, page.ending(made))
        return JSONResponse(body, headers={"Cache-Control": "no-store"})

    def _to_do(self, page: DialogPage, steps: list[Step]) -> list[object]:
        return [
            msgspec.to_builtins(step) if step.do != "leave" else self._leave(page, step) for step in steps
        ]

    def _leave(self, page: DialogPage, step: Step) -> dict[str, str]:
        """Return the step that goes to a page of the third party, which posts the message."""
        ticket = self._state.messages.admit("provider", page.number, step.message).ticket
        return {"do": "leave", "address": f"{self._addresses.provider}/messenger?ticket={ticket}"}


def _failed(fault: Fault) -> Response:
    return JSONResponse({"message": fault.reason}, fault.status or 500)
