"""Connectors reduced to the services one can authenticate with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tray_auth_desktop.core.models import Connector, Service


def services_of(connectors: Iterable[Connector]) -> tuple[Service, ...]:
    """Return each service once, in the newest version that a connector uses, by title.

    A service without an id or a name cannot be asked for and is left out; one without
    a title takes its connector's.
    """
    newest: dict[str, Service] = {}
    for connector in connectors:
        service = connector.service
        if service is None or not service.service_id or not service.name:
            continue
        service = replace(service, title=service.title or connector.title)
        known = newest.get(service.name)
        if known is None or _version_key(service) > _version_key(known):
            newest[service.name] = service
    return tuple(sorted(newest.values(), key=lambda service: service.label.casefold()))


def _version_key(service: Service) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in (service.version or "0").split("."))
