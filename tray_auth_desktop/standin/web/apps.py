"""Puts the three servers together."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tray_auth_desktop.standin.addresses import StandInAddresses
from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.web.auth_host import AuthHost
from tray_auth_desktop.standin.web.control import control_app
from tray_auth_desktop.standin.web.dialog_actions import DialogActions
from tray_auth_desktop.standin.web.dialog_host import DialogHost
from tray_auth_desktop.standin.web.faulty import Spoiling
from tray_auth_desktop.standin.web.framing import ANY_PAGE
from tray_auth_desktop.standin.web.front_page import FrontPage
from tray_auth_desktop.standin.web.graphql_endpoint import GraphQLEndpoint
from tray_auth_desktop.standin.web.message_reports import MessageReports
from tray_auth_desktop.standin.web.pages import Pages, static_file
from tray_auth_desktop.standin.web.provider_host import ProviderHost
from tray_auth_desktop.standin.web.recording import Recording
from tray_auth_desktop.standin.web.rest import RestApi
from tray_auth_desktop.standin.web.service_icons import ServiceIcons


class Apps:
    """The API, the dialog host, the provider and, where it has an address, the control API: of one state."""

    def __init__(self, state: State, addresses: StandInAddresses, ancestors: str = ANY_PAGE) -> None:
        pages = Pages(addresses, ancestors)
        front = FrontPage(state, pages).route()
        static = Route("/static/{name}", static_file)
        # Only the dialog's pages may call the API from a browser (protocol notes, section 2).
        dialog_only = Middleware(
            CORSMiddleware,
            allow_origins=[addresses.dialog],
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["authorization", "content-type"],
        )
        graphql = Route("/graphql", GraphQLEndpoint(state, addresses).graphql, methods=["POST"])
        icons = ServiceIcons(state, pages).route()
        auth = AuthHost(state, addresses, pages).routes()
        api = [front, static, icons, graphql, *RestApi(state).routes(), *auth]
        self.api = _app(state, "api", api, dialog_only)
        dialog = [*DialogHost(state, pages).routes(), *DialogActions(state, addresses).routes()]
        reports = MessageReports(state).route()
        self.dialog = _app(state, "dialog", [front, static, reports, *dialog])
        provider = ProviderHost(state, addresses, pages).routes()
        self.provider = _app(state, "provider", [front, static, reports, *provider])
        self.control = control_app(state, addresses, pages) if addresses.control is not None else None

    def all(self) -> list[Starlette]:
        """Return each application, in the order of their sockets."""
        return [self.api, self.dialog, self.provider, *([self.control] if self.control else [])]


def _app(state: State, host: str, routes: list[Route], *middleware: Middleware) -> Starlette:
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(Recording, record=state.requests, host=host, clock=state.clock),
            Middleware(Spoiling),
            # A page elsewhere must not reach us under a name of its own that resolves to this machine.
            Middleware(TrustedHostMiddleware, allowed_hosts=["localhost", "127.0.0.1"], www_redirect=False),
            *middleware,
        ],
        exception_handlers={404: _not_found, 405: _not_allowed, 500: _broken},
    )


async def _not_found(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"message": "Not Found"}, 404)


async def _not_allowed(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"message": "Method Not Allowed"}, 405)


async def _broken(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"message": "Internal server error"}, 500)
