"""What a person is told when background work fails."""

from __future__ import annotations

from tray_auth_desktop.errors import TrayAuthError


def explain(error: Exception) -> str:
    """Return what happened and what to do next, for any error a task can end with."""
    if isinstance(error, TrayAuthError):
        return error.explanation
    return (
        f"Something unexpected went wrong: {type(error).__name__}. Try again; please report it if it stays."
    )
