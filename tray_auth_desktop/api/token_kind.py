"""Find out what a token is by what it may do."""

from __future__ import annotations

from typing import TypeVar

from tray_auth_desktop.api import frames
from tray_auth_desktop.api.channel import Channel
from tray_auth_desktop.api.documents import document
from tray_auth_desktop.core.connection_check import TokenKind
from tray_auth_desktop.errors import ApiError, ForbiddenError, UnauthorizedError

T = TypeVar("T")


def token_kind(channel: Channel) -> TokenKind:
    """Return which kind of token a channel has for its master token.

    Only the master token lists end users; a user token, too, lists what its owner has.
    Neither changes anything.
    """
    is_master = _is_allowed(channel, "users", "users_minimal", frames.Data[frames.UsersData])
    if is_master:
        return TokenKind.MASTER
    name = "authentications_minimal"
    is_user = _is_allowed(channel, "viewer.authentications", name, frames.Data[frames.ViewerData])
    if is_user:
        return TokenKind.USER if is_master is False else TokenKind.UNKNOWN
    return TokenKind.REFUSED if is_user is False and is_master is False else TokenKind.UNKNOWN


def _is_allowed(channel: Channel, operation: str, name: str, shape: type[frames.Data[T]]) -> bool | None:
    """Return whether a query is answered; None where the answer says neither yes nor no."""
    variables = {"first": 1} if operation == "users" else {}
    try:
        channel.query(operation, document(name), shape, variables)
    except (UnauthorizedError, ForbiddenError):
        return False
    except ApiError:
        return None
    return True
