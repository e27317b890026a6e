"""The services and connectors the stand-in knows, read from `resources/standin/seed/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from tray_auth_desktop import assets
from tray_auth_desktop.standin.state.stable_id import stable_id

OAUTH2 = "oauth2"


class Scope(msgspec.Struct, frozen=True, omit_defaults=True):
    """One OAuth scope; `children` are the scopes it includes."""

    scope: str
    description: str
    children: tuple[Scope, ...] = ()


class ProviderTraits(msgspec.Struct, frozen=True):
    """How the third party behaves.

    Attributes:
        isolated_pages: its pages carry `Cross-Origin-Opener-Policy: same-origin`.
        progress_is_polled: the dialog asks its own backend whether signing in has ended.
    """

    isolated_pages: bool = False
    progress_is_polled: bool = True


class ServiceEnvironment(msgspec.Struct, frozen=True):
    """One instance of a service that authentications are made against."""

    title: str
    authentication_type: str
    id: str = ""
    user_data_schema: dict[str, Any] = {}
    credentials_schema: dict[str, Any] = {}
    scopes: tuple[Scope | str, ...] = ()
    default_scopes: tuple[str, ...] = ()

    @property
    def is_oauth(self) -> bool:
        """Return whether the person signs in at the third party, instead of typing a secret here."""
        return self.authentication_type == OAUTH2


class Service(msgspec.Struct, frozen=True):
    """A third-party product, in one version."""

    name: str
    version: int
    title: str
    colour: str
    glyph: str
    environments: tuple[ServiceEnvironment, ...]
    id: str = ""
    provider: ProviderTraits = ProviderTraits()


class Operation(msgspec.Struct, frozen=True):
    """What a connector can do, and the scopes it needs for that."""

    name: str
    title: str
    description: str
    auth_scopes: tuple[str, ...] = ()


class Connector(msgspec.Struct, frozen=True):
    """One version of a workflow step; several may use one service, some use none."""

    name: str
    title: str
    description: str
    version: str
    service: str = ""
    service_version: int = 0
    operations: tuple[Operation, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A service environment together with its service."""

    service: Service
    environment: ServiceEnvironment


class Catalogue:
    """Finds services, environments and connectors."""

    def __init__(self, services: tuple[Service, ...], connectors: tuple[Connector, ...]) -> None:
        self.services = tuple(_with_ids(service) for service in services)
        self.connectors = connectors
        self._places = {e.id: Place(s, e) for s in self.services for e in s.environments}

    def service(self, name: str, version: int) -> Service | None:
        """Return the service of that name and version."""
        return next((s for s in self.services if s.name == name and s.version == version), None)

    def service_by_id(self, service_id: str) -> Service | None:
        """Return the service of that id."""
        return next((s for s in self.services if s.id == service_id), None)

    def place(self, environment_id: str) -> Place | None:
        """Return the environment of that id, with its service."""
        return self._places.get(environment_id)

    def connector(self, name: str, version: str) -> Connector | None:
        """Return that version of a connector."""
        return next((c for c in self.connectors if c.name == name and c.version == version), None)


def load_catalogue() -> Catalogue:
    """Return the seeded catalogue."""
    services = msgspec.json.decode(assets.read_text("standin/seed/services.json"), type=tuple[Service, ...])
    connectors = msgspec.json.decode(
        assets.read_text("standin/seed/connectors.json"), type=tuple[Connector, ...]
    )
    return Catalogue(services, connectors)


def _with_ids(service: Service) -> Service:
    environments = tuple(
        msgspec.structs.replace(
            environment,
            id=environment.id or stable_id("environment", service.name, service.version, index),
        )
        for index, environment in enumerate(service.environments)
    )
    service_id = service.id or stable_id("service", service.name, service.version)
    return msgspec.structs.replace(service, id=service_id, environments=environments)
