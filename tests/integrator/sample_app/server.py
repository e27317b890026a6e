"""A web application of an integrator: its pages open the dialog, its back end holds the tokens."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tests.integrator.sample_app.tray import Tray

_PAGES = Path(__file__).parent / "pages"


def sample_app(tray: Tray, headers: Mapping[str, str]) -> Starlette:
    """Return the application; it reaches Tray through `tray` alone, and adds `headers` to its page."""

    def front(_request: Request) -> Response:
        # A host page that has a policy must let the dialog into it.
        policy = f"default-src 'self'; frame-src {tray.dialog_origin}; base-uri 'none'"
        return FileResponse(_PAGES / "index.html", headers={"Content-Security-Policy": policy, **headers})

    def link(request: Request) -> Response:
        service = request.path_params["service"]
        environment_of = request.query_params.get("environmentOf", service)
        address = tray.link(service, environment_of)
        return JSONResponse({"url": address, "origin": tray.dialog_origin})

    def authentications(_request: Request) -> Response:
        return JSONResponse(tray.authentications())

    return Starlette(
        routes=[
            Route("/", front),
            Route("/links/{service}", link, methods=["POST"]),
            Route("/authentications", authentications),
            Mount("/pages", StaticFiles(directory=_PAGES)),
        ]
    )
