"""The page at `/` of the control API: a person does there what a program does over HTTP."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tray_auth_desktop.standin.state.operations import EVERY_OPERATION, OPERATIONS
from tray_auth_desktop.standin.state.scenarios import scenarios
from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.web.front_page import seeded
from tray_auth_desktop.standin.web.pages import Pages, static_file


class ControlPage:
    """Shows a state and what can be changed of it; the rest is done by the page's own script."""

    def __init__(self, state: State, pages: Pages) -> None:
        self._state = state
        self._pages = pages

    def routes(self) -> list[Route]:
        """Return the page and its files."""
        return [Route("/", self.page), Route("/static/{name}", static_file)]

    async def page(self, _request: Request) -> Response:
        """Show the page."""
        shown = seeded(self._state)
        return self._pages.page(
            "control.html",
            is_framed=False,
            scenarios=scenarios(),
            operations=sorted(OPERATIONS - {EVERY_OPERATION}),
            service_names=dict.fromkeys(service.name for service in shown["services"]),
            **shown,
        )
