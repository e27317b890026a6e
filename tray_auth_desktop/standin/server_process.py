"""The stand-in as a process of its own: says where it listens in one line of JSON, then serves."""

from __future__ import annotations

import json
import os
import sys
import threading

import click

from tray_auth_desktop.standin.stand_in import DEFAULT_EMBEDDED_ID, StandIn
from tray_auth_desktop.standin.until_stopped import UntilStopped


@click.command()
@click.option("--api-port", default=0, show_default=True, help="Port of the API; 0 takes a free one.")
@click.option("--dialog-port", default=0, show_default=True, help="Port of the dialog host.")
@click.option("--provider-port", default=0, show_default=True, help="Port of the third party.")
@click.option("--embedded-id", default=DEFAULT_EMBEDDED_ID, show_default=True, help="Embedded ID it accepts.")
@click.option(
    "--until-stdin-closes", is_flag=True, help="Stop when standard input ends, as it does with a parent."
)
def main(
    api_port: int, dialog_port: int, provider_port: int, embedded_id: str, until_stdin_closes: bool
) -> None:
    """Serve a local stand-in of the service.

    The line on standard output holds the master token, as whoever starts the stand-in needs it.
    """
    until = UntilStopped()
    try:
        stand_in = StandIn(
            api_port=api_port, dialog_port=dialog_port, provider_port=provider_port, embedded_id=embedded_id
        )
    except OSError as error:
        raise click.ClickException(str(error)) from error
    with stand_in:
        click.echo(json.dumps(_description(stand_in)))
        sys.stdout.flush()
        if until_stdin_closes:
            threading.Thread(target=_await_end_of_input, args=(until,), daemon=True).start()
        until.wait()


def _description(stand_in: StandIn) -> dict[str, str]:
    return {
        "graphql_url": stand_in.graphql_url,
        "rest_url": stand_in.rest_url,
        "dialog_url": stand_in.dialog_url,
        "provider_url": stand_in.provider_url,
        "embedded_id": stand_in.embedded_id,
        "master_token": stand_in.master_token,
    }


def _await_end_of_input(until: UntilStopped) -> None:
    # Not by `sys.stdin`: a thread that waits in it would hold its lock, and abort Python when it ends.
    while os.read(sys.stdin.fileno(), 1):
        pass
    until.stop()
