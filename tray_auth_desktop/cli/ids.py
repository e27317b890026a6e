"""Ids and names as they are given on the command line: trimmed, and never empty."""

from __future__ import annotations

from tray_auth_desktop.core.dialog_url import checked_segment
from tray_auth_desktop.errors import UsageError


def required(value: str, what: str) -> str:
    """Return a value without what stands around it.

    Raises:
        UsageError: it is empty, or holds what cannot be printed.
    """
    found = value.strip()
    if not found:
        raise UsageError(f"The {what} is empty.")
    if not found.isprintable():
        raise UsageError(
            f"The {what} holds a character that cannot be printed.", advice="Type it, or copy it again."
        )
    return found


def optional(value: str | None, what: str) -> str:
    """Return a value as `required` does; empty text for one that was not given.

    Raises:
        UsageError: it was given, and is empty or not printable.
    """
    return "" if value is None else required(value, what)


def in_address(value: str, what: str) -> str:
    """Return a value that will be part of the dialog's path.

    Raises:
        UsageError: it cannot be.
    """
    try:
        return checked_segment(required(value, what), what)
    except ValueError as error:
        raise UsageError(f"The dialog cannot be asked for: {error}.") from error
