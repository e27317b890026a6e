"""Which end user a command is for: by Tray's id, or by the host application's id, which is looked up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from tray_auth_desktop.cli import ids
from tray_auth_desktop.errors import UsageError

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient

Command = TypeVar("Command", bound=Callable[..., Any])


def end_user_options(command: Command) -> Command:
    """Add the two flags that name an end user; `EndUserChoice.taken_from` reads them."""
    command = click.option(
        "--external-user-id", help="Your application's id of the end user, looked up at Tray."
    )(command)
    return click.option("--user-id", help="Tray's id of the end user.")(command)


class EndUserChoice(NamedTuple):
    """An end user as named on the command line; one of the two is empty."""

    user_id: str = ""
    external_user_id: str = ""

    @classmethod
    def taken_from(cls, values: dict[str, Any], user_id_flag: str = "--user-id") -> EndUserChoice:
        """Take the flags out of what click read.

        Raises:
            UsageError: none or both are given, or one is empty.
        """
        choice = cls(
            ids.optional(values.pop("user_id"), "user id"),
            ids.optional(values.pop("external_user_id"), "external user id"),
        )
        if bool(choice.user_id) == bool(choice.external_user_id):
            which = "either of" if choice.user_id else "one of"
            raise UsageError(f"Give {which} {user_id_flag} and --external-user-id, and not both.")
        return choice

    def id_at(self, client: TrayClient) -> str:
        """Return Tray's id; asks for it only where it was not given.

        Raises:
            UsageError: nobody has that external id, or several have; says who was found.
            TrayAuthError: Tray could not be asked.
        """
        if self.user_id:
            return self.user_id
        from tray_auth_desktop.lookup.users import user_by_external_id

        return user_by_external_id(client, self.external_user_id).user_id
