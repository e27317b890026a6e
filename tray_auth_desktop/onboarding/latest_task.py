"""Work of which only the latest counts: asking again drops what was under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tray_auth_desktop.onboarding.tasks import Task, Tasks

T = TypeVar("T")


class LatestTask:
    """Runs one piece of work at a time on a thread."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._task: Task | None = None

    @property
    def is_running(self) -> bool:
        """Whether an answer is still to come."""
        return self._task is not None

    def run(
        self, work: Callable[[], T], on_success: Callable[[T], None], on_failure: Callable[[Exception], None]
    ) -> None:
        """Begin; whatever ran before is dropped."""
        self.cancel()

        def succeeded(result: T) -> None:
            self._task = None
            on_success(result)

        def failed(error: Exception) -> None:
            self._task = None
            on_failure(error)

        self._task = self._tasks.submit(work, succeeded, failed)

    def cancel(self) -> bool:
        """Drop the answer to come. Returns whether there was one."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
        return task is not None
