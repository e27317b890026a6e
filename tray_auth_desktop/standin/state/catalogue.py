"""The services and connectors the stand-in knows, read from `resources/standin/seed/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

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
    """One instance of a service that authentications are made against.

    Attributes:
        generation: in which of the two published forms REST shows it; the older one knows no scopes.
    """

    title: str
    authentication_type: str
    id: str = ""
    user_data_schema: dict[str, Any] = {}
    credentials_schema: dict[str, Any] = {}
    scopes: tuple[Scope | str, ...] = ()
    default_scopes: tuple[str, ...] = ()
    generation: Literal["older", "current"] = "current"

    @property
    def is_oauth(self) -> bool:
        """Return whether the person signs in at the third party, instead of typing a secret here."""
        return self.authentication_type == OAUTH2


class Service(msgspec.Struct, frozen=True):
    """A third-party product, in one version.

    Attributes:
        icon: what is at the address of its icon: a picture of that kind, or nothing (`missing`);
            with `none` there is no address either.
    """

    name: str
    version: int
    title: str
    colour: str
    glyph: str
    environments: tuple[ServiceEnvironment, ...]
    id: str = ""
    provider: ProviderTraits = ProviderTraits()
    icon: Literal["svg", "png", "missing", "none"] = "svg"


class Operation(msgspec.Struct, frozen=True):
    """What a connector can do.

    Attributes:
        auth_scopes: the scopes it needs for that; with None REST does not say.
    """

    name: str
    title: str
    description: str
    auth_scopes: tuple[str, ...] | None = None


class Connector(msgspec.Struct, frozen=True):
    """One version of a workflow step; several may use one service, some use none.

    Attributes:
        shows_service_id: REST names the service with its id, as it does today, and not by name alone.
    """

    name: str
    title: str
    description: str
    version: str
    service: str = ""
    service_version: int = 0
    operations: tuple[Operation, ...] = ()
    shows_service_id: bool = True


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
        self.places = tuple(Place(s, e) for s in self.services for e in s.environments)
        self._places = {place.environment.id: place for place in self.places}
        self._services = {(s.name, s.version): s for s in self.services}
        self._services_by_id = {s.id: s for s in self.services}
        self._connectors = {(c.name, c.version): c for c in connectors}

    def service(self, name: str, version: int) -> Service | None:
        """Return the service of that name and version."""
        return self._services.get((name, version))

    def service_by_id(self, service_id: str) -> Service | None:
        """Return the service of that id."""
        return self._services_by_id.get(service_id)

    def place(self, environment_id: str) -> Place | None:
        """Return the environment of that id, with its service."""
        return self._places.get(environment_id)

    def connector(self, name: str, version: str) -> Connector | None:
        """Return that version of a connector."""
        return self._connectors.get((name, version))


def load_catalogue(
    more_services: tuple[Service, ...] = (), more_connectors: tuple[Connector, ...] = ()
) -> Catalogue:
    """Return the seeded catalogue, followed by what else is to be in it."""
    services = msgspec.json.decode(assets.read_text("standin/seed/services.json"), type=tuple[Service, ...])
    connectors = msgspec.json.decode(
        assets.read_text("standin/seed/connectors.json"), type=tuple[Connector, ...]
    )
    return Catalogue(services + more_services, connectors + more_connectors)


def _with_ids(service: Service) -> Service:
    """Return a service and its environments with the ids that the seed left to be derived."""
    environments = tuple(
        msgspec.structs.replace(
            environment,
            id=environment.id or stable_id("environment", service.name, service.version, index),
        )
        for index, environment in enumerate(service.environments)
    )
    service_id = service.id or stable_id("service", service.name, service.version)
    return msgspec.structs.replace(service, id=service_id, environments=environments)
