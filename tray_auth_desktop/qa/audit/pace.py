"""Keeps the rate limit of the API: all processes of an audit share it out among themselves."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tray_auth_desktop.core.models import Authentication, Connector
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient

#: What Tray allows in a second (protocol notes §7).
REQUESTS_PER_S = 30.0


def rate_of(share: float) -> float:
    """Return how many requests a process sends in a second, so that no second has more than its share.

    What is sent each tenth of a second is sent eleven times in some second: so it is one less than the
    share, or half of it where that is little.
    """
    return max(share - 1, share / 2)


class Pace:
    """Spreads requests over time: each waits for its turn. May be asked by several threads.

    Args:
        per_second: How many may be sent in a second; after a pause, no more than one goes at once.
    """

    def __init__(
        self,
        per_second: float,
        now: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._interval_s = 1 / per_second
        self._now = now
        self._wait = wait
        self._lock = threading.Lock()
        self._free_at = 0.0

    def take(self, requests: int = 1) -> None:
        """Wait until so many requests may be sent."""
        with self._lock:
            start = max(self._now(), self._free_at)
            self._free_at = start + requests * self._interval_s
        if (left := start - self._now()) > 0:
            self._wait(left)


class PacedClient:
    """The calls of an attempt, each in its turn; implements `onboarding.ports.AttemptClient`.

    Args:
        client: Returns what makes the calls.
        pace: When they may be made.
    """

    def __init__(self, client: Callable[[], TrayClient], pace: Pace) -> None:
        self._client = client
        self._pace = pace
        self._known: set[str] = set()

    def generate_authorization_code(self, user_id: str) -> Secret:
        """Mint a single-use code."""
        self._pace.take()
        return self._client().generate_authorization_code(user_id)

    def authentications_of(self, user_id: str) -> tuple[Authentication, ...]:
        """List an end user's authentications."""
        self._pace.take(self._requests_for(user_id))
        return self._client().authentications_of(user_id)

    def connectors(self) -> tuple[Connector, ...]:
        """List all connectors."""
        self._pace.take()
        return self._client().connectors()

    def delete_authentication(self, user_id: str, auth_id: str) -> None:
        """Delete an authentication of an end user."""
        self._pace.take(self._requests_for(user_id))
        self._client().delete_authentication(user_id, auth_id)

    def _requests_for(self, user_id: str) -> int:
        """Return what a call as an end user costs: the first one makes a user token too."""
        if user_id in self._known:
            return 1
        self._known.add(user_id)
        return 2


class AttemptCalls:
    """The calls of one attempt; implements `onboarding.ports.AttemptClient`.

    Args:
        client: What makes them.

    Attributes:
        last_list: The user's list as it was seen last; None if it has not been seen.
    """

    def __init__(self, client: PacedClient) -> None:
        self._client = client
        self.last_list: tuple[Authentication, ...] | None = None

    def generate_authorization_code(self, user_id: str) -> Secret:
        """Mint a single-use code."""
        return self._client.generate_authorization_code(user_id)

    def authentications_of(self, user_id: str) -> tuple[Authentication, ...]:
        """List an end user's authentications."""
        self.last_list = self._client.authentications_of(user_id)
        return self.last_list

    def connectors(self) -> tuple[Connector, ...]:
        """List all connectors."""
        return self._client.connectors()
