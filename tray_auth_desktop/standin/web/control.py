"""The control API: scenarios, faults, clock, reset, and what has happened, over HTTP."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TypeAlias, TypeVar
from urllib.parse import urlencode

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Route

from tray_auth_desktop import assets
from tray_auth_desktop.standin.addresses import StandInAddresses
from tray_auth_desktop.standin.state.dump import dump, dump_faults
from tray_auth_desktop.standin.state.refusals import PreconditionError
from tray_auth_desktop.standin.state.scenarios import scenarios
from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.web import control_bodies as bodies
from tray_auth_desktop.standin.web.control_guard import ControlGuard
from tray_auth_desktop.standin.web.control_page import ControlPage
from tray_auth_desktop.standin.web.pages import Pages

_Handler: TypeAlias = Callable[[Request], Awaitable[object]]
_Body = TypeVar("_Body")
_JSON = "application/json"
_WHOLE = re.compile(r"[0-9]+")


class _RefusedError(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class ControlApi:
    """Answers requests about one state, and changes it."""

    def __init__(self, state: State, addresses: StandInAddresses) -> None:
        self._state = state
        self._addresses = addresses

    def routes(self) -> list[Route]:
        """Return the endpoints."""
        return [
            _route("GET", "/scenarios", self.scenarios),
            _route("PUT", "/scenarios", self.choose),
            _route("POST", "/dialogs", self.new_dialog),
            _route("GET", "/faults", self.faults),
            _route("PUT", "/faults", self.replace_faults),
            _route("POST", "/faults", self.add_faults),
            _route("DELETE", "/faults/{number}", self.remove_fault),
            _route("GET", "/clock", self.clock),
            _route("PUT", "/clock", self.set_clock),
            _route("POST", "/clock/advance", self.advance),
            _route("POST", "/reset", self.reset),
            _route("GET", "/state", self.state),
            _route("GET", "/requests", self.requests),
            _route("GET", "/messages", self.messages),
            _route("GET", "/openapi.json", self.document),
        ]

    async def scenarios(self, _request: Request) -> bodies.Scenarios:
        """Return which scenarios there are and which were chosen."""
        known = [bodies.ScenarioInfo(s.name, s.summary, s.acts) for s in scenarios().values()]
        return bodies.Scenarios(known, self._state.scenarios.chosen)

    async def choose(self, request: Request) -> bodies.Scenarios:
        """Choose scenarios; those that were chosen before are not any more."""
        self._state.scenarios.choose((await _body(request, bodies.Chosen)).chosen)
        return await self.scenarios(request)

    async def new_dialog(self, request: Request) -> bodies.Dialog:
        """Return the address of a fresh dialog."""
        asked = await _body(request, bodies.NewDialog)
        try:
            user = self._state.users.get(asked.user_id)
        except PreconditionError as error:
            raise _RefusedError(404, str(error)) from error
        query = {
            "code": self._state.tokens.mint_code(user.id),
            "serviceId": asked.service_id,
            "serviceEnvironmentId": asked.service_environment_id,
        } | ({"scenario": asked.scenario} if asked.scenario else {})
        base = f"{self._addresses.dialog}/external/auth/create/{self._state.embedded_id}"
        return bodies.Dialog(f"{base}?{urlencode(query)}")

    async def faults(self, _request: Request) -> bodies.CountedRules:
        """Return the rules."""
        return bodies.CountedRules(msgspec.convert(dump_faults(self._state), list[bodies.CountedFault]))

    async def replace_faults(self, request: Request) -> bodies.CountedRules:
        """Put other rules in place of those there are."""
        self._state.faults.replace((await _body(request, bodies.Rules)).faults)
        return await self.faults(request)

    async def add_faults(self, request: Request) -> bodies.CountedRules:
        """Add rules behind those there are."""
        for fault in (await _body(request, bodies.Rules)).faults:
            self._state.faults.add(fault)
        return await self.faults(request)

    async def remove_fault(self, request: Request) -> bodies.CountedRules:
        """Take one rule away; the others keep their numbers, and what they have counted."""
        number = _whole_number(request.path_params["number"], "a fault is named by its number")
        try:
            self._state.faults.remove(number)
        except LookupError as error:
            raise _RefusedError(404, str(error)) from error
        return await self.faults(request)

    async def clock(self, _request: Request) -> bodies.Time:
        """Return the time."""
        return bodies.Time(self._state.clock(), self._state.clock.offset_s)

    async def set_clock(self, request: Request) -> bodies.Time:
        """Put the clock so far ahead of the computer's."""
        self._state.clock.put_ahead(_seconds((await _body(request, bodies.Offset)).offset_s))
        return await self.clock(request)

    async def advance(self, request: Request) -> bodies.Time:
        """Put the clock forward."""
        self._state.clock.advance(_seconds((await _body(request, bodies.Advance)).seconds))
        return await self.clock(request)

    async def reset(self, request: Request) -> bodies.Seed:
        """Return to the start."""
        self._state.reset((await _body(request, bodies.Reset)).random_seed)
        return bodies.Seed(self._state.random_seed)

    async def state(self, _request: Request) -> bodies.State:
        """Return what the stand-in holds."""
        return msgspec.convert(dump(self._state), bodies.State)

    async def requests(self, request: Request) -> bodies.Requests:
        """Return the requests, from after the number that is asked for."""
        after = _after(request)
        known = self._state.requests.all()
        return bodies.Requests([bodies.Request(**asdict(one)) for one in known if one.number > after])

    async def messages(self, request: Request) -> bodies.Messages:
        """Return the messages, from after the number that is asked for."""
        after = _after(request)
        known = self._state.messages.all()
        return bodies.Messages([bodies.Message(**asdict(one)) for one in known if one.number > after])

    async def document(self, _request: Request) -> object:
        """Return the description of this API."""
        return msgspec.Raw(assets.read_text("standin/openapi.json").encode())


def control_app(state: State, addresses: StandInAddresses, pages: Pages) -> Starlette:
    """Return the application that serves the control API of a state, and its page."""
    guard = Middleware(ControlGuard, origin=addresses.control or "")
    return Starlette(
        routes=[*ControlApi(state, addresses).routes(), *ControlPage(state, pages).routes()],
        middleware=[guard],
        exception_handlers={404: _no_such_thing, 405: _no_such_method},
    )


def _route(method: str, path: str, handler: _Handler) -> Route:
    async def endpoint(request: Request) -> Response:
        """Answer one request, whatever comes of it."""
        try:
            answer = await handler(request)
        except _RefusedError as refused:
            return JSONResponse({"message": str(refused)}, refused.status)
        except ValueError as error:
            return JSONResponse({"message": str(error)}, 422)
        return Response(msgspec.json.encode(answer), media_type=_JSON, headers={"Cache-Control": "no-store"})

    return Route(path, endpoint, methods=[method])


async def _no_such_thing(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"message": "There is no such thing here; /openapi.json says what there is."}, 404)


async def _no_such_method(request: Request, _error: Exception) -> Response:
    matching = [
        route
        for route in request.app.routes
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE
    ]
    allowed = ", ".join(sorted({method for route in matching for method in route.methods or ()}))
    message = f"{request.method} is not for this address. What is: {allowed}."
    return JSONResponse({"message": message}, 405, headers={"Allow": allowed})


async def _body(request: Request, wanted: type[_Body]) -> _Body:
    # A page elsewhere can send a form or plain text unasked, but no JSON.
    if request.headers.get("content-type", "").partition(";")[0].strip() != _JSON:
        raise _RefusedError(415, f"The body must be {_JSON}.")
    return msgspec.json.decode(await request.body() or b"{}", type=wanted)


def _seconds(asked: float) -> float:
    if not 0 <= asked <= bodies.LONGEST_S:
        raise ValueError("the clock can be put forward by a year at most, and never back")
    return asked


def _after(request: Request) -> int:
    return _whole_number(request.query_params.get("after", "0"), "after must be the number of a record")


def _whole_number(text: str, complaint: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError(complaint)
    return int(text)
