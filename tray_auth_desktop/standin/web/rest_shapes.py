"""How catalogue and authentications look in REST replies (protocol notes, section 3.4)."""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec

from tray_auth_desktop.standin.state.authentications import Authentication
from tray_auth_desktop.standin.state.catalogue import Catalogue, Connector, Operation, ServiceEnvironment

Json: TypeAlias = dict[str, Any]


def connector_json(connector: Connector, catalogue: Catalogue) -> Json:
    """Return one version of a connector; one without a service has no such key.

    Some name their service without its id, as samples of 2023 do.
    """
    shown: Json = {
        "name": connector.name,
        "title": connector.title,
        "description": connector.description,
        "version": connector.version,
    }
    service = catalogue.service(connector.service, connector.service_version)
    if service is not None:
        shown["service"] = {"name": service.name, "version": service.version}
        if connector.shows_service_id:
            shown["service"]["id"] = service.id
    return shown


def operation_json(operation: Operation) -> Json:
    """Return an operation of a connector, with the scopes it needs where that is known."""
    shown: Json = {
        "name": operation.name,
        "title": operation.title,
        "description": operation.description,
    }
    if operation.auth_scopes is not None:
        shown["authScopes"] = list(operation.auth_scopes)
    return shown


def environment_json(environment: ServiceEnvironment) -> Json:
    """Return a service environment in the form of its generation."""
    shown = {
        "id": environment.id,
        "title": environment.title,
        "authenticationType": environment.authentication_type,
    }
    if environment.generation == "older":
        return shown | {
            "formDataSchema": environment.user_data_schema,
            "dataSchema": environment.credentials_schema,
        }
    return shown | {
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
