"""The account for one command that shows no window: opened, asked, closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from tray_auth_desktop import app
from tray_auth_desktop.cli import early_stop
from tray_auth_desktop.cli.given import configuration
from tray_auth_desktop.cli.prompts import MasterTokenPrompt, can_ask

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient


@contextmanager
def api_session(context: click.Context, values: dict[str, Any]) -> Iterator[TrayClient]:
    """Give the client of the workspace that flags, environment and file choose. Ctrl-C ends any call.

    Args:
        context: Of the command.
        values: What click read; what belongs to the configuration is taken out.

    Raises:
        UsageError: the configuration cannot be used, or there is no master token.
    """
    early_stop.interrupt()
    chosen = configuration(values, context.obj)
    account = app.Account(chosen, for_dialog=False, ask=MasterTokenPrompt(chosen) if can_ask() else None)
    try:
        yield account.client()
    finally:
        account.close()
