"""The auth host: session, redirect to the provider, return from it (protocol notes, section 6)."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tray_auth_desktop.standin.addresses import StandInAddresses
from tray_auth_desktop.standin.state.faults import Fault
from tray_auth_desktop.standin.state.refusals import OAuthRefusedError
from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.state.tokens import TokenKind
from tray_auth_desktop.standin.web.bearer import BearerError, bearer_token
from tray_auth_desktop.standin.web.faulty import meet
from tray_auth_desktop.standin.web.pages import Pages
from tray_auth_desktop.standin.web.recording import note


class AuthHost:
    """Answers the auth host's three endpoints about one state."""

    def __init__(self, state: State, addresses: StandInAddresses, pages: Pages) -> None:
        self._state = state
        self._addresses = addresses
        self._pages = pages

    def routes(self) -> list[Route]:
        """Return the endpoints."""
        return [
            Route("/session", self.session, methods=["POST"]),
            Route("/oauth2/auth/{auth_id}", self.authorize),
            Route("/oauth2/token", self.token),
        ]

    async def session(self, request: Request) -> Response:
        """Begin a session for the dialog page whose token signs the request."""
        try:
            page = self._state.dialogs.page(bearer_token(request))
        except BearerError as error:
            return JSONResponse({"message": "Unauthorized"}, error.status)
        if page is None:
            note(request, kind=TokenKind.UNKNOWN)
            return JSONResponse({"message": "Forbidden"}, 403)
        note(request, kind=TokenKind.PAGE)
        failed = await meet(request, self._state.faults, "session", refuse=_failed)
        if failed is not None:
            return failed
        begun = self._state.oauth.begin(page)
        return JSONResponse(
            {"session": begun.session, "csrf": begun.csrf}, headers={"Cache-Control": "no-store"}
        )

    async def authorize(self, request: Request) -> Response:
        """Send the person to the provider."""
        asked = request.query_params
        try:
            made, state = self._state.oauth.authorize(
                request.path_params["auth_id"],
                asked.get("session", ""),
                asked.get("csrf", ""),
                self._addresses.dialog_host,
            )
        except OAuthRefusedError as error:
            return self._pages.notice("Sign-in cannot start", str(error), 403)
        query = urlencode(
            {
                "client_id": made.place.environment.id,
                "response_type": "code",
                "redirect_uri": self._addresses.oauth_return,
                "scope": asked.get("scope", ""),
                "state": state,
            }
        )
        return _see(f"{self._addresses.provider}/login?{query}")

    async def token(self, request: Request) -> Response:
        """Take the person back from the provider, and on to the dialog host."""
        asked = request.query_params
        state, denied = asked.get("state", ""), asked.get("error")
        try:
            made = (
                self._state.oauth.deny(state)
                if denied
                else self._state.oauth.complete(state, asked.get("code", ""))
            )
        except OAuthRefusedError as error:
            return self._pages.notice("Sign-in did not complete", str(error), 403)
        query = {"id": made.id} | ({"error": denied} if denied else {})
        return _see(f"{self._addresses.dialog}/auth/cb?{urlencode(query)}")


def _failed(fault: Fault) -> Response:
    return JSONResponse({"message": fault.reason}, fault.status or 500)


def _see(address: str) -> Response:
    return RedirectResponse(address, 302, headers={"Cache-Control": "no-store"})
