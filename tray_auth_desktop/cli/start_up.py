"""Start-up without Python's garbage collection.

Importing makes a hundred thousand objects that all stay. To look through them for cycles again
and again takes a twentieth of the time until the window is painted, and finds nothing.
"""

from __future__ import annotations

import gc


def begin_start_up() -> None:
    """Collect nothing until `end_start_up`."""
    gc.disable()


def end_start_up() -> None:
    """Collect from now on, but never look again at what start-up made. May be called again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
