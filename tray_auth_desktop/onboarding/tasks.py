"""Work that may wait (HTTP) is done on threads; what comes of it is handed back to the thread of Qt."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from tray_auth_desktop.onboarding.fair_turns import fair_turns

T = TypeVar("T")
_logger = logging.getLogger(__name__)


class Task:
    """A handle on work under way. A cancelled task's result is dropped, whenever it comes."""

    def __init__(self) -> None:
        self.is_cancelled = False

    def cancel(self) -> None:
        """Drop the result; the work itself runs out by its own time limits."""
        self.is_cancelled = True


class Tasks(QObject):
    """Runs functions on daemon threads and calls back on the thread this object lives in.

    Daemon threads, because the program must be able to end while a host does not answer.
    """

    _returned = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_closed = False
        self._returned.connect(self._on_returned)

    def submit(
        self,
        work: Callable[[], T],
        on_success: Callable[[T], None],
        on_failure: Callable[[Exception], None],
    ) -> Task:
        """Run `work` on a thread; then one of the two callbacks here, unless cancelled."""
        task = Task()

        def run() -> None:
            """Do the work, and hand back what comes of it."""
            try:
                with fair_turns():
                    result = work()
            except Exception as error:  # noqa: BLE001 - border: whatever it is, it is handed to on_failure
                failure = error
                self._hand_back(task, lambda: on_failure(failure))
            else:
                self._hand_back(task, lambda: on_success(result))

        threading.Thread(target=run, name="task", daemon=True).start()
        return task

    def close(self) -> None:
        """Drop every result from now on."""
        self._is_closed = True

    def _hand_back(self, task: Task, callback: Callable[[], None]) -> None:
        if self._is_closed:
            return
        try:
            self._returned.emit((task, callback))
        except RuntimeError:  # the Qt half is deleted already: the program is ending
            _logger.debug("a task ended after the program did")

    @Slot(object)
    def _on_returned(self, returned: tuple[Task, Callable[[], None]]) -> None:
        task, callback = returned
        if not task.is_cancelled and not self._is_closed:
            callback()
