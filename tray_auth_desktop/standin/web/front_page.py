"""The page at `/` of each host: what this is and what it was seeded with."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.web.pages import Pages


class FrontPage:
    """Shows addresses and seeded ids; never a token."""

    def __init__(self, state: State, pages: Pages) -> None:
        self._state = state
        self._pages = pages

    def route(self) -> Route:
        """Return the page."""
        return Route("/", self.front)

    async def front(self, _request: Request) -> Response:
        """Show the page."""
        state = self._state
        return self._pages.page(
            "front.html",
            embedded_id=state.embedded_id,
            services=state.catalogue.services,
            users=[(user, len(state.authentications.of(user.id))) for user in state.users.all()],
            slots=state.solution_slots,
        )
