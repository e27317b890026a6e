"""While threads work, Python's lock is handed over ten times as often: the window need not wait for it.

Who asks for the lock gets it after the switch interval, 5 ms unless changed. The thread of Qt gives it up
and asks for it again many times for a single paint, so that a thread that computes would hold up each.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_TURN_S = 0.0005
_guard = threading.Lock()
_workers: list[float] = []


@contextmanager
def fair_turns() -> Iterator[None]:
    """Hand the lock over often while this lasts, on whatever thread; the last to leave restores what was."""
    with _guard:
        _workers.append(sys.getswitchinterval() if not _workers else _workers[0])
        sys.setswitchinterval(min(_TURN_S, _workers[0]))
    try:
        yield
    finally:
        with _guard:
            before = _workers.pop()
            if not _workers:
                sys.setswitchinterval(before)
