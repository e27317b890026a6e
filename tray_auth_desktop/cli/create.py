"""`create`: open one dialog and answer with one line of JSON."""

from __future__ import annotations

from typing import Any

import click

from tray_auth_desktop.cli.given import configuration, timeout_s
from tray_auth_desktop.cli.options import configured, flag
from tray_auth_desktop.cli.start_up import begin_start_up
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.settings import TIMEOUT


@click.command()
@click.option("--user-id", required=True, help="Tray's id of the end user.")
@click.option("--service-id", required=True, help="Id of the service.")
@click.option("--service-environment-id", required=True, help="Id of the service environment.")
@click.option(
    "--scope", "scopes", multiple=True, help="An OAuth scope to ask for; may be given several times."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON line on stdout. It is always so.")
@flag(TIMEOUT)
@configured
@click.pass_context
def create(context: click.Context, /, **values: Any) -> int:
    """Open the dialog for one end user and print what it captured, as one JSON line.

    Exit codes: 0 captured, 1 unexpected, 2 usage, 3 closed, 4 failed, 5 timed out,
    6 refused by the API, 7 network, 8 engine crashed or cannot start.
    """
    begin_start_up()
    from tray_auth_desktop.cli.attempt import run_attempt

    values.pop("as_json")
    given = values.pop("timeout")
    try:
        request = DialogRequest(
            values.pop("user_id").strip(),
            values.pop("service_id").strip(),
            values.pop("service_environment_id").strip(),
            tuple(dict.fromkeys(scope.strip() for scope in values.pop("scopes"))),
        )
    except ValueError as error:
        raise UsageError(f"The dialog cannot be asked for: {error}.") from error
    limit_s = timeout_s(given, TIMEOUT)
    return run_attempt(configuration(values, context.obj), request, limit_s)
