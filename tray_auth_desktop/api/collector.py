"""Keep Python's garbage collector from looking through everything while a large reply is decoded.

Each time a quarter of all objects is new it looks through them all, with Python's lock held: up to 40
milliseconds at a hundred thousand authentications (measured; docs/api-client.md). What is decoded holds
no cycles, so there is nothing for it to find.
"""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator

_lock = threading.Lock()
_under_way = 0
_was_enabled = False


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """Hold off the collector until the last of those that asked for it is done."""
    global _under_way, _was_enabled
    with _lock:
        _under_way += 1
        if _under_way == 1:
            _was_enabled = gc.isenabled()
            gc.disable()
    try:
        yield
    finally:
        with _lock:
            _under_way -= 1
            if _under_way == 0 and _was_enabled:
                _make_old()
                gc.enable()


def _make_old() -> None:
    """Take what is new for old, without looking at it: else the next collection would look through it all.

    Not where the program has put objects aside for good: they would come back.
    """
    if gc.get_freeze_count() == 0:
        gc.freeze()
        gc.unfreeze()
