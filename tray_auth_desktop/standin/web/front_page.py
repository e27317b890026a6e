"""The page at `/` of each host: what this is and what it was seeded with."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.web.pages import Pages

#: A list made for measuring is longer than a page should be.
_MOST_SHOWN = 200


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
        return self._pages.page("front.html", is_framed=False, **seeded(self._state))


def seeded(state: State) -> dict[str, Any]:
    """Return what `seeded.html` shows of a state."""
    users = state.users.all()
    return {
        "embedded_id": state.embedded_id,
        "services": state.catalogue.services[:_MOST_SHOWN],
        "more_services": max(0, len(state.catalogue.services) - _MOST_SHOWN),
        "users": [(user, len(state.authentications.of(user.id))) for user in users[:_MOST_SHOWN]],
        "more_users": max(0, len(users) - _MOST_SHOWN),
        "slots": state.solution_slots,
    }
