"""Tokens and passwords on their way from a person into the vault: by prompt or stdin, never argv."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any

from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.cli.prompts import ask_hidden, can_ask
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.workspaces.token_text import cleaned_token
from tray_auth_desktop.workspaces.vault import Vault, VaultError

_LONGEST_LINE = 20_000


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gave for the vault."""

    token: Secret | None = field(default=None, repr=False)
    proxy_password: Secret | None = field(default=None, repr=False)


def read_secrets(values: dict[str, Any], name: str, *, asks_by_itself: bool) -> Given:
    """Ask for what the flags say, or read it from stdin: the token's line first, then the password's.

    Args:
        values: What click read; what belongs here is taken out.
        name: Of the workspace.
        asks_by_itself: Whether the token is asked for, where there is somebody to ask, without a flag.

    Raises:
        UsageError: nobody can be asked, or what was given cannot be one.
    """
    wants_token, token_on_stdin = values.pop("token"), values.pop("token_from_stdin")
    wants_password, password_on_stdin = values.pop("proxy_password"), values.pop("proxy_password_from_stdin")
    token = password = None
    if token_on_stdin:
        token = _line("master token")
    elif wants_token or (wants_token is None and asks_by_itself and can_ask()):
        token = _asked(f"Master token of the workspace {name} (not shown; Enter leaves it out)", "token")
    if password_on_stdin:
        password = _line("proxy's password")
    elif wants_password:
        password = _asked(f"Password of the proxy of {name} (not shown)", "proxy-password")
    return Given(cleaned_token(token) if token else None, password)


def keep(vault: Vault, name: str, given: Given) -> str:
    """Put what was given into the vault; what cannot be kept is said. Returns the token's whereabouts."""
    if given.proxy_password is not None:
        try:
            vault.keep_proxy_password(name, given.proxy_password)
        except VaultError as error:
            say(f"The proxy's password was not kept. {error}")
    if given.token is None:
        return ""
    try:
        vault.keep_token(name, given.token)
    except VaultError as error:
        say(f"The master token was not kept. {error.explanation}")
        return "not kept"
    return "vault"


def move(vault: Vault, name: str, new_name: str) -> None:
    """Let the vault's entries follow a new name; what cannot follow is said."""
    try:
        vault.rename(name, new_name)
    except VaultError as error:
        say(
            f"The master token did not follow to the new name. {error} "
            f"Give it again with `tray-auth-desktop workspace edit {new_name!r} --token`."
        )


def _asked(question: str, flag: str) -> Secret | None:
    if not can_ask():
        raise UsageError(
            "There is no terminal to ask at.",
            advice=f"Give --{flag}-from-stdin and put it on a line of stdin.",
        )
    return ask_hidden(question)


def _line(what: str) -> Secret:
    line = sys.stdin.readline(_LONGEST_LINE).strip() if sys.stdin is not None else ""
    if not line:
        raise UsageError(f"There is no {what} on stdin.", advice="Put it on a line of its own.")
    return Secret(line)
