"""Which process runs an attempt, and whether it still does."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

#: Where a line of `/proc/PID/stat` has the state and the start time, counted after the name (proc(5)).
_STATE, _START = 0, 19
_ENDED_STATES = frozenset("ZXx")


@cache
def own_start() -> str:
    """Return when this process was started, as the system counts it; empty where it does not say."""
    return _start_of(os.getpid())


def is_running(pid: int, start: str) -> bool:
    """Whether the process that had this number and start is still there, other than this one.

    Where starts are not known, any process of that number counts; where even that cannot
    be asked, none does. A process that has ended and is not yet reaped is not there.
    """
    if pid == os.getpid():
        return False
    if start:
        return _start_of(pid) == start
    return _has_number(pid)


def _start_of(pid: int) -> str:
    try:
        fields = (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        )
    except OSError:
        return ""
    return "" if fields[_STATE] in _ENDED_STATES else fields[_START]


def _has_number(pid: int) -> bool:
    if sys.platform == "win32" or pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
