"""The REST endpoints under `/core/v1` (protocol notes, section 3.4)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tray_auth_desktop.standin.state.faults import Fault
from tray_auth_desktop.standin.state.form_fields import NAME_FIELD, check_name
from tray_auth_desktop.standin.state.refusals import PreconditionError, SchemaError
from tray_auth_desktop.standin.state.state import State, check_schema
from tray_auth_desktop.standin.state.tokens import Caller
from tray_auth_desktop.standin.web.bearer import BearerError, caller_of
from tray_auth_desktop.standin.web.faulty import meet
from tray_auth_desktop.standin.web.recording import note
from tray_auth_desktop.standin.web.rest_bodies import BodyError, CreateBody, ReplaceBody, is_uuid, read_body
from tray_auth_desktop.standin.web.rest_shapes import (
    authentication_json,
    connector_json,
    environment_json,
    operation_json,
)

_Handler: TypeAlias = Callable[[Request, Caller], Awaitable[Response]]
_MESSAGES = {401: "The request is unauthorized", 403: "The request is forbidden"}
_CONNECTOR = "/core/v1/connectors/{name}/versions/{version}"
_SERVICE = "/core/v1/services/{name}/versions/{version}"
_AUTHENTICATION = "/core/v1/authentications/{auth_id}"


class RestApi:
    """Answers REST requests about one state."""

    def __init__(self, state: State) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Return the endpoints."""
        return [
            self._route("GET", "/core/v1/connectors", "listConnectors", self._connectors),
            self._route("GET", f"{_CONNECTOR}/operations", "listOperations", self._operations),
            self._route("GET", f"{_SERVICE}/environments", "listServiceEnvironments", self._environments),
            self._route("POST", "/core/v1/authentications", "createAuthentication", self._create),
            self._route("GET", _AUTHENTICATION, "getAuthentication", self._get),
            self._route("PUT", _AUTHENTICATION, "replaceAuthentication", self._replace),
            self._route("DELETE", _AUTHENTICATION, "deleteAuthentication", self._delete),
        ]

    async def _connectors(self, _request: Request, _caller: Caller) -> Response:
        catalogue = self._state.catalogue
        return JSONResponse({"elements": [connector_json(c, catalogue) for c in catalogue.connectors]})

    async def _operations(self, request: Request, _caller: Caller) -> Response:
        connector = self._state.catalogue.connector(
            request.path_params["name"], request.path_params["version"]
        )
        if connector is None:
            return _refused(404, "Connector not found")
        return JSONResponse({"elements": [operation_json(one) for one in connector.operations]})

    async def _environments(self, request: Request, _caller: Caller) -> Response:
        version = request.path_params["version"]
        if not version.isdecimal():
            return _refused(400, "Invalid value for: path parameter service-version")
        service = self._state.catalogue.service(request.path_params["name"], int(version))
        if service is None:
            return _refused(404, "Service not found")
        return JSONResponse({"elements": [environment_json(one) for one in service.environments]})

    async def _create(self, request: Request, caller: Caller) -> Response:
        body = read_body(await request.body(), CreateBody)
        _require_name(body.name)
        place = self._state.catalogue.place(body.service_environment_id)
        if place is None:
            return _refused(404, "Service environment not found")
        data = body.user_data | body.credentials
        made = self._state.import_authentication(caller, body.name, place, data, tuple(body.scopes))
        return JSONResponse({"id": made.id})

    async def _get(self, request: Request, caller: Caller) -> Response:
        return JSONResponse(
            authentication_json(self._state.authentications.get(_auth_id(request), caller.user_id))
        )

    async def _replace(self, request: Request, caller: Caller) -> Response:
        body = read_body(await request.body(), ReplaceBody)
        _require_name(body.name)
        found = self._state.authentications.get(_auth_id(request), caller.user_id)
        check_schema(found.place, body.user_data | body.credentials)
        found.name = body.name
        found.scopes = found.scopes if body.scopes is None else tuple(body.scopes)
        return JSONResponse(authentication_json(found))

    async def _delete(self, request: Request, caller: Caller) -> Response:
        self._state.authentications.remove(_auth_id(request), caller.user_id)
        return Response(status_code=204)

    def _route(self, method: str, path: str, operation: str, handler: _Handler) -> Route:
        async def endpoint(request: Request) -> Response:
            """Answer one request, whatever comes of it."""
            note(request, operation=operation)
            try:
                caller = caller_of(request, self._state.tokens)
                failed = await meet(request, self._state.faults, operation, refuse=_failed)
                if failed is not None:
                    return failed
                if not self._state.rate_limit.allows(caller):
                    return _refused(429, "Rate limit exceeded")
                return await handler(request, caller)
            except BearerError as error:
                return JSONResponse({"message": _MESSAGES[error.status]}, error.status)
            except (BodyError, SchemaError) as error:
                return _refused(400, str(error))
            except PreconditionError as error:
                return _refused(404, str(error))

        return Route(path, endpoint, methods=[method])


def _failed(fault: Fault) -> Response:
    return _refused(fault.status or 500, fault.reason)


def _require_name(name: str) -> None:
    problems = check_name(name)
    if problems:
        raise BodyError(f"Invalid value for: body ({problems[NAME_FIELD]})")


def _auth_id(request: Request) -> str:
    auth_id = str(request.path_params["auth_id"])
    if not is_uuid(auth_id):
        raise BodyError("Invalid value for: path parameter authenticationId")
    return auth_id


def _refused(status: int, message: str) -> JSONResponse:
    return JSONResponse({"message": message, "code": None}, status)
