"""The icons of services at the addresses that the API names; anybody may fetch them.

Some services have a picture of the other kind, an address with nothing behind it, or no address.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tray_auth_desktop import assets
from tray_auth_desktop.standin.addresses import StandInAddresses
from tray_auth_desktop.standin.state.catalogue import Service
from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.web.pages import Pages


def icon_address(service: Service, addresses: StandInAddresses) -> str | None:
    """Return what `service.icon` is; None for a service that has none."""
    if service.icon == "none":
        return None
    kind = "png" if service.icon == "png" else "svg"
    return addresses.service_icon(service.name, service.version, kind)


class ServiceIcons:
    """Serves the icons of one state's services."""

    def __init__(self, state: State, pages: Pages) -> None:
        self._catalogue = state.catalogue
        self._pages = pages

    def route(self) -> Route:
        """Return the address of every icon."""
        return Route("/icons/{name}-{version:int}.{kind}", self.icon)

    async def icon(self, request: Request) -> Response:
        """Return one icon, if the service has one of that kind."""
        asked = request.path_params
        service = self._catalogue.service(asked["name"], asked["version"])
        if service is None or service.icon != asked["kind"]:
            return JSONResponse({"message": "Not Found"}, 404)
        if service.icon == "png":
            picture = assets.path(f"standin/icons/{service.name}.png").read_bytes()
            return Response(picture, media_type="image/png", headers={"Cache-Control": "max-age=3600"})
        return self._pages.icon(service)
