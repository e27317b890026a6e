"""The dialog host's pages: create, edit, the return from signing in, and icons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tray_auth_desktop.standin.state.dialog_page import DialogLink, DialogPage
from tray_auth_desktop.standin.state.form_fields import fields_of
from tray_auth_desktop.standin.state.operations import DIALOG
from tray_auth_desktop.standin.state.refusals import DialogRefusedError
from tray_auth_desktop.standin.state.scope_choices import scope_choices
from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.web.connection import wait
from tray_auth_desktop.standin.web.endless import EndlessPage
from tray_auth_desktop.standin.web.faulty import meet
from tray_auth_desktop.standin.web.pages import Pages

_CREATE = "/external/auth/create/{embedded_id}"
_EDIT = "/external/auth/edit/{embedded_id}/{auth_id}"


class DialogHost:
    """Shows the dialog's pages for one state."""

    def __init__(self, state: State, pages: Pages) -> None:
        self._state = state
        self._pages = pages

    def routes(self) -> list[Route]:
        """Return the pages."""
        return [
            _get_only(_CREATE, self.create),
            _get_only(_CREATE + "/{instance_id}/{external_auth_id}", self.create_for_solution),
            _get_only(_EDIT, self.edit),
            _get_only("/auth/cb", self.callback),
            Route("/icons/{name}-{version:int}.svg", self.icon),
        ]

    async def create(self, request: Request) -> Response:
        """Show the page that creates an authentication for a service."""
        return await self._show(request, lambda: self._state.dialogs.open_by_service(_link(request)))

    async def create_for_solution(self, request: Request) -> Response:
        """Show the page that creates an authentication for a solution instance."""
        instance_id, external_auth_id = (
            request.path_params[name] for name in ("instance_id", "external_auth_id")
        )
        return await self._show(
            request,
            lambda: self._state.dialogs.open_by_solution(_link(request), instance_id, external_auth_id),
        )

    async def edit(self, request: Request) -> Response:
        """Show the page that edits an authentication."""
        return await self._show(
            request, lambda: self._state.dialogs.open_to_edit(_link(request), request.path_params["auth_id"])
        )

    async def callback(self, request: Request) -> Response:
        """Show the page that tells the dialog that signing in has ended, and closes."""
        asked = request.query_params
        return self._pages.page("callback.html", auth_id=asked.get("id", ""), error=asked.get("error", ""))

    async def icon(self, request: Request) -> Response:
        """Return the icon of a service."""
        service = self._state.catalogue.service(request.path_params["name"], request.path_params["version"])
        return Response(status_code=404) if service is None else self._pages.icon(service)

    async def _show(self, request: Request, open_page: Callable[[], DialogPage]) -> Response:
        failed = await meet(request, self._state.faults, DIALOG, refuse=self._pages.failure)
        if failed is not None:
            return failed
        try:
            page = open_page()
        except DialogRefusedError as refused:
            ticket = self._state.messages.admit("dialog").ticket
            return self._pages.page(
                "refused.html",
                refused.status,
                title=refused.title,
                message=str(refused),
                report_ticket=ticket,
            )
        await wait(request.scope, page.scenario.delay_s)
        shown = self._page(page)
        return EndlessPage(shown) if page.scenario.is_endless else shown

    def _page(self, page: DialogPage) -> Response:
        environment = page.place.environment
        values: dict[str, Any] = {
            "dialog": page,
            "report_ticket": self._state.messages.admit("dialog", page.number).ticket,
        }
        if page.editing is None:
            values |= {
                "fields": fields_of(environment),
                "choices": scope_choices(environment, page.scopes),
                "existing": self._state.dialogs.existing(page),
            }
        return self._pages.page(
            "create.html" if page.editing is None else "edit.html",
            headers=page.scenario.headers,
            is_framed=page.scenario.is_framed,
            **values,
        )


def _link(request: Request) -> DialogLink:
    """Return what the address says; `scopes[]` may be encoded, empty or missing."""
    asked = request.query_params
    return DialogLink(
        embedded_id=request.path_params["embedded_id"],
        code=asked.get("code", ""),
        service_id=asked.get("serviceId", ""),
        environment_id=asked.get("serviceEnvironmentId", ""),
        scopes=tuple(scope for scope in asked.getlist("scopes[]") if scope),
        skip_name=asked.get("skipTitleField") == "true",
        skip_scopes=asked.get("skipAuthSettings") == "true",
        scenario=asked.get("scenario", ""),
        target_origin=asked.get("targetOrigin", ""),
    )


def _get_only(path: str, endpoint: Callable[[Request], Awaitable[Response]]) -> Route:
    """Return a route without HEAD: a link checker must not spend the authorization code."""
    route = Route(path, endpoint, methods=["GET"])
    route.methods = {"GET"}
    return route
