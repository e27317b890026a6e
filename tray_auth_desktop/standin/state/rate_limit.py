"""The limit on requests: 30 a second, 50 in a burst (protocol notes, section 7), for each caller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

PER_SECOND = 30.0
BURST = 50


@dataclass(slots=True)
class _Bucket:
    left: float
    filled_at: float


class RateLimit:
    """A bucket of requests for each caller, refilled as time goes by.

    Args:
        ticks: seconds that only grow; not the clock that tokens expire by, so that a test which
            holds that clock still is not limited for ever.
        per_second: how fast a bucket refills.
        burst: how much a full bucket holds.
    """

    def __init__(
        self, ticks: Callable[[], float], per_second: float = PER_SECOND, burst: float = BURST
    ) -> None:
        self._ticks = ticks
        self._per_second = per_second
        self._burst = burst
        self._buckets: dict[object, _Bucket] = {}

    def allows(self, caller: object) -> bool:
        """Count one request and return whether it is within the limit."""
        now = self._ticks()
        bucket = self._buckets.setdefault(caller, _Bucket(self._burst, now))
        bucket.left = min(self._burst, bucket.left + (now - bucket.filled_at) * self._per_second)
        bucket.filled_at = now
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True
