"""The flags of commands that open a dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from tray_auth_desktop.cli.options import flag
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.settings import TIMEOUT

Command = TypeVar("Command", bound=Callable[..., Any])


def dialog_options(command: Command) -> Command:
    """Add what every dialog can be told beside what it is for."""
    command = flag(TIMEOUT)(command)
    command = click.option(
        "--json", "as_json", is_flag=True, help="One JSON line on stdout. It is always so."
    )(command)
    command = click.option(
        "--service-name", help="The service's name, where the workspace has a dialog host for it alone."
    )(command)
    return click.option(
        "--parameter",
        "parameters",
        multiple=True,
        metavar="NAME=VALUE",
        help="A further parameter of the dialog's address; may be given several times.",
    )(command)


def extra_parameters(given: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return further parameters of the address as pairs, in order.

    Raises:
        UsageError: one of them is no pair.
    """
    pairs = []
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise UsageError(
                f"--parameter {text!r} is no pair.", advice="Write it as NAME=VALUE; the value may be empty."
            )
        pairs.append((name.strip(), value))
    return tuple(pairs)
