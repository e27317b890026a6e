"""What the connectors of a service can do, and the scopes that takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tray_auth_desktop.cli.listed_scopes import ListedScope
from tray_auth_desktop.core.models import Connector, Operation, Service
from tray_auth_desktop.core.services import ServiceFamily
from tray_auth_desktop.errors import UsageError

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient

_NAMED = 12


@dataclass(frozen=True, slots=True)
class ListedOperation:
    """One operation, and the connector it is of."""

    operation: Operation
    connector: Connector

    @property
    def haystack(self) -> str:
        """What is searched."""
        one = self.operation
        return "\n".join((one.name, one.title, one.description, *one.auth_scopes)).casefold()

    def as_object(self) -> dict[str, object]:
        """Return it as other programs read it (docs/command-line.md)."""
        return {
            "operation": self.operation.name,
            "title": self.operation.title,
            "description": self.operation.description,
            "connector": self.connector.name,
            "connector_version": self.connector.version,
            "scopes": list(self.operation.auth_scopes),
        }

    def row(self) -> tuple[str, ...]:
        """Return it as a row of a table."""
        connector = f"{self.connector.name} {self.connector.version}".strip()
        return (self.operation.name, self.operation.title, connector, " ".join(self.operation.auth_scopes))


def operations_of(client: TrayClient, family: ServiceFamily, service: Service) -> list[ListedOperation]:
    """Return what the connectors of one version of a service can do, each in its newest version.

    Raises:
        UsageError: no connector works with it.
        TrayAuthError: Tray could not be asked.
    """
    newest: dict[str, Connector] = {}
    for connector in family.connectors_of(service):
        newest.setdefault(connector.name, connector)
    if not newest:
        raise UsageError(f"No connector works with the service {service.label} in this version.")
    return [
        ListedOperation(operation, connector)
        for connector in newest.values()
        for operation in client.operations(connector.name, connector.version)
    ]


def operations_called(
    listed: Sequence[ListedOperation], names: Iterable[str], service: Service
) -> list[ListedOperation]:
    """Return the operations of these names; an operation is known by its title too.

    Raises:
        UsageError: one of the names is none; says which there are.
    """
    found: list[ListedOperation] = []
    for name in names:
        wanted = name.casefold()
        called = [one for one in listed if one.operation.name.casefold() == wanted]
        called = called or [one for one in listed if one.operation.title.casefold() == wanted]
        if not called:
            there_are = ", ".join(one.operation.name for one in listed[:_NAMED]) or "none"
            more = len(listed) - _NAMED
            more_text = f" and {more} more" if more > 0 else ""
            raise UsageError(
                f"The service {service.label} has no operation {name!r}; there are: {there_are}{more_text}.",
                advice="`tray-auth-desktop scopes list --service … --operations` lists all.",
            )
        found += called
    return found


def scopes_for(operations: Iterable[ListedOperation]) -> list[ListedScope]:
    """Return the scopes that any of the operations needs, each once, with the operations that need it."""
    needed: dict[str, dict[str, None]] = {}
    for one in operations:
        for scope in one.operation.auth_scopes:
            needed.setdefault(scope, {})[one.operation.name] = None
    return [ListedScope(scope, operations=tuple(names)) for scope, names in needed.items()]
