"""`create`: open one dialog and answer with one line of JSON."""

from __future__ import annotations

from typing import Any

import click

from tray_auth_desktop.cli.create_choice import CreateChoice
from tray_auth_desktop.cli.dialog_options import dialog_options
from tray_auth_desktop.cli.end_user import end_user_options
from tray_auth_desktop.cli.given import configuration, timeout_s
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.cli.presentation_options import presentation_of, presentation_options
from tray_auth_desktop.cli.service_choice import service_options
from tray_auth_desktop.cli.start_up import begin_start_up
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.settings import TIMEOUT


@click.command()
@end_user_options
@click.option("--service-id", help="Id of the service.")
@click.option("--service-environment-id", help="Id of the service environment.")
@service_options
@click.option("--environment", help="Id or title of the environment, with --service.")
@click.option(
    "--scope", "scopes", multiple=True, help="An OAuth scope to ask for; may be given several times."
)
@click.option("--solution-instance-id", help="Open the dialog for a solution instance instead of a service.")
@click.option("--external-auth-id", help="Which authentication of the solution instance.")
@click.option(
    "--code-from-stdin",
    is_flag=True,
    help="Open the dialog with the authorization code on the first line of stdin; no master token is needed.",
)
@click.option("--inspect", is_flag=True, help="Open the web inspector with the dialog.")
@dialog_options
@presentation_options
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
    given, code_from_stdin = values.pop("timeout"), values.pop("code_from_stdin")
    presentation, inspect = presentation_of(values), values.pop("inspect")
    choice = CreateChoice.taken_from(values)
    if code_from_stdin and not choice.is_known:
        raise UsageError(
            "With --code-from-stdin nothing can be looked up: that takes a master token.",
            advice="Give the ids: --user-id, --service-id and --service-environment-id.",
        )
    limit_s = timeout_s(given, TIMEOUT)
    return run_attempt(
        configuration(values, context.obj),
        choice,
        limit_s,
        presentation,
        is_code_given=code_from_stdin,
        is_inspected=inspect,
    )
