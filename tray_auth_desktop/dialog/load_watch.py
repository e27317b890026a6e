"""How long a window's page has been loading."""

from __future__ import annotations

import time
from collections.abc import Callable

from tray_auth_desktop.core.timeline import Details, EventKind, Observation

#: A load that has taken less when the window goes is none to worry about, in seconds.
_WORTH_TELLING_S = 1.0


class LoadWatch:
    """Times one load after another.

    Args:
        now_s: Seconds on a clock that never goes back.

    Attributes:
        address: Of the load that began last, redacted.
    """

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._began_s: float | None = None
        self.address = ""

    def begin(self, address: str) -> None:
        """A page begins to load; its address is redacted already."""
        self._began_s, self.address = self._now_s(), address

    def end(self) -> None:
        """It has loaded, or will not."""
        self._began_s = None

    def still_loading(self, window: str) -> Observation | None:
        """Return that the page of a window that goes was never there in whole; None where it was."""
        if self._began_s is None:
            return None
        lasted_s = self._now_s() - self._began_s
        if lasted_s < _WORTH_TELLING_S:
            return None
        details: Details = {"window": window, "url": self.address, "loading_ms": round(lasted_s * 1_000)}
        text = f"Still loading after {lasted_s:.1f} s: {self.address}"
        return Observation(EventKind.NAVIGATION, text, details, is_problem=True)
