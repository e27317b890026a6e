"""Which service a command is for, as named on the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from tray_auth_desktop.cli import ids
from tray_auth_desktop.errors import UsageError

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient
    from tray_auth_desktop.core.models import Service
    from tray_auth_desktop.core.services import ServiceFamily

Command = TypeVar("Command", bound=Callable[..., Any])


def service_options(command: Command) -> Command:
    """Add the flags that name a service; `ServiceChoice.taken_from` reads them."""
    command = click.option("--service-version", help="A version of the service; by default the newest.")(
        command
    )
    return click.option("--service", help="Name, title or id of the service.")(command)


class ServiceChoice(NamedTuple):
    """A service as named on the command line.

    Attributes:
        wanted: Its name, title or id.
        version: Empty for the newest.
    """

    wanted: str
    version: str = ""

    @classmethod
    def taken_from(cls, values: dict[str, Any]) -> ServiceChoice:
        """Take the flags out of what click read.

        Raises:
            UsageError: there is no service, or one of them is empty.
        """
        wanted = values.pop("service")
        version = ids.optional(values.pop("service_version"), "service version")
        if wanted is None:
            raise UsageError("Give --service: the name, the title or the id of the service.")
        return cls(ids.required(wanted, "service"), version)

    def found_by(self, client: TrayClient) -> tuple[ServiceFamily, Service]:
        """Return the service among all that Tray has, and the version of it that is meant.

        Raises:
            UsageError: there is none, or there are several; says which.
            TrayAuthError: Tray could not be asked.
        """
        from tray_auth_desktop.lookup.services import service_called

        return service_called(client, self.wanted, self.version)
