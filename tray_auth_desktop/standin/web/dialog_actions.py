"""What the dialog's own script asks of the dialog host.

Each request is signed with the token of one page, and reaches that page's end user alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tray_auth_desktop.standin.state.authentications import Authentication, Progress
from tray_auth_desktop.standin.state.dialogs import DialogPage
from tray_auth_desktop.standin.state.refusals import DialogRefusedError, FormError
from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.state.tokens import TokenKind
from tray_auth_desktop.standin.web.bearer import BearerError, bearer_token
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

    def __init__(self, state: State) -> None:
        self._state = state

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
        return _answer(self._state.dialogs.submit(page, form.name, form.fields, scopes))

    async def rename(self, request: Request, page: DialogPage) -> Response:
        """Give the edited authentication another name."""
        form = msgspec.json.decode(await request.body(), type=Renamed)
        return _answer(self._state.dialogs.rename(page, form.name))

    async def choose(self, request: Request, page: DialogPage) -> Response:
        """Take an authentication that exists."""
        form = msgspec.json.decode(await request.body(), type=Chosen)
        return _answer(self._state.dialogs.choose(page, form.authentication_id))

    async def progress(self, _request: Request, page: DialogPage) -> Response:
        """Say how far the page's authentication has come."""
        if page.made is None:
            return JSONResponse({"progress": Progress.PENDING})
        return _answer(page.made)

    def _route(self, method: str, path: str, action: _Action) -> Route:
        async def endpoint(request: Request) -> Response:
            note(request, operation=action.__name__)
            try:
                page = self._state.dialogs.page(bearer_token(request))
                note(request, kind=TokenKind.UNKNOWN if page is None else TokenKind.PAGE)
                return JSONResponse({"message": _ENDED}, 403) if page is None else await action(request, page)
            except BearerError as error:
                return JSONResponse({"message": _ENDED}, error.status)
            except msgspec.DecodeError:
                return JSONResponse({"message": "The form could not be read."}, 400)
            except FormError as error:
                return JSONResponse({"message": str(error), "fields": error.fields}, 422)
            except DialogRefusedError as error:
                return JSONResponse({"message": str(error)}, error.status)

        return Route(path, endpoint, methods=[method])


def _answer(made: Authentication) -> Response:
    return JSONResponse(
        {
            "authenticationId": made.id,
            "authType": "oauth" if made.place.environment.is_oauth else "token",
            "progress": made.progress,
        },
        headers={"Cache-Control": "no-store"},
    )
