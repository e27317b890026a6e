"""`show`: all that Tray tells of one authentication."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from tray_auth_desktop.cli import ids
from tray_auth_desktop.cli.answers import as_json_flag, print_object
from tray_auth_desktop.cli.end_user import EndUserChoice, end_user_options
from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.cli.session import api_session
from tray_auth_desktop.core.export import as_object
from tray_auth_desktop.core.listing import find_authentication
from tray_auth_desktop.core.models import Authentication, AuthenticationDetails
from tray_auth_desktop.errors import ExitCode, TrayAuthError

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient


@click.command()
@click.argument("auth_id")
@end_user_options
@click.option("--raw", "is_raw", is_flag=True, help="Tray's own JSON for it, as it came.")
@as_json_flag
@configured
@click.pass_context
def show(context: click.Context, /, **values: Any) -> int:
    """Print one authentication of an end user, with all that Tray tells of it; never credentials."""
    as_json, is_raw = values.pop("as_json"), values.pop("is_raw")
    auth_id = ids.required(values.pop("auth_id"), "authentication id")
    choice = EndUserChoice.taken_from(values)
    with api_session(context, values) as client:
        user_id = choice.id_at(client)
        details = client.authentication_details(user_id, auth_id)
        listed = None if is_raw else _listed(client, user_id, auth_id)
    if is_raw:
        click.echo(json.dumps(details.raw, indent=2))
    else:
        print_object(_as_object(user_id, details, listed), as_json=as_json)
    return ExitCode.OK


def _listed(client: TrayClient, user_id: str, auth_id: str) -> Authentication | None:
    """Return it as the list shows it, which names its service; the details do without."""
    try:
        return find_authentication(client.authentications_of(user_id), auth_id)
    except TrayAuthError as error:
        say(f"Its service is not known, since the list could not be fetched: {error.explanation}")
        return None


def _as_object(
    user_id: str, details: AuthenticationDetails, listed: Authentication | None
) -> dict[str, object]:
    """Return it as other programs read it (docs/command-line.md): the fields of `list`, and more."""
    shown = as_object(listed or Authentication(details.auth_id))
    return shown | {
        "auth_id": details.auth_id,
        "name": details.name or shown["name"],
        "service_environment_id": details.service_environment_id or shown["service_environment_id"],
        "scopes": list(details.scopes),
        "on_prem_agent_group_id": details.on_prem_agent_group_id,
        "user_id": user_id,
    }
