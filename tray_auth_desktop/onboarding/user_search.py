"""Search for end users on the server, while a person types."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from tray_auth_desktop.core.user_criteria import can_be_meant
from tray_auth_desktop.onboarding.explain import explain
from tray_auth_desktop.onboarding.latest_task import LatestTask
from tray_auth_desktop.onboarding.tasks import Tasks

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import UserCriteria, UserPage
    from tray_auth_desktop.onboarding.list_client import ListClient

PAGE_SIZE = 100
#: How long nobody types before the server is asked, in milliseconds.
_PAUSE_MS = 250
_UUID = r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
#: What could be an id of a server that makes them in another way.
_ID = r"(?=.*\d)[0-9A-Za-z_-]{6,64}"


@dataclass(frozen=True, slots=True)
class UserSearchState:
    """Where the search for a text stands.

    Attributes:
        text: What is searched for; empty while nothing is.
        is_running: Whether an answer is still to come.
        found: Ids of those the server named, in its order.
        trouble: What went wrong, and what to do; empty if nothing did.
        has_more: Whether the server would name more.
    """

    text: str = ""
    is_running: bool = False
    found: tuple[str, ...] = ()
    trouble: str = ""
    has_more: bool = False


@dataclass
class _Strand:
    """One of the ways a text is searched for."""

    criteria: UserCriteria
    task: LatestTask
    is_guess: bool = False
    cursor: str | None = None
    seen: set[str] = field(default_factory=set)
    trouble: str = ""


class UserSearch(QObject):
    """Searches by name, by external user id and, for what looks like one, by Tray's id; all at once.

    Nobody says whether Tray compares names in full or in part, so that what a caller has
    loaded is to be searched beside it.

    Signals:
        found(tuple[EndUser, ...], UserCriteria): some of what the server named.
        changed(UserSearchState): where the search stands.
    """

    found = Signal(object, object)
    changed = Signal(object)

    def __init__(self, client: Callable[[], ListClient], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client, self._tasks = client, tasks
        self._text = ""
        self._is_waiting = False
        self._strands: list[_Strand] = []
        self._ids: dict[str, None] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._start)

    @property
    def state(self) -> UserSearchState:
        """Where the search stands."""
        strands = self._strands
        return UserSearchState(
            self._text,
            self._is_waiting or any(strand.task.is_running for strand in strands),
            tuple(self._ids),
            next((strand.trouble for strand in strands if strand.trouble), ""),
            any(strand.cursor for strand in strands),
        )

    def search(self, text: str) -> None:
        """Search for a text, if any, once nobody types any more; the search before it is dropped."""
        text = text.strip()
        if text == self._text:
            return
        self._drop()
        self._text = text
        self._is_waiting = bool(text)
        if text:
            self._pause.start()
        self.changed.emit(self.state)

    def retry(self) -> None:
        """Search for the same text again, at once."""
        if self._text:
            self._drop()
            self._start()

    def more(self) -> bool:
        """Ask for the next page of what was found. Returns whether there is one to come."""
        waiting = [strand for strand in self._strands if strand.cursor and not strand.task.is_running]
        for strand in waiting:
            self._ask(strand)
        if waiting:
            self.changed.emit(self.state)
        return any(strand.task.is_running for strand in self._strands)

    def _drop(self) -> None:
        self._pause.stop()
        self._is_waiting = False
        for strand in self._strands:
            strand.task.cancel()
        self._strands, self._ids = [], {}

    def _start(self) -> None:
        from tray_auth_desktop.core.models import UserCriteria  # costs the window's first paint 5 ms

        self._is_waiting = False
        text = self._text
        strands = [
            _Strand(UserCriteria(name=text), LatestTask(self._tasks)),
            _Strand(UserCriteria(external_user_id=text), LatestTask(self._tasks)),
        ]
        is_guess = not re.fullmatch(_UUID, text)
        if not is_guess or re.fullmatch(_ID, text):
            strands.append(_Strand(UserCriteria(user_id=text), LatestTask(self._tasks), is_guess))
        self._strands = strands
        for strand in strands:
            self._ask(strand)
        self.changed.emit(self.state)

    def _ask(self, strand: _Strand) -> None:
        client, criteria, after = self._client, strand.criteria, strand.cursor
        strand.trouble = ""
        strand.task.run(
            lambda: client().users(criteria, first=PAGE_SIZE, after=after),
            partial(self._on_page, strand),
            partial(self._on_failure, strand),
        )

    def _on_page(self, strand: _Strand, page: UserPage) -> None:
        users = tuple(user for user in page.users if can_be_meant(user, strand.criteria))
        fresh = {user.user_id for user in page.users} - strand.seen
        strand.seen |= fresh
        strand.cursor = page.next_cursor if fresh else None
        self._ids |= dict.fromkeys(user.user_id for user in users)
        self.found.emit(users, strand.criteria)
        self.changed.emit(self.state)

    def _on_failure(self, strand: _Strand, error: Exception) -> None:
        strand.cursor = None
        if not strand.is_guess:  # a server may refuse what was never one of its ids
            strand.trouble = explain(error)
        self.changed.emit(self.state)
