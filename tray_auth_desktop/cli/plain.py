"""The program without a command and without flags: all it is told comes from the environment."""

from __future__ import annotations

from tray_auth_desktop.cli.border import exit_code_of
from tray_auth_desktop.cli.given import configuration
from tray_auth_desktop.cli.start_up import begin_start_up


def run_window() -> int:
    """Open the window and return the exit code."""
    return exit_code_of(_open_window)


def _open_window() -> int:
    begin_start_up()
    settings = configuration({})
    from tray_auth_desktop.cli.window import open_window

    return open_window(settings)
