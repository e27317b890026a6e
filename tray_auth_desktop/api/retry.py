"""How long to wait before a read is tried again: exponential back-off with full jitter."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_EXPONENT_LIMIT = 32


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """When to give up and how long to wait.

    Attributes:
        max_tries: Tries in all; 1 means never again.
        base_s: The longest first wait; it doubles from try to try.
        cap_s: The longest wait of all, whatever the server asks for.
        jitter: Returns a number from 0 to 1 that each wait is multiplied by.
    """

    max_tries: int = 4
    base_s: float = 0.25
    cap_s: float = 4.0
    jitter: Callable[[], float] = field(default=random.random, repr=False)

    def delay_s(self, attempt: int, retry_after: str | None = None) -> float:
        """Return the wait after the given try (1 for the first).

        Args:
            attempt: The try that failed.
            retry_after: The server's `Retry-After`; a longer wait than it asks for is kept.
        """
        ceiling = self.base_s * 2.0 ** min(attempt - 1, _EXPONENT_LIMIT)
        wanted = max(self.jitter() * ceiling, retry_after_s(retry_after))
        return min(wanted, self.cap_s)


def retry_after_s(header: str | None) -> float:
    """Return the seconds a `Retry-After` asks for, given as a number or a date; 0 if it says nothing."""
    text = (header or "").strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
