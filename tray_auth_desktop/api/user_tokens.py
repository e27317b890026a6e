"""User tokens in memory: made when needed, kept while they are good, never written anywhere."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from tray_auth_desktop.secrets import Secret

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

    def get(self, user_id: str, *, instead_of: Secret | None = None) -> tuple[Secret, bool]:
        """Return a token, and whether it was made just now.

        Args:
            user_id: Tray's id of the end user.
            instead_of: A token that was refused. Another that is kept by now will do.
        """
        with self._lock:
            lock = self._locks[user_id]
        with lock:
            kept = self._kept.get(user_id)
            if kept and kept.until > self._clock() and kept.token != instead_of:
                return kept.token, False
            token = self._make(user_id)
            self._kept[user_id] = _Kept(token, self._clock() + TOKEN_LIFE_S)
            return token, True
