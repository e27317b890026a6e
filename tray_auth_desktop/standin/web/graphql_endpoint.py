"""`POST /graphql`: runs a GraphQL request and dresses its errors as Tray does.

Errors come with HTTP status 200; `extensions.name` is always there, `code` with a
`PreconditionError`, `errorId` with an `InternalError` (protocol notes, section 2).
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

import msgspec
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    parse,
    validate,
)
from graphql.execution import execute_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tray_auth_desktop.standin.addresses import StandInAddresses
from tray_auth_desktop.standin.state.faults import Fault
from tray_auth_desktop.standin.state.refusals import Code, PreconditionError, RefusalError
from tray_auth_desktop.standin.state.stable_id import new_secret
from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.state.tokens import Caller
from tray_auth_desktop.standin.web import graphql_schema
from tray_auth_desktop.standin.web.bearer import BearerError, caller_of
from tray_auth_desktop.standin.web.faulty import meet
from tray_auth_desktop.standin.web.recording import note

_log = logging.getLogger(__name__)

_MESSAGES = {401: "Unauthorized", 403: "User is not authorized to access this resource with an explicit deny"}
_MOST_TOKENS = 5_000
_ERROR_ID_DIGITS = 10


class GraphQLBody(msgspec.Struct, rename="camel"):
    """What a GraphQL request carries."""

    query: str
    variables: dict[str, Any] | None = None
    operation_name: str | None = None


class GraphQLEndpoint:
    """Answers GraphQL requests about one state."""

    def __init__(self, state: State, addresses: StandInAddresses) -> None:
        self._state = state
        self._addresses = addresses
        self._schema = graphql_schema.build()

    async def graphql(self, request: Request) -> Response:
        """Answer one request."""
        try:
            caller = caller_of(request, self._state.tokens)
        except BearerError as error:
            return JSONResponse({"message": _MESSAGES[error.status]}, error.status)
        try:
            asked = msgspec.json.decode(await request.body(), type=GraphQLBody)
        except msgspec.DecodeError as error:
            return JSONResponse({"errors": [self._dress(GraphQLError(str(error)))]}, 400)
        try:
            document = parse(asked.query, max_tokens=_MOST_TOKENS)
        except GraphQLError as error:
            return self._answer(request, ExecutionResult(data=None, errors=[error]))
        fields = _fields_asked_for(document)
        note(request, operation=",".join(fields))
        failed = await meet(
            request, self._state.faults, *fields, refuse=lambda fault: self._refuse(fault, fields)
        )
        return failed or self._answer(request, self._run(document, fields, caller, asked))

    def _refuse(self, fault: Fault, fields: list[str]) -> Response:
        if fault.status is not None:
            return JSONResponse({"message": fault.reason}, fault.status)
        error = self._dress(GraphQLError("The request was refused", path=_path_of(fields)))
        error["extensions"] |= {"name": "PreconditionError", "code": fault.code}
        return JSONResponse({"errors": [error], "data": None})

    def _answer(self, request: Request, result: ExecutionResult) -> Response:
        body: dict[str, Any] = {}
        if result.errors:
            errors = [self._dress(error) for error in result.errors]
            note(request, code=errors[0]["extensions"].get("code"))
            body["errors"] = errors
        if not result.errors or any(error.path for error in result.errors):
            # A request that never ran has no data at all, not even null.
            body["data"] = result.data
        return Response(msgspec.json.encode(body), media_type="application/json")

    def _run(
        self, document: DocumentNode, fields: list[str], caller: Caller, asked: GraphQLBody
    ) -> ExecutionResult:
        if not self._state.rate_limit.allows(caller):
            return ExecutionResult(data=None, errors=[_too_many(fields)])
        problems = validate(self._schema, document)
        if problems:
            return ExecutionResult(data=None, errors=problems)
        asking = graphql_schema.Asking(self._state, caller, self._addresses)
        result = execute_sync(
            self._schema,
            document,
            context_value=asking,
            variable_values=asked.variables,
            operation_name=asked.operation_name,
        )
        asking.prepared.put_in(result.data)
        return result

    def _dress(self, error: GraphQLError) -> dict[str, Any]:
        """Return an error as it goes over the wire. What is wrong inside is logged, never sent."""
        cause = error.original_error
        thrown = datetime.fromtimestamp(self._state.clock(), UTC).isoformat(timespec="milliseconds")
        extensions = {"time_thrown": thrown.replace("+00:00", "Z")}
        dressed = dict(error.formatted)
        if isinstance(cause, PreconditionError):
            extensions |= {"name": "PreconditionError", "code": cause.code.value}
        elif cause is None or isinstance(cause, RefusalError | GraphQLError):
            extensions["name"] = "GraphQLError"
        else:
            extensions |= {"name": "InternalError", "errorId": new_secret(_ERROR_ID_DIGITS)}
            dressed["message"] = "Internal server error"
            _log.error("a resolver failed (errorId %s)", extensions["errorId"], exc_info=cause)
        return {**dressed, "extensions": extensions}


def _fields_asked_for(document: DocumentNode) -> list[str]:
    """Return the fields at the root of a document; those below `viewer` with their path."""
    asked: list[str] = []
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            asked += [name for node in definition.selection_set.selections for name in _field_paths(node)]
    return asked


def _field_paths(node: object) -> list[str]:
    if not isinstance(node, FieldNode):
        return []
    name = node.name.value
    if name != "viewer" or node.selection_set is None:
        return [name]
    below = [child.name.value for child in node.selection_set.selections if isinstance(child, FieldNode)]
    return [f"viewer.{child}" for child in below] or [name]


def _too_many(fields: list[str]) -> GraphQLError:
    refusal = PreconditionError(Code.ACCESS_NOT_ALLOWED, "Rate limit exceeded")
    return GraphQLError(str(refusal), path=_path_of(fields), original_error=refusal)


def _path_of(fields: list[str]) -> list[str | int]:
    return [fields[0].partition(".")[0]] if fields else []
