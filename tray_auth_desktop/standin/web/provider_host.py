"""The third party's pages: sign in, then allow or deny."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tray_auth_desktop.standin.addresses import StandInAddresses
from tray_auth_desktop.standin.state.provider import SignIn
from tray_auth_desktop.standin.state.refusals import FormError, OAuthRefusedError
from tray_auth_desktop.standin.state.scope_choices import scope_choices
from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.web.faulty import meet
from tray_auth_desktop.standin.web.pages import Pages


class ProviderHost:
    """Shows the third party's pages for one state."""

    def __init__(self, state: State, addresses: StandInAddresses, pages: Pages) -> None:
        self._state = state
        self._addresses = addresses
        self._pages = pages

    def routes(self) -> list[Route]:
        """Return the pages."""
        return [
            Route("/login", self.login, methods=["GET", "POST"]),
            Route("/consent", self.consent, methods=["GET", "POST"]),
            Route("/messenger", self.messenger),
        ]

    async def login(self, request: Request) -> Response:
        """Show the sign-in form, or sign the person in."""
        return await self._meet_or(request, "login", self._sign_in if _is_post(request) else self._greet)

    async def consent(self, request: Request) -> Response:
        """Show what is asked for, or take the decision."""
        return await self._meet_or(request, "consent", self._decide if _is_post(request) else self._ask)

    async def messenger(self, request: Request) -> Response:
        """Show the page that posts a message in the dialog's place, from this origin."""
        poster = self._state.messages.poster(request.query_params.get("ticket", ""))
        if poster is None:
            return self._pages.notice("Nothing to say", "There is no such message.", 404)
        return self._pages.page(
            "messenger.html", report_ticket=poster.ticket, text=msgspec.json.encode(poster.message).decode()
        )

    async def _meet_or(
        self, request: Request, operation: str, show: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        failed = await meet(request, self._state.faults, operation, refuse=self._pages.failure)
        if failed is not None:
            return failed
        try:
            return await show(request)
        except OAuthRefusedError as error:
            return self._pages.notice("Sign-in is not possible", str(error), 400)

    async def _greet(self, request: Request) -> Response:
        asked = request.query_params
        visit = self._state.provider.visit(
            asked.get("client_id", ""),
            asked.get("redirect_uri", ""),
            asked.get("scope", ""),
            asked.get("state", ""),
            registered=self._addresses.oauth_return,
        )
        return self._page("login.html", visit, problems={}, account="")

    async def _sign_in(self, request: Request) -> Response:
        form = await _read_form(request)
        visit = self._state.provider.find(form.get("ticket", ""))
        account = form.get("account", "")
        try:
            self._state.provider.sign_in(visit, account, form.get("password", ""))
        except FormError as error:
            return self._page("login.html", visit, 422, problems=error.fields, account=account)
        if visit.is_denied:
            return _see(self._state.provider.decide(visit, allowed=False), visit)
        return _see(f"/consent?{urlencode({'ticket': visit.ticket})}", visit)

    async def _ask(self, request: Request) -> Response:
        visit = self._signed_in(request.query_params.get("ticket", ""))
        return self._page("consent.html", visit, wanted=_described(visit))

    async def _decide(self, request: Request) -> Response:
        form = await _read_form(request)
        visit = self._signed_in(form.get("ticket", ""))
        return _see(self._state.provider.decide(visit, allowed=form.get("decision") == "allow"), visit)

    def _signed_in(self, ticket: str) -> SignIn:
        visit = self._state.provider.find(ticket)
        if not visit.account:
            raise OAuthRefusedError("Nobody has signed in yet.")
        return visit

    def _page(self, template: str, visit: SignIn, status: int = 200, **values: Any) -> Response:
        headers = _isolation(visit)
        # Third parties refuse to sign anybody in within somebody else's page.
        return self._pages.page(template, status, headers, is_framed=False, visit=visit, **values)


def _is_post(request: Request) -> bool:
    return request.method == "POST"


async def _read_form(request: Request) -> dict[str, str]:
    return dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))


def _see(address: str, visit: SignIn) -> Response:
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"} | _isolation(visit))


def _isolation(visit: SignIn) -> dict[str, str]:
    """Return the header by which some third parties cut the tie to the window that opened them."""
    isolated = visit.place.service.provider.isolated_pages
    return {"Cross-Origin-Opener-Policy": "same-origin"} if isolated else {}


def _described(visit: SignIn) -> list[tuple[str, str]]:
    """Return each scope asked for, with its description when there is one."""
    known = {choice.scope: choice.description for choice in scope_choices(visit.place.environment, ())}
    return [(scope, known.get(scope, "")) for scope in visit.scopes]
