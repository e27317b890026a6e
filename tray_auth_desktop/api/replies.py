"""From JSON to the things of `core.models`.

Everything but an id is optional.
"""

from __future__ import annotations

from typing import Any

from tray_auth_desktop.api.reading import fields, first_text, optional_text, text
from tray_auth_desktop.api.scopes import read_scopes, scope_values
from tray_auth_desktop.api.shared import Shared, with_shared_names
from tray_auth_desktop.core.models import (
    Authentication,
    AuthenticationDetails,
    Connector,
    EndUser,
    Operation,
    Service,
    ServiceEnvironment,
)
from tray_auth_desktop.redaction import MASK


def read_user(entry: Any) -> EndUser | None:
    """Return an end user; None without an id."""
    values = fields(entry)
    user_id = first_text(values, "id", "userId")
    if not user_id:
        return None
    is_test_user = values.get("isTestUser")
    return EndUser(
        user_id,
        text(values.get("name")),
        optional_text(values.get("externalUserId")),
        is_test_user if isinstance(is_test_user, bool) else None,
    )


class Authentications:
    """Reads the authentications of one list, whose services and environments exist once each.

    A hundred thousand of them share a few services: read anew for each, they would take most of the memory.
    """

    def __init__(self) -> None:
        self._service = Shared(read_service)
        self._environment = Shared(read_environment)

    def __call__(self, entry: Any) -> Authentication | None:
        """Return an authentication; None without an id."""
        values = fields(entry)
        auth_id = first_text(values, "id", "authenticationId")
        if not auth_id:
            return None
        return Authentication(
            auth_id,
            text(values.get("name")),
            self._service(values.get("service")),
            self._environment(values.get("serviceEnvironment")),
            with_shared_names(values.get("customFields")),
        )


def read_service(entry: Any) -> Service | None:
    """Return a service; None without an id, which some replies of REST lack."""
    values = fields(entry)
    service_id = first_text(values, "id", "serviceId")
    if not service_id:
        return None
    return Service(
        service_id,
        text(values.get("name")),
        text(values.get("title")),
        optional_text(values.get("icon")),
        optional_text(values.get("version")),
    )


def read_connector(entry: Any) -> Connector | None:
    """Return a connector; None without a name, which is its id."""
    values = fields(entry)
    name = text(values.get("name"))
    if not name:
        return None
    return Connector(
        name,
        text(values.get("version")),
        text(values.get("title")),
        text(values.get("description")),
        read_service(values.get("service")),
    )


def read_environment(entry: Any) -> ServiceEnvironment | None:
    """Return a service environment; None without an id."""
    values = fields(entry)
    environment_id = first_text(values, "id", "serviceEnvironmentId")
    if not environment_id:
        return None
    return ServiceEnvironment(
        environment_id,
        text(values.get("title")),
        optional_text(values.get("authenticationType")),
        read_scopes(values.get("scopes")),
    )


def read_operation(entry: Any) -> Operation | None:
    """Return an operation of a connector; None without a name, which is its id."""
    values = fields(entry)
    name = first_text(values, "name", "operation", "id")
    if not name:
        return None
    return Operation(
        name,
        text(values.get("title")),
        text(values.get("description")),
        scope_values(values.get("authScopes")),
    )


def read_details(payload: Any, auth_id: str) -> AuthenticationDetails | None:
    """Return what is told of one authentication; None if the reply is no object.

    Should a server send credentials, which the documentation does not know, they are masked.
    """
    if not isinstance(payload, dict):
        return None
    return AuthenticationDetails(
        first_text(payload, "id", "authenticationId") or auth_id,
        text(payload.get("name")),
        text(payload.get("serviceEnvironmentId")),
        scope_values(payload.get("scopes")),
        optional_text(payload.get("onPremAgentGroupId")),
        {name: MASK if name == "credentials" and value else value for name, value in payload.items()},
    )
