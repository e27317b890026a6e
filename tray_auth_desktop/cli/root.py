"""The program's command line. Without a command it opens the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from tray_auth_desktop import __version__
from tray_auth_desktop.cli.border import exit_code_of
from tray_auth_desktop.cli.given import configuration
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.errors import ExitCode

#: Name of each command, and where it is; a module is imported when its command is asked for.
_COMMANDS = {
    "create": "create:create",
    "edit": "edit:edit",
    "list": "list:list_authentications",
    "show": "show:show",
    "rename": "rename:rename",
    "delete": "delete:delete",
    "users": "users:users",
    "services": "services:services",
    "environments": "environments:environments",
    "scopes": "scopes:scopes",
    "demo": "demo:demo",
    "history": "history:history",
    "standin": "standin:standin",
    "audit": "audit:audit",
    "about": "about:about",
    "workspace": "workspace:workspace",
    "install-desktop-entry": "desktop_entry:install_desktop_entry",
}


class CommandGroup(click.Group):
    """Imports a command when it is asked for: `create` need not wait for the others."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return [*_COMMANDS]

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; None if there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(f"tray_auth_desktop.cli.{module}"), name)
        if not isinstance(found, click.Command):
            raise TypeError(f"{cmd_name} is no command")
        return found


@click.group(
    cls=CommandGroup,
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


def run_command(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for and return its exit code."""
    return exit_code_of(lambda: _run_program(arguments))


def _run_program(arguments: Sequence[str] | None) -> int:
    try:
        code = program.main(args=arguments, prog_name="tray-auth-desktop", standalone_mode=False)
    except click.Abort:
        return ExitCode.CLOSED
    except click.ClickException as error:
        error.show(sys.stderr)
        return ExitCode.USAGE
    return code if isinstance(code, int) else ExitCode.OK
