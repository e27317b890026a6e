"""A dialog opened with a code that somebody else made, so that no master token is on this computer."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from tray_auth_desktop.cli.prompts import ask_hidden, can_ask
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.settings import USER_TOKEN

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient
    from tray_auth_desktop.core.models import Authentication, Connector

_LONGEST = 4_096
#: Room for what may stand around it: a mark, spaces and the end of the line.
_AROUND = 64
#: The byte order mark of UTF-8, as it is read in several locales.
_MARKS = ("\ufeff", "\u00ef\u00bb\u00bf", "\udcef\udcbb\udcbf")


class ReadyClient:
    """Implements `ports.AttemptClient` with one code, and a user token if there is one.

    Args:
        code: The code; it is given out once.
        user_token: Lists the end user's authentications; without it nothing is listed.
        client: Returns a client that lists with a user token. Called on a worker thread.
    """

    def __init__(self, code: Secret, user_token: Secret | None, client: Callable[[], TrayClient]) -> None:
        self._codes = [code]
        self._user_token = user_token
        self._client = client
        self._lock = threading.Lock()

    def generate_authorization_code(self, _user_id: str) -> Secret:
        """Give out the code.

        Raises:
            UsageError: it was given out before.
        """
        with self._lock:
            if not self._codes:
                raise UsageError("The code that was given is used.", advice="Give a new one: it works once.")
            return self._codes.pop()

    def authentications_of(self, _user_id: str) -> tuple[Authentication, ...]:
        """List the authentications of the end user that the token acts as.

        Raises:
            UsageError: there is no user token.
        """
        if self._user_token is None:
            raise UsageError(
                "Without a user token the list cannot be fetched.",
                advice=f"Put one into {USER_TOKEN.variable} to have results confirmed.",
            )
        return self._client().authentications(self._user_token)

    def connectors(self) -> tuple[Connector, ...]:
        """Refuse: that takes a master token."""
        raise UsageError(
            "What the service is called cannot be looked up without a master token.",
            advice="Give --service-name: the workspace has dialog hosts for single services.",
        )


def read_code() -> Secret:
    """Read the code: the first line of standard input, or typed without being shown.

    Raises:
        UsageError: there is none, or it cannot be one.
    """
    code = ask_hidden("Authorization code (not shown)") if can_ask() else None
    if code is None:
        code = Secret(_first_line())
    text = code.reveal()
    if len(text) > _LONGEST:
        raise UsageError(
            f"The first line of standard input has more than {_LONGEST:,} characters: that is no "
            "authorization code.",
            advice="Write the code as one line, and nothing else.",
        )
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise UsageError(
            "No authorization code was read from standard input, or what was read cannot be one.",
            advice="Write it as one line, and nothing else.",
        )
    return code


def _first_line() -> str:
    """Read the first line, or more of it than a code may have; without the mark of some editors before it."""
    try:
        line = sys.stdin.readline(_LONGEST + _AROUND) if sys.stdin is not None else ""
    except UnicodeDecodeError:
        return ""  # no text at all, so no code
    for mark in _MARKS:
        line = line.removeprefix(mark)
    return line.strip()


def user_token_from_environment() -> Secret | None:
    """Take the user token out of the environment, so that no child process inherits it."""
    value = os.environ.pop(USER_TOKEN.variable, "").strip()
    return Secret(value) if value else None
