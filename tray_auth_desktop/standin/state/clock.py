"""The stand-in's clock: it goes as the one below it, and can be put forward."""

from __future__ import annotations

from collections.abc import Callable


class Clock:
    """Seconds since the epoch; tokens, codes and lists go by it.

    Args:
        source: the clock below it.

    Attributes:
        offset_s: how far it is ahead of that one.
    """

    def __init__(self, source: Callable[[], float]) -> None:
        self._source = source
        self.offset_s = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self._source() + self.offset_s

    def advance(self, seconds: float) -> None:
        """Put it forward."""
        self.offset_s += seconds
