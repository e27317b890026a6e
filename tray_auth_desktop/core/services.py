"""Connectors reduced to the services one can authenticate with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tray_auth_desktop.core.models import Connector, Service

#: Longer ones are no versions, and Python refuses to read numbers of more than 4,300 digits.
_NUMBER = re.compile(r"\d{1,100}")


@dataclass(frozen=True, slots=True)
class ServiceFamily:
    """One service in all the versions that connectors use.

    Attributes:
        versions: Newest first; never empty.
        connectors: Those that work with any of them, newest first.
    """

    versions: tuple[Service, ...]
    connectors: tuple[Connector, ...] = ()

    @property
    def newest(self) -> Service:
        """The version one wants unless there is a reason for another."""
        return self.versions[0]

    def connectors_of(self, service: Service) -> tuple[Connector, ...]:
        """Return the connectors that work with one of the versions, newest first."""
        return tuple(
            connector
            for connector in self.connectors
            if connector.service is not None and connector.service.service_id == service.service_id
        )


def families_of(connectors: Iterable[Connector]) -> tuple[ServiceFamily, ...]:
    """Return each service once with all its versions, by title.

    A service without an id or a name cannot be asked for and is left out; one without
    a title takes its connector's.
    """
    versions: dict[str, dict[tuple[str, str | None], Service]] = {}
    users: dict[str, list[Connector]] = {}
    for connector in connectors:
        service = connector.service
        if service is None or not service.service_id or not service.name:
            continue
        service = replace(service, title=service.title or connector.title)
        versions.setdefault(service.name, {}).setdefault((service.service_id, service.version), service)
        users.setdefault(service.name, []).append(connector)
    families = [
        ServiceFamily(
            tuple(sorted(found.values(), key=lambda one: version_key(one.version), reverse=True)),
            tuple(sorted(users[name], key=lambda one: version_key(one.version), reverse=True)),
        )
        for name, found in versions.items()
    ]
    return tuple(sorted(families, key=lambda family: family.newest.label.casefold()))


def version_key(version: str | None) -> tuple[int, ...]:
    """Return what versions are ordered by: their numbers, whatever stands around and between them."""
    return tuple(map(int, _NUMBER.findall(version or ""))) or (0,)
