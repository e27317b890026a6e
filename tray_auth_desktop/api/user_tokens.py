"""User tokens in memory: made when needed, kept while they are good, never written anywhere."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tray_auth_desktop.errors import ForbiddenError, UnauthorizedError
from tray_auth_desktop.secrets import Secret

T = TypeVar("T")
#: A user token lasts 2 days (tray-protocol notes §2); given up a little earlier.
TOKEN_LIFE_S = 2 * 86_400 - 600


@dataclass(frozen=True, slots=True)
class _Kept:
    token: Secret
    until: float


class UserTokens:
    """One token per end user; threads that ask for the same user's wait for one call."""

    def __init__(self, make: Callable[[str], Secret], clock: Callable[[], float]) -> None:
        self._make = make
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[str, _Kept] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def get(self, user_id: str, *, instead_of: Secret | None = None) -> Secret:
        """Return a token that is good, as far as is known.

        Args:
            user_id: Tray's id of the end user.
            instead_of: A token that was refused. Another that is kept by now will do.
        """
        with self._lock:
            lock = self._locks[user_id]
        with lock:
            kept = self._kept.get(user_id)
            if kept and kept.until > self._clock() and kept.token != instead_of:
                return kept.token
            token = self._make(user_id)
            self._kept[user_id] = _Kept(token, self._clock() + TOKEN_LIFE_S)
            return token

    def act(self, user_id: str, do: Callable[[Secret], T]) -> T:
        """Do something as an end user; once more, with another token, if the token is refused.

        Tray refuses a token before it does anything, so a mutation may be repeated then too. A token that was
        made just now may be refused as well: by a server that keeps its own for longer than they are good.
        """
        token = self.get(user_id)
        try:
            return do(token)
        except (UnauthorizedError, ForbiddenError):
            token = self.get(user_id, instead_of=token)
        return do(token)

    def forget(self, user_id: str) -> None:
        """Drop the token of an end user who is no more."""
        with self._lock:
            self._kept.pop(user_id, None)
            self._locks.pop(user_id, None)
