"""`list`: the user's authentications."""

from __future__ import annotations

from typing import Any

import click

from tray_auth_desktop.cli import ids
from tray_auth_desktop.cli.answers import as_json_flag, print_csv, print_list
from tray_auth_desktop.cli.authentication_fields import (
    HEADS,
    contains,
    is_of_service,
)
from tray_auth_desktop.cli.end_user import EndUserChoice, end_user_options
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.cli.session import api_session
from tray_auth_desktop.cli.sorting import sort_option, sorted_by
from tray_auth_desktop.core.authentication_cells import cells_of
from tray_auth_desktop.core.export import as_object, csv_lines
from tray_auth_desktop.errors import ExitCode, UsageError


@click.command(name="list")
@end_user_options
@click.option("--search", help="Only those in which all of these words stand.")
@click.option("--service", help="Only those of this service: its name, title or id.")
@sort_option("name", "service", "service_environment", "auth_id")
@as_json_flag
@click.option("--csv", "as_csv", is_flag=True, help="CSV instead of a table.")
@configured
@click.pass_context
def list_authentications(context: click.Context, /, **values: Any) -> int:
    """Print an end user's authentications. Exit codes as for `create`."""
    as_json, as_csv = values.pop("as_json"), values.pop("as_csv")
    if as_json and as_csv:
        raise UsageError("Give either --json or --csv.")
    sort_field = values.pop("sort_field")
    choice = EndUserChoice.taken_from(values)
    words = ids.optional(values.pop("search"), "text to search for").casefold().split()
    service = ids.optional(values.pop("service"), "service").casefold()
    with api_session(context, values) as client:
        listed = client.authentications_of(choice.id_at(client))
    found = [one for one in listed if contains(one, words) and (not service or is_of_service(one, service))]
    shown = sorted_by(found, as_object, sort_field)
    if as_csv:
        print_csv(csv_lines(shown))
    else:
        print_list(shown, as_object, HEADS, cells_of, as_json=as_json)
    return ExitCode.OK
