"""The program of the small project: says how it was started."""

from __future__ import annotations

import json
import os
import sys


def _holds_the_lock() -> bool:
    """Say whether set-up's descriptor is still open: a long run would block the next set-up."""
    try:
        os.fstat(9)
    except OSError:
        return False
    return True


def main() -> None:
    """Write the arguments, Qt's platform and the lock's state as one JSON line."""
    platform = os.environ.get("QT_QPA_PLATFORM")
    started = {"arguments": sys.argv[1:], "platform": platform, "lock": _holds_the_lock()}
    sys.stdout.write(json.dumps(started) + "\n")
