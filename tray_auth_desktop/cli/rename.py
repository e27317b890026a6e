"""`rename`: another name for an authentication, which takes its credentials."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from tray_auth_desktop.cli import early_stop, ids
from tray_auth_desktop.cli.answers import as_json_flag, print_object
from tray_auth_desktop.cli.end_user import EndUserChoice, end_user_options
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.cli.prompts import ask_hidden, can_ask
from tray_auth_desktop.cli.session import api_session
from tray_auth_desktop.cli.typing_in import wait_for_input
from tray_auth_desktop.errors import ExitCode, UsageError
from tray_auth_desktop.secrets import Secret

_LONGEST = 1_000_000
_PIECE = 65_536


@click.command()
@click.argument("auth_id")
@end_user_options
@click.option("--name", required=True, help="The new name.")
@click.option(
    "--credentials-from-stdin", "from_stdin", is_flag=True, help="Read the credentials, a JSON object, there."
)
@as_json_flag
@configured
@click.pass_context
def rename(context: click.Context, /, **values: Any) -> int:
    """Give an authentication another name.

    Tray's API changes a name only together with the credentials, which have to be given again as a
    JSON object: on standard input, or when asked. `edit` does it without: in Tray's own dialog.
    """
    early_stop.interrupt()  # here: standard input may keep one waiting
    as_json, from_stdin = values.pop("as_json"), values.pop("from_stdin")
    auth_id = ids.required(values.pop("auth_id"), "authentication id")
    name = ids.required(values.pop("name"), "name")
    choice = EndUserChoice.taken_from(values)
    credentials = _credentials(auth_id, from_stdin=from_stdin)
    with api_session(context, values) as client:
        user_id = choice.id_at(client)
        client.rename_authentication(user_id, auth_id, name, credentials)
    if as_json:
        print_object({"auth_id": auth_id, "user_id": user_id, "name": name}, as_json=True)
    else:
        click.echo(f"Renamed the authentication {auth_id}.")
    return ExitCode.OK


def _credentials(auth_id: str, *, from_stdin: bool) -> Secret:
    """Return the credentials; that they are a JSON object is checked before they are sent.

    Raises:
        UsageError: there are none.
    """
    given = _read() if from_stdin else ask_hidden("Credentials as a JSON object") if can_ask() else None
    if given is None:
        raise UsageError(
            "Tray's API changes the name of an authentication only if its credentials are given again.",
            advice="Give them as a JSON object on standard input with --credentials-from-stdin, or change "
            f"the name in Tray's dialog: `tray-auth-desktop edit {auth_id} --user-id …`.",
        )
    return given


def _read() -> Secret | None:
    """Return what stands on standard input; None if that is nothing.

    Raises:
        UsageError: it is no text, or too long to be credentials.
    """
    if sys.stdin is None:  # closed by whoever started the program
        return None
    data = bytearray()
    while len(data) <= _LONGEST:
        wait_for_input()
        piece = os.read(sys.stdin.fileno(), _PIECE)
        if not piece:
            break
        data += piece
    if len(data) > _LONGEST:
        raise UsageError(f"The credentials on standard input have more than {_LONGEST:,} bytes.")
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        text = None
    if text is None:  # raised here, not above: the error of the decoder carries what was read
        raise UsageError("The credentials on standard input are no UTF-8 text.")
    return Secret(text) if text else None
