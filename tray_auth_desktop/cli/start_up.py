"""Start-up without Python's garbage collection, and without Qt's reading of source text.

Importing makes a hundred thousand objects that all stay. To look through them for cycles again
and again takes a twentieth of the time until the window is painted, and finds nothing.

Once PySide6 is loaded, its own `__import__` reads the source of every module imported after it, to
see whether that could say `from __feature__ import …`. None of what is imported here does. Without
that the window is painted about 10 ms sooner (seen in 6.11.3).
"""

from __future__ import annotations

import builtins
import gc
from collections.abc import Callable
from typing import Any

#: Qt's own import, while Python's is in its place.
_of_qt: list[Callable[..., Any]] = []
#: Holds something between begin and end: a process that never began has nothing to end.
_under_way: list[None] = []


def begin_start_up() -> None:
    """Load Qt; collect nothing and import as Python does until `end_start_up`."""
    gc.disable()
    _under_way[:] = [None]
    of_python = builtins.__import__
    import PySide6.QtCore  # noqa: F401 - imported, to be able to undo what it does to imports

    if builtins.__import__ is not of_python:
        _of_qt.append(builtins.__import__)
        builtins.__import__ = of_python


def end_start_up() -> None:
    """Collect from now on, but never look again at what start-up made. May be called again."""
    if _of_qt:
        builtins.__import__ = _of_qt.pop()
    if _under_way:
        _under_way.clear()
        gc.freeze()
        gc.enable()
