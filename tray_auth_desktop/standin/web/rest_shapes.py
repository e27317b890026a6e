"""How catalogue and authentications look in REST replies (protocol notes, section 3.4)."""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec

from tray_auth_desktop.standin.state.authentications import Authentication
from tray_auth_desktop.standin.state.catalogue import Catalogue, Connector, Operation, ServiceEnvironment

Json: TypeAlias = dict[str, Any]


def connector_json(connector: Connector, catalogue: Catalogue) -> Json:
    """Return one version of a connector; one without a service has no such key."""
    shown: Json = {
        "name": connector.name,
        "title": connector.title,
        "description": connector.description,
        "version": connector.version,
    }
    service = catalogue.service(connector.service, connector.service_version)
    if service is not None:
        shown["service"] = {"id": service.id, "name": service.name, "version": service.version}
    return shown


def operation_json(operation: Operation) -> Json:
    """Return an operation of a connector, with the scopes it needs."""
    return {
        "name": operation.name,
        "title": operation.title,
        "description": operation.description,
        "authScopes": list(operation.auth_scopes),
    }


def environment_json(environment: ServiceEnvironment) -> Json:
    """Return a service environment with its schemas and scopes."""
    return {
        "id": environment.id,
        "title": environment.title,
        "authenticationType": environment.authentication_type,
        "userDataSchema": environment.user_data_schema,
        "credentialsSchema": environment.credentials_schema,
        "scopes": msgspec.to_builtins(environment.scopes),
    }


def authentication_json(authentication: Authentication) -> Json:
    """Return an authentication; never what it was made from."""
    return {
        "id": authentication.id,
        "name": authentication.name,
        "serviceEnvironmentId": authentication.place.environment.id,
        "scopes": list(authentication.scopes),
    }
