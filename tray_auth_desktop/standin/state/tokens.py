"""Bearer tokens and authorization codes: who may ask, and for how long.

Shapes and lives are those of the protocol notes, section 2: a user token of 64 hexadecimal
digits for 2 days, an authorization code of 40 that works once within 5 minutes.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from tray_auth_desktop.standin.state.refusals import DialogRefusedError
from tray_auth_desktop.standin.state.stable_id import new_secret

MASTER_TOKEN_DIGITS = 41
USER_TOKEN_DIGITS = 64
CODE_DIGITS = 40
USER_TOKEN_LIFE_S = 2 * 24 * 60 * 60.0
CODE_LIFE_S = 5 * 60.0


class TokenKind(StrEnum):
    """What a request was signed with."""

    MASTER = "master"
    USER = "user"
    PAGE = "page"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the organisation (no user id), or one end user."""

    kind: TokenKind
    user_id: str | None = None


@dataclass(slots=True)
class _Lease:
    user_id: str
    expires_at: float
    is_spent: bool = field(default=False)


class TokenDesk:
    """Mints and checks tokens and codes. Its state never leaves it."""

    def __init__(self, master_token: str, clock: Callable[[], float]) -> None:
        self._master_token = master_token
        self._clock = clock
        self._user_tokens: dict[str, _Lease] = {}
        self._codes: dict[str, _Lease] = {}

    def caller(self, token: str) -> Caller | None:
        """Return who holds that bearer token; None when it is unknown or has expired."""
        if hmac.compare_digest(token.encode(), self._master_token.encode()):
            return Caller(TokenKind.MASTER)
        lease = self._user_tokens.get(token)
        if lease is None or self._clock() >= lease.expires_at:
            return None
        return Caller(TokenKind.USER, lease.user_id)

    def mint_user_token(self, user_id: str) -> str:
        """Return a new token that acts as that end user."""
        token = new_secret(USER_TOKEN_DIGITS)
        self._user_tokens[token] = _Lease(user_id, self._clock() + USER_TOKEN_LIFE_S)
        return token

    def mint_code(self, user_id: str) -> str:
        """Return a new authorization code for that end user."""
        code = new_secret(CODE_DIGITS)
        self._codes[code] = _Lease(user_id, self._clock() + CODE_LIFE_S)
        return code

    def redeem_code(self, code: str) -> str:
        """Spend an authorization code and return the id of the end user it is bound to.

        Raises:
            DialogRefusedError: it is unknown, used or expired.
        """
        lease = self._codes.get(code)
        if lease is None:
            raise DialogRefusedError(
                403, "This link is not valid", "Its authorization code is unknown. Ask for a new link."
            )
        if lease.is_spent:
            raise DialogRefusedError(
                410,
                "This link was already used",
                "Its authorization code was used before, and works only once. Ask for a new link.",
            )
        if self._clock() >= lease.expires_at:
            raise DialogRefusedError(
                410,
                "This link has expired",
                "Its authorization code has expired: it works for 5 minutes. Ask for a new link.",
            )
        lease.is_spent = True
        return lease.user_id

    @property
    def open_codes(self) -> int:
        """Return how many codes could still open a page."""
        now = self._clock()
        return sum(not lease.is_spent and now < lease.expires_at for lease in list(self._codes.values()))

    @property
    def live_user_tokens(self) -> int:
        """Return how many user tokens are accepted."""
        now = self._clock()
        return sum(now < lease.expires_at for lease in list(self._user_tokens.values()))

    def expire_user_tokens(self) -> None:
        """Make every user token that exists one that has expired; from any thread."""
        for lease in list(self._user_tokens.values()):
            lease.expires_at = self._clock()

    def forget_user(self, user_id: str) -> None:
        """Drop every token and code of an end user."""
        self._user_tokens = {
            key: lease for key, lease in self._user_tokens.items() if lease.user_id != user_id
        }
        self._codes = {key: lease for key, lease in self._codes.items() if lease.user_id != user_id}
