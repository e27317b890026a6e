"""The GraphQL schema: its text is `resources/standin/schema.graphql`, its resolvers are here."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from graphql import GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema, build_schema

from tray_auth_desktop import assets
from tray_auth_desktop.standin.addresses import StandInAddresses
from tray_auth_desktop.standin.state.authentications import Authentication
from tray_auth_desktop.standin.state.refusals import Code, PreconditionError, RefusalError
from tray_auth_desktop.standin.state.state import State, require_master
from tray_auth_desktop.standin.state.tokens import Caller
from tray_auth_desktop.standin.state.users import Criteria, EndUser, PageRequest, cursor_of
from tray_auth_desktop.standin.web.prepared_edges import PreparedEdges
from tray_auth_desktop.standin.web.service_icons import icon_address

Node: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asking:
    """What a resolver needs to know: the state, who asks, and the stand-in's own addresses.

    Attributes:
        prepared: where a resolver puts a list that is too long for the executor.
    """

    state: State
    caller: Caller
    addresses: StandInAddresses
    prepared: PreparedEdges = field(default_factory=PreparedEdges)


Info: TypeAlias = "GraphQLResolveInfo[Asking]"


def build() -> GraphQLSchema:
    """Return the schema with its resolvers."""
    schema = build_schema(assets.read_text("standin/schema.graphql"))
    for type_name, resolvers in _RESOLVERS.items():
        fields = cast(GraphQLObjectType, schema.type_map[type_name]).fields
        for name, resolver in resolvers.items():
            fields[name].resolve = resolver
    return schema


def _users(_source: object, info: Info, **arguments: Any) -> Node:
    asking = info.context
    require_master(asking.caller)
    wanted = arguments.get("criteria") or {}
    criteria = Criteria(
        wanted.get("userId"), wanted.get("externalUserId"), wanted.get("name"), wanted.get("isTestUser")
    )
    asked = PageRequest(**{name: arguments.get(name) for name in ("first", "after", "last", "before")})
    page = asking.state.users.page(criteria, asked)
    cursors = [cursor_of(user) for user in page.users]
    return {
        "edges": [
            {"node": _user(u), "cursor": cursor} for u, cursor in zip(page.users, cursors, strict=True)
        ],
        "pageInfo": {
            "hasNextPage": page.has_next,
            "hasPreviousPage": page.has_previous,
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        },
    }


def _viewer(_source: object, _info: Info) -> Node:
    return {}


def _authentications(_source: object, _info: Info) -> Node:
    return {"pageInfo": {"hasNextPage": False, "hasPreviousPage": False}}


def _authentication_edges(_source: object, info: Info) -> list[Node]:
    asking = info.context
    owned = asking.state.listed(asking.caller.user_id)
    edges = ({"node": _authentication(one, asking.addresses)} for one in owned)
    return asking.prepared.resolve(edges, info)


def _create_external_user(_source: object, info: Info, **arguments: Any) -> Node:
    given, state = arguments["input"], _state_for_master(info)
    user = state.users.create(
        given["name"], given["externalUserId"], is_test_user=given.get("isTestUser") or False
    )
    return _payload(given, userId=user.id)


def _update_external_user(_source: object, info: Info, **arguments: Any) -> Node:
    given, state = arguments["input"], _state_for_master(info)
    return _payload(given, user=_user(state.users.set_is_test_user(given["userId"], given["isTestUser"])))


def _remove_external_user(_source: object, info: Info, **arguments: Any) -> Node:
    given, state = arguments["input"], _state_for_master(info)
    state.remove_user(given["userId"])
    return _payload(given)


def _authorize(_source: object, info: Info, **arguments: Any) -> Node:
    given, state = arguments["input"], _state_for_master(info)
    user = state.users.get(given["userId"])
    return _payload(given, accessToken=state.tokens.mint_user_token(user.id))


def _generate_authorization_code(_source: object, info: Info, **arguments: Any) -> Node:
    given, state = arguments["input"], _state_for_master(info)
    user = state.users.get(given["userId"])
    return _payload(given, authorizationCode=state.tokens.mint_code(user.id))


def _create_user_authentication(_source: object, info: Info, **arguments: Any) -> Node:
    given, asking = arguments["input"], info.context
    place = asking.state.catalogue.place(given["serviceEnvironmentId"])
    if place is None or place.service.id != given["serviceId"]:
        raise PreconditionError(Code.RESOURCE_DOES_NOT_EXIST, "The service has no such service environment")
    data = _json_object(given["data"]) | _json_object(given.get("formData"))
    scopes = tuple(given.get("scopes") or ())
    made = asking.state.import_authentication(asking.caller, given["name"], place, data, scopes)
    return _payload(given, authenticationId=made.id)


def _remove_authentication(_source: object, info: Info, **arguments: Any) -> Node:
    given, asking = arguments["input"], info.context
    asking.state.authentications.remove(given["authenticationId"], asking.caller.user_id)
    return _payload(given)


_RESOLVERS: dict[str, dict[str, Callable[..., Node | list[Node]]]] = {
    "Query": {"users": _users, "viewer": _viewer},
    "Viewer": {"authentications": _authentications},
    "AuthenticationConnection": {"edges": _authentication_edges},
    "Mutation": {
        "createExternalUser": _create_external_user,
        "updateExternalUser": _update_external_user,
        "removeExternalUser": _remove_external_user,
        "authorize": _authorize,
        "generateAuthorizationCode": _generate_authorization_code,
        "createUserAuthentication": _create_user_authentication,
        "removeAuthentication": _remove_authentication,
    },
}


def _state_for_master(info: Info) -> State:
    asking = info.context
    require_master(asking.caller)
    return asking.state


def _payload(given: Node, **fields: object) -> Node:
    return {"clientMutationId": given.get("clientMutationId"), **fields}


def _user(user: EndUser) -> Node:
    return {
        "id": user.id,
        "name": user.name,
        "externalUserId": user.external_user_id,
        "isTestUser": user.is_test_user,
    }


def _authentication(one: Authentication, addresses: StandInAddresses) -> Node:
    service, environment = one.place.service, one.place.environment
    return {
        "id": one.id,
        "name": one.name,
        "customFields": one.custom_fields,
        "service": {
            "id": service.id,
            "name": service.name,
            "icon": icon_address(service, addresses),
            "title": service.title,
            "version": str(service.version),
        },
        "serviceEnvironment": {"id": environment.id, "title": environment.title},
    }


def _json_object(value: object) -> dict[str, Any]:
    """Return a `Json` argument as an object: it comes as a string that holds JSON, or as it is."""
    try:
        read = json.loads(value) if isinstance(value, str) else value
    except ValueError as error:
        raise RefusalError("The data are not valid JSON") from error
    if not isinstance(read, dict | None):
        raise RefusalError("The data are not a JSON object")
    return read or {}
