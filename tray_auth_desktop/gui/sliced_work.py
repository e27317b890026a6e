"""Work on the thread of Qt in slices: between two of them the window paints and listens."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

T = TypeVar("T")
#: What is done at once may take so long, and each later turn of the event loop.
_FIRST_S, _NEXT_S = 0.014, 0.006


class SlicedWork(QObject):
    """Runs one generator at a time; another takes its place. What is short is done when `start` returns."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn: Callable[[float], bool] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_running(self) -> bool:
        """Whether something is not done yet."""
        return self._turn is not None

    def start(self, slices: Generator[None, None, T], done: Callable[[T], None]) -> None:
        """Begin, and do what fits into a moment.

        Args:
            slices: Yields every few milliseconds.
            done: Told what the generator returned.
        """

        def turn(seconds: float) -> bool:
            """Return whether it has ended."""
            until = time.perf_counter() + seconds
            try:
                while time.perf_counter() < until:
                    next(slices)
            except StopIteration as end:
                self.cancel()
                done(end.value)
                return True
            return False

        self._turn = turn
        if not turn(_FIRST_S):
            self._timer.start()

    def finish(self) -> None:
        """Do the rest at once."""
        while self._turn is not None:
            self._turn(_FIRST_S)

    def cancel(self) -> None:
        """Drop what is under way."""
        self._turn = None
        self._timer.stop()

    def _on_timeout(self) -> None:
        if self._turn is not None:
            self._turn(_NEXT_S)
