"""`list`: the user's authentications."""

from __future__ import annotations

import json
from typing import Any

import click

from tray_auth_desktop import app
from tray_auth_desktop.cli import early_stop
from tray_auth_desktop.cli.given import configuration
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.cli.table import table
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.errors import UsageError


@click.command(name="list")
@click.option("--user-id", required=True, help="Tray's id of the end user.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list instead of a table.")
@configured
@click.pass_context
def list_authentications(context: click.Context, /, **values: Any) -> int:
    """Print an end user's authentications. Exit codes as for `create`."""
    early_stop.interrupt()
    user_id, as_json = values.pop("user_id").strip(), values.pop("as_json")
    if not user_id:
        raise UsageError("The user id is empty.")
    account = app.Account(configuration(values, context.obj), for_dialog=False)
    try:
        listed = account.client().authentications_of(user_id)
    finally:
        account.close()
    if as_json:
        click.echo(json.dumps([as_object(authentication) for authentication in listed], indent=2))
    else:
        heads = ("NAME", "SERVICE", "ENVIRONMENT", "AUTH ID")
        click.echo(table(heads, [_row(authentication) for authentication in listed]))
    return 0


def as_object(authentication: Authentication) -> dict[str, object]:
    """Return an authentication as other programs read it (docs/command-line.md)."""
    service, environment = authentication.service, authentication.service_environment
    return {
        "auth_id": authentication.auth_id,
        "name": authentication.name,
        "service_id": service.service_id if service else None,
        "service": service.label if service else None,
        "service_environment_id": environment.service_environment_id if environment else None,
        "service_environment": environment.label if environment else None,
    }


def _row(authentication: Authentication) -> tuple[str, ...]:
    service, environment = authentication.service, authentication.service_environment
    return (
        authentication.name,
        service.label if service else "",
        environment.label if environment else "",
        authentication.auth_id,
    )
