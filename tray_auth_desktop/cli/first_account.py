"""What the window works against at first, whatever the file of workspaces says or fails to say."""

from __future__ import annotations

from tray_auth_desktop import app
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.workspaces.entry import STAND_IN

_ON_STAND_IN = "The window works against the stand-in meanwhile."


def first_account(configuration: Configuration) -> tuple[app.Account, str]:
    """Return what is worked against first, and what was wrong with what should have been."""
    try:
        return app.Account(configuration, ask=no_token), ""
    except UsageError as error:
        if not _is_of_the_file(configuration):
            raise
        return app.Account(configuration, STAND_IN), f"{error.explanation} {_ON_STAND_IN}"


def _is_of_the_file(configuration: Configuration) -> bool:
    """Whether the file of workspaces says what is worked against."""
    if configuration.workspace:
        return True
    if configuration.is_described:
        return False
    try:
        return configuration.book().active != STAND_IN
    except UsageError:
        return True


def no_token() -> None:
    """Answer an account that asks for its token: the window asks for it in its own time."""
    return
