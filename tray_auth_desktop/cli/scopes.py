"""`scopes`: what can be asked for, and what must be for what a connector shall do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tray_auth_desktop.cli import ids
from tray_auth_desktop.cli.answers import as_json_flag, print_list
from tray_auth_desktop.cli.connector_operations import (
    ListedOperation,
    operations_called,
    operations_of,
    scopes_for,
)
from tray_auth_desktop.cli.listed_scopes import ListedScope, scopes_of
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.cli.service_choice import ServiceChoice, service_options
from tray_auth_desktop.cli.session import api_session
from tray_auth_desktop.errors import ExitCode, UsageError
from tray_auth_desktop.lookup.services import environment_of

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient
    from tray_auth_desktop.core.models import Service

_SCOPE_HEADS = ("SCOPE", "DESCRIPTION")
_NEED_HEADS = ("SCOPE", "NEEDED FOR")
_OPERATION_HEADS = ("OPERATION", "TITLE", "CONNECTOR", "SCOPES")


@click.group()
def scopes() -> None:
    """List the scopes of a service, or those that a connector's operations need."""


@scopes.command(name="list")
@service_options
@click.option("--environment", help="Id or title of the environment; not needed where there is one only.")
@click.option(
    "--operation",
    "wanted",
    multiple=True,
    help="What the connector must do: only the scopes for that. May be given several times.",
)
@click.option("--operations", "list_operations", is_flag=True, help="The operations there are, with scopes.")
@click.option("--search", help="Only entries that contain this text.")
@as_json_flag
@configured
@click.pass_context
def list_scopes(context: click.Context, /, **values: Any) -> int:
    """Print the scopes an environment offers; or, by operation, those that are needed."""
    as_json, list_operations = values.pop("as_json"), values.pop("list_operations")
    environment = ids.optional(values.pop("environment"), "environment")
    wanted = tuple(dict.fromkeys(ids.required(name, "operation") for name in values.pop("wanted")))
    part = ids.optional(values.pop("search"), "text to search for").casefold()
    if bool(environment) + bool(wanted) + list_operations > 1:
        raise UsageError("Give one of --environment, --operation and --operations.")
    choice = ServiceChoice.taken_from(values)
    with api_session(context, values) as client:
        family, service = choice.found_by(client)
        if not wanted and not list_operations:
            _print_scopes(_offered(client, service, environment), part, as_json=as_json)
            return ExitCode.OK
        operations = operations_of(client, family, service)
    if list_operations:
        shown = [one for one in operations if part in one.haystack]
        print_list(shown, ListedOperation.as_object, _OPERATION_HEADS, ListedOperation.row, as_json=as_json)
    else:
        _print_scopes(
            scopes_for(operations_called(operations, wanted, service)), part, as_json=as_json, are_needed=True
        )
    return ExitCode.OK


def _offered(client: TrayClient, service: Service, environment: str) -> list[ListedScope]:
    return scopes_of(environment_of(client, service, environment).scopes)


def _print_scopes(listed: list[ListedScope], part: str, *, as_json: bool, are_needed: bool = False) -> None:
    shown = [one for one in listed if part in f"{one.scope}\n{one.description}".casefold()]
    heads = _NEED_HEADS if are_needed else _SCOPE_HEADS
    row = ListedScope.need_row if are_needed else ListedScope.row
    print_list(shown, ListedScope.as_object, heads, row, as_json=as_json)
