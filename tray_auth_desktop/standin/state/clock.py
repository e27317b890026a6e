"""The stand-in's clock: it goes as the one below it, and can be put forward."""

from __future__ import annotations

from collections.abc import Callable


class Clock:
    """Seconds since the epoch; tokens, codes and lists go by it.

    Args:
        source: the clock below it.
    """

    def __init__(self, source: Callable[[], float]) -> None:
        self._source = source
        self._offset_s = 0.0

    @property
    def offset_s(self) -> float:
        """Return how far it is ahead of the one below it."""
        return self._offset_s

    def __call__(self) -> float:
        """Return the time."""
        return self._source() + self._offset_s

    def advance(self, seconds: float) -> None:
        """Put it forward.

        Raises:
            ValueError: it would go back.
        """
        self.put_ahead(self._offset_s + seconds)

    def put_ahead(self, offset_s: float) -> None:
        """Put it so far ahead of the one below it.

        Raises:
            ValueError: it would go back.
        """
        if not offset_s >= self._offset_s:
            raise ValueError(
                f"the clock is {self._offset_s:g} seconds ahead and never goes back, except by a reset"
            )
        self._offset_s = offset_s

    def reset(self) -> None:
        """Let it go as the one below it again."""
        self._offset_s = 0.0
