"""Fetches an end user's authentications; of a long list, each part is shown as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tray_auth_desktop.onboarding.explain import explain
from tray_auth_desktop.onboarding.latest_task import LatestTask
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, Loading, NotAsked
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.onboarding.users import CANCELLED

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Authentication
    from tray_auth_desktop.onboarding.list_client import ListClient

#: Parts that come faster are shown together: each is painted while the thread that reads wants Python's lock.
_PAUSE_S = 0.1


class AuthenticationList(QObject):
    """Asking again drops what was under way.

    Signals:
        changed(LoadState[Authentication]): where the list stands. Parts that follow each other hold the
            same objects, and so does the whole in the end; it can be another list if Tray was asked twice.
    """

    changed = Signal(object)
    _part_came = Signal(object)

    def __init__(self, client: Callable[[], ListClient], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._task = LatestTask(tasks)
        self._parts: _Parts | None = None
        self._part_came.connect(self._on_part_came)

    def load(self, user_id: str | None) -> None:
        """Fetch the list of an end user; None empties it."""
        self._drop()
        if user_id is None:
            self.changed.emit(NotAsked())
            return
        self.changed.emit(Loading())
        self._parts = parts = _Parts(self._part_came.emit)
        client = self._client
        self._task.run(
            lambda: client().authentications_of(user_id, on_part=parts.add), self._on_loaded, self._on_failed
        )

    def show(self, listed: tuple[Authentication, ...]) -> None:
        """Take over a list that was fetched by somebody else."""
        self._drop()
        self.changed.emit(Loaded(listed))

    def cancel(self) -> None:
        """Drop what is under way, and say so."""
        if self._drop():
            self.changed.emit(LoadFailed(CANCELLED))

    def _drop(self) -> bool:
        self._parts = None
        return self._task.cancel()

    def _on_part_came(self, parts: _Parts) -> None:
        if parts is self._parts:
            self.changed.emit(Loaded(parts.take(), is_partial=True))

    def _on_loaded(self, listed: tuple[Authentication, ...]) -> None:
        self._parts = None
        self.changed.emit(Loaded(listed))

    def _on_failed(self, error: Exception) -> None:
        self._parts = None
        self.changed.emit(LoadFailed(explain(error)))


class _Parts:
    """What has come so far. Filled on a worker thread; the first is told at once, others together.

    Args:
        tell: Called on the worker thread.
    """

    def __init__(self, tell: Callable[[_Parts], None]) -> None:
        self._tell = tell
        self._listed: tuple[Authentication, ...] = ()
        self._is_told = False
        self._told_at = 0.0

    def add(self, part: tuple[Authentication, ...]) -> None:
        """Append a part; where the list begins again, since it was asked for again, so does this."""
        begins_again = bool(self._listed and part) and self._listed[0].auth_id == part[0].auth_id
        self._listed = part if begins_again else self._listed + part
        now = time.monotonic()
        if not self._is_told and now - self._told_at > _PAUSE_S:
            self._is_told, self._told_at = True, now
            try:
                self._tell(self)
            except RuntimeError:  # the Qt half is deleted already: the program is ending
                return

    def take(self) -> tuple[Authentication, ...]:
        """Return all there is; what comes from now on is told again."""
        self._is_told = False
        return self._listed
