"""Python's garbage collector, on Qt's thread and between two of its events only.

The collector runs when the next object is made, wherever that is. On a worker thread it would
destroy there what belongs to Qt's; inside of a call of Qt that holds a lock (taking a connection
apart is one) it destroys objects that want the same lock, and the program stands still for ever
(both seen in 6.11.3).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500
#: As many objects must be new, as by Python's own measure or more; then as often as Python would.
_ENOUGH = 2_000
_YOUNGER_FIRST = 10


class CollectsBetweenEvents(QObject):
    """Takes the collector over from Python until it is stopped."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def stop(self) -> None:
        """Give it back. May be called again."""
        if self._timer.isActive():
            self._timer.stop()
            if self._was_enabled:
                gc.enable()

    def _on_timeout(self) -> None:
        new, young, middling = gc.get_count()
        if new < _ENOUGH:
            return
        generation = 0 if young <= _YOUNGER_FIRST else 1 if middling <= _YOUNGER_FIRST else 2
        gc.collect(generation)
