"""Flags made from the table of options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from tray_auth_desktop.cli.given import CONFIGURED
from tray_auth_desktop.settings import Option

Command = TypeVar("Command", bound=Callable[..., Any])


def flag(option: Option, **more: Any) -> Callable[[Command], Command]:
    """Return click's decorator for one option of the table."""
    kind = click.Choice(option.choices) if option.choices else None
    default = f", default: {option.default}" if option.default else ""
    help_text = f"{option.meaning} [{option.variable}{default}]"
    return click.option(option.flag or "", option.name, type=kind, help=help_text, **more)


def configured(command: Command) -> Command:
    """Add the flags that every command has."""
    command = click.option(
        "--no-engine-sandbox",
        "waive_sandbox",
        is_flag=True,
        help="Run the web engine without its sandbox, as is needed for root. [QTWEBENGINE_DISABLE_SANDBOX=1]",
    )(command)
    for option in reversed(CONFIGURED):
        command = flag(option)(command)
    return command
