"""The program's command line. Without a command it opens the window."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from tray_auth_desktop import __version__
from tray_auth_desktop.cli.create import create
from tray_auth_desktop.cli.demo import demo
from tray_auth_desktop.cli.history import history
from tray_auth_desktop.cli.list import list_authentications
from tray_auth_desktop.cli.options import configuration, configured
from tray_auth_desktop.cli.standin import standin
from tray_auth_desktop.errors import ExitCode, TrayAuthError
from tray_auth_desktop.redaction import redact

_logger = logging.getLogger(__name__)


@click.group(
    name="tray-auth-desktop",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="tray-auth-desktop")
@configured
@click.pass_context
def program(context: click.Context, /, **values: Any) -> int:
    """Open Tray's auth-only dialog, capture the authId, and list the user's authentications.

    Without a command it opens the window. Where no account is set up, it works against
    its own stand-in, a local test service.
    """
    context.obj = values
    if context.invoked_subcommand is not None:
        return ExitCode.OK
    from tray_auth_desktop.cli.window import open_window

    return open_window(configuration(dict(values)))


for command in (create, list_authentications, history, demo, standin):
    program.add_command(command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code. The border for every error."""
    try:
        code = program.main(args=arguments, prog_name="tray-auth-desktop", standalone_mode=False)
    except click.Abort:
        return ExitCode.CLOSED
    except click.ClickException as error:
        error.show(sys.stderr)
        return ExitCode.USAGE
    except TrayAuthError as error:
        click.echo(f"tray-auth-desktop: {redact(error.explanation)}", err=True)
        return error.exit_code
    except BrokenPipeError:
        # whoever read our output has gone; nothing more can be said to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.UNEXPECTED
    except Exception:  # border: the text goes through the redacting log, not through Python's own traceback
        _logger.exception("Something unexpected went wrong; please report it.")
        return ExitCode.UNEXPECTED
    return code if isinstance(code, int) else ExitCode.OK
