"""What is asked on the terminal: a secret that is not shown, or whether something shall be deleted."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.cli.table import one_line
from tray_auth_desktop.cli.typing_in import hidden_line, typed_line
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tray_auth_desktop.configuration import Configuration


def can_ask() -> bool:
    """Whether a person sits there: what is asked goes to stderr, what is typed comes from stdin."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def ask_hidden(question: str) -> Secret | None:
    """Ask for something that is not shown while it is typed; None for nothing. On the main thread."""
    typed = hidden_line(f"{one_line(question)}: ")
    return Secret(typed) if typed else None


class MasterTokenPrompt:
    """Asks for the master token of a workspace that has none, where there is somebody to ask."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration

    def __call__(self) -> Secret | None:
        """Ask; returns None where nothing was typed."""
        name = self._configuration.choose().name
        return ask_hidden(f"Master token of the workspace {name} (not shown, not kept)")


def require_confirmation(is_given: bool) -> None:
    """See to it, before anything happens, that a deletion can be confirmed.

    Raises:
        UsageError: it is not confirmed, and there is nobody to ask.
    """
    if not is_given and not can_ask():
        raise UsageError(
            "Nothing was deleted: that must be confirmed, and nobody can be asked here.",
            advice="Give --yes to confirm it.",
        )


def confirm(question: str, otherwise: str = "Nothing was deleted.") -> bool:
    """Ask whether to go on. Anything but yes means no, and `otherwise` says so."""
    typed = typed_line(f"{one_line(question)} [y/N]: ") or ""
    is_wanted = typed.casefold() in ("y", "yes")
    if not is_wanted:
        say(otherwise)
    return is_wanted
