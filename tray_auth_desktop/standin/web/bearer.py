"""Reads `Authorization: Bearer …` and finds out who asks."""

from __future__ import annotations

from starlette.requests import Request

from tray_auth_desktop.standin.state.tokens import Caller, TokenDesk, TokenKind
from tray_auth_desktop.standin.web.recording import note

_SCHEME = "bearer"


class BearerError(Exception):
    """A request that carries no usable token.

    Args:
        status: 401 when the header is missing or malformed, 403 when the token is unknown or expired.
    """

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def bearer_token(request: Request) -> str:
    """Return the token of a request.

    Raises:
        BearerError: the header is missing or malformed.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != _SCHEME or not token.strip():
        raise BearerError(401)
    return token.strip()


def caller_of(request: Request, tokens: TokenDesk) -> Caller:
    """Return who asks; refused as `bearer_token` is, and when the token is unknown or has expired."""
    caller = tokens.caller(bearer_token(request))
    note(request, kind=TokenKind.UNKNOWN if caller is None else caller.kind)
    if caller is None:
        raise BearerError(403)
    return caller
