"""Pages, their headers and their static files.

Pages hold no inline script and no inline style: what a page's script needs stands in `data-` attributes.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tray_auth_desktop import assets
from tray_auth_desktop.standin.addresses import StandInAddresses
from tray_auth_desktop.standin.state.catalogue import Service
from tray_auth_desktop.standin.state.faults import Fault
from tray_auth_desktop.standin.web.framing import ANY_PAGE

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Pages:
    """Renders templates of `resources/standin/templates/`.

    Args:
        addresses: what pages refer to.
        ancestors: the sources of `frame-ancestors` for the pages that may be shown in a frame.
    """

    def __init__(self, addresses: StandInAddresses, ancestors: str = ANY_PAGE) -> None:
        self._addresses = addresses
        self._ancestors = ancestors
        self._templates = Environment(
            loader=FileSystemLoader(assets.path("standin/templates")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def page(
        self,
        template: str,
        status: int = 200,
        headers: dict[str, str] | None = None,
        *,
        is_framed: bool = True,
        **values: Any,
    ) -> HTMLResponse:
        """Return a rendered page that is neither stored nor allowed anything from elsewhere.

        Where `is_framed`, pages elsewhere may show it in a frame, if they are among the ancestors.
        """
        text = self._templates.get_template(template).render(addresses=self._addresses, **values)
        return HTMLResponse(text, status, headers=self._headers(is_framed) | (headers or {}))

    def notice(self, title: str, message: str, status: int) -> HTMLResponse:
        """Return a page that says one thing and does nothing."""
        return self.page("notice.html", status, title=title, message=message)

    def icon(self, service: Service) -> Response:
        """Return a service's icon."""
        text = self._templates.get_template("icon.svg").render(service=service)
        return Response(text, media_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"})

    def failure(self, fault: Fault) -> HTMLResponse:
        """Return the page that comes instead of one that a fault befell."""
        return self.notice(fault.reason, "The page cannot be shown at the moment.", fault.status or 500)

    def _headers(self, is_framed: bool) -> dict[str, str]:
        here = self._addresses
        policy = {
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src": "'self'",
            "img-src": f"'self' {here.dialog}",
            "connect-src": f"'self' {here.api}",
            "frame-src": here.dialog,
            # Chromium holds the redirects after a form to this too: provider, auth host, dialog host.
            "form-action": f"'self' {here.api} {here.dialog}",
            "base-uri": "'none'",
            "frame-ancestors": self._ancestors if is_framed else "'none'",
        }
        refusal = {} if is_framed else {"X-Frame-Options": "DENY"}
        return refusal | {
            "Cache-Control": "no-store",
            "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "X-Content-Type-Options": "nosniff",
        }


async def static_file(request: Request) -> Response:
    """Return a script or style sheet; the route's `name` admits no folders."""
    name = request.path_params["name"]
    suffix = f".{name.rpartition('.')[2]}"
    try:
        text = assets.read_text(f"standin/static/{name}")
    except (assets.AssetMissingError, ValueError):
        return Response(status_code=404)
    return Response(
        text,
        media_type=_TYPES.get(suffix, "text/plain"),
        headers={"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"},
    )
