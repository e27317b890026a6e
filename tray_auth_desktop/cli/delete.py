"""`delete`: an authentication, for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tray_auth_desktop.cli import ids
from tray_auth_desktop.cli.answers import as_json_flag, print_object, yes_flag
from tray_auth_desktop.cli.authentication_fields import described
from tray_auth_desktop.cli.end_user import EndUserChoice, end_user_options
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.cli.prompts import confirm, require_confirmation
from tray_auth_desktop.cli.session import api_session
from tray_auth_desktop.core.listing import find_authentication
from tray_auth_desktop.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient


@click.command()
@click.argument("auth_id")
@end_user_options
@yes_flag
@as_json_flag
@configured
@click.pass_context
def delete(context: click.Context, /, **values: Any) -> int:
    """Delete an authentication of an end user. That cannot be undone."""
    as_json, is_confirmed = values.pop("as_json"), values.pop("is_confirmed")
    auth_id = ids.required(values.pop("auth_id"), "authentication id")
    choice = EndUserChoice.taken_from(values)
    require_confirmation(is_confirmed)
    with api_session(context, values) as client:
        user_id = choice.id_at(client)
        if not is_confirmed and not confirm(_question(client, user_id, auth_id)):
            return ExitCode.CLOSED
        client.delete_authentication(user_id, auth_id)
    if as_json:
        print_object({"auth_id": auth_id, "user_id": user_id, "deleted": True}, as_json=True)
    else:
        click.echo(f"Deleted the authentication {auth_id}.")
    return ExitCode.OK


def _question(client: TrayClient, user_id: str, auth_id: str) -> str:
    """Ask by name.

    Raises:
        UsageError: the end user has no such authentication.
    """
    found = find_authentication(client.authentications_of(user_id), auth_id)
    if found is None:
        raise UsageError(
            f"The end user {user_id} has no authentication {auth_id!r}.",
            advice="`tray-auth-desktop list` lists those there are.",
        )
    return f"Delete {described(found)}? Solution instances that use it stop working. This cannot be undone."
