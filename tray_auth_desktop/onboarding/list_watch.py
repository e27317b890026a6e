"""Looks into the user's list on a thread until it shows what is wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from tray_auth_desktop.core.listing import find_authentication
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.onboarding.context import AttemptContext
from tray_auth_desktop.onboarding.search import Search, search_list
from tray_auth_desktop.onboarding.tasks import Task


class ListWatch(QObject):
    """One search at a time; a new one takes the place of the last."""

    def __init__(self, user_id: str, context: AttemptContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._user_id = user_id
        self._context = context
        self._cancelled = threading.Event()
        self._task: Task | None = None
        self._limit = QTimer(self, singleShot=True)
        self._limit.timeout.connect(self._on_limit)
        self._done: Callable[[Search], None] | None = None

    def look_for(self, auth_id: str, done: Callable[[Search], None]) -> None:
        """Look for what was captured."""
        delays_s = self._context.limits.confirm_delays_s
        self.look(
            lambda listed: find_authentication(listed, auth_id) is not None,
            delays_s,
            sum(delays_s) + 1.0,
            done,
        )

    def look(
        self,
        is_enough: Callable[[tuple[Authentication, ...]], bool],
        delays_s: tuple[float, ...],
        limit_s: float,
        done: Callable[[Search], None],
    ) -> None:
        """Look after each delay until it is enough.

        Args:
            is_enough: Says whether a list shows what is looked for. Called on a worker thread.
            delays_s: Seconds before each look.
            limit_s: Seconds after which `done` is called whatever has come.
            done: Gets what was found.
        """
        self.cancel()
        self._done, cancelled = done, self._cancelled
        self._limit.start(round(limit_s * 1_000))
        user_id, client = self._user_id, self._context.client
        self._task = self._context.tasks.submit(
            lambda: search_list(client(), user_id, is_enough, delays_s, cancelled),
            self._end,
            lambda error: self._end(Search(None, type(error).__name__)),
        )

    def cancel(self) -> None:
        """Stop looking; nothing is reported."""
        self._done = None
        self._limit.stop()
        self._cancelled.set()
        self._cancelled = threading.Event()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _on_limit(self) -> None:
        self._end(Search(None, "The list did not come in time."))

    def _end(self, search: Search) -> None:
        done = self._done
        self.cancel()
        if done is not None:
            done(search)
