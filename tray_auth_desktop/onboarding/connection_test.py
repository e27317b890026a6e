"""Test whether a workspace's connection works, in the background; each result is told as it comes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal

from tray_auth_desktop.core.connection_check import CheckResult
from tray_auth_desktop.onboarding.tasks import Task, Tasks

#: Makes the results one by one; called on a worker thread. May raise any `TrayAuthError`.
Checks = Callable[[], Iterator[CheckResult]]


class ConnectionTest(QObject):
    """Runs one test at a time. A new one drops the one that runs; nothing comes of a dropped one.

    Signals:
        found(CheckResult): a check has ended.
        ended(): all checks have ended.
        failed(Exception): the checks could not be made, or not all of them.
    """

    found = Signal(object)
    ended = Signal()
    failed = Signal(object)
    _came = Signal(object, object)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._run: _Run | None = None
        self._came.connect(self._on_came)

    @property
    def is_running(self) -> bool:
        """Whether results are still to come."""
        return self._run is not None

    def start(self, checks: Checks) -> None:
        """Begin."""
        self.cancel()
        run = _Run()
        self._run = run
        run.task = self._tasks.submit(
            lambda: self._work(run, checks),
            lambda _: self._on_ended(run),
            lambda error: self._on_failed(run, error),
        )

    def cancel(self) -> None:
        """Drop what runs: no further check is begun, and no further result is told."""
        if self._run is not None:
            self._run.is_over.set()
            if self._run.task is not None:
                self._run.task.cancel()
            self._run = None

    def _work(self, run: _Run, checks: Checks) -> None:
        """Run on a worker thread. Closing the results lets them close what they opened."""
        results = checks()
        try:
            for result in results:
                if run.is_over.is_set():
                    return
                self._came.emit(run, result)
        finally:
            close = getattr(results, "close", None)
            if close is not None:
                close()

    def _on_came(self, run: _Run, result: CheckResult) -> None:
        if run is self._run:
            self.found.emit(result)

    def _on_ended(self, run: _Run) -> None:
        if run is self._run:
            self._run = None
            self.ended.emit()

    def _on_failed(self, run: _Run, error: Exception) -> None:
        if run is self._run:
            self._run = None
            self.failed.emit(error)


class _Run:
    """One test under way."""

    def __init__(self) -> None:
        self.is_over = threading.Event()
        self.task: Task | None = None
