"""How long an attempt waits for what. All in seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AttemptLimits:
    """Time limits of an attempt.

    Attributes:
        attempt_s: From the start until the attempt is out of time; a setting.
        list_before_s: How long the dialog may be held back by the list that is taken before it opens.
        settle_s: How long the comparison of the lists may take, all in all.
        confirm_delays_s: Waits between looks for a captured id, 15 s in sum; the first lets the
            window paint what was captured, the third look tells whether listing is slow.
        gone_delays_s: Waits before each look after a window was closed without a word.
        told_delays_s: The same after the dialog said that it is over, or time was out.
        cancelled_delays_s: The same after the person said so, who is waiting for it.
        suspected_delays_s: The same while the dialog is still open.
    """

    attempt_s: float = 900.0
    list_before_s: float = 5.0
    settle_s: float = 12.0
    confirm_delays_s: tuple[float, ...] = (0.05, 0.5, 1.5, 1.5, 3.0, 4.0, 4.45)
    gone_delays_s: tuple[float, ...] = (0.4, 1.0, 2.0, 3.0)
    told_delays_s: tuple[float, ...] = (0.4, 1.6)
    cancelled_delays_s: tuple[float, ...] = (0.4,)
    suspected_delays_s: tuple[float, ...] = (2.0, 2.0, 4.0)
