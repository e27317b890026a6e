"""The end users one can choose from: fetched page by page, searched for, known by their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tray_auth_desktop.errors import ForbiddenError, MissingTokenError, UnauthorizedError
from tray_auth_desktop.onboarding.explain import explain
from tray_auth_desktop.onboarding.latest_task import LatestTask
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, Loading, LoadState
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.onboarding.user_search import PAGE_SIZE, UserSearch

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import EndUser, UserPage
    from tray_auth_desktop.onboarding.list_client import ListClient

CANCELLED = "Cancelled. Press Retry to fetch the list again."
#: What comes of a master token that is missing, wrong, or another one's.
_OF_TOKEN = (MissingTokenError, UnauthorizedError, ForbiddenError)


class UserDirectory(QObject):
    """Knows the end users that were seen so far, and how to see more of them.

    Signals:
        changed(LoadState[EndUser]): others are known now, or are being asked for.
        named(EndUser): one that was asked for by its id.
        unnamed(str, str): the id of one that did not come, and why; no reason: there is none.
    """

    changed = Signal(object)
    named = Signal(object)
    unnamed = Signal(str, str)

    def __init__(self, client: Callable[[], ListClient], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._page = LatestTask(tasks)
        self._one = LatestTask(tasks)
        self._known: dict[str, EndUser] = {}
        self._listed: set[str] = set()
        self._named: dict[str, EndUser] = {}
        self._cursor: str | None = None
        self._items: tuple[EndUser, ...] = ()
        self._is_other = False
        self._is_listed = False
        self.search = UserSearch(client, tasks, self)
        self.search.found.connect(self._on_found)

    @property
    def is_loading(self) -> bool:
        """Whether a page is under way."""
        return self._page.is_running

    @property
    def has_more(self) -> bool:
        """Whether the list goes on."""
        return self._cursor is not None

    def find(self, user_id: str) -> EndUser | None:
        """Return a user that was seen."""
        return self._known.get(user_id)

    def load(self) -> None:
        """Fetch the first page; what was known before counts until it comes."""
        self._is_listed = False
        self._named.clear()
        self.changed.emit(Loading())
        self._fetch(None)

    def load_more(self) -> None:
        """Fetch the next page, if there is one and none is under way."""
        if self._cursor is not None and not self._page.is_running:
            self._fetch(self._cursor)
            self._tell()

    def retry(self) -> None:
        """Ask again for what did not come."""
        if self._is_listed and self._cursor is not None:
            self.load_more()
        else:
            self.load()

    def cancel(self) -> None:
        """Drop a page that is under way; it can be asked for again."""
        if self._page.cancel():
            self.changed.emit(LoadFailed(CANCELLED))

    def fetch(self, user_id: str) -> None:
        """Ask for one user by Tray's id."""
        from tray_auth_desktop.core.models import UserCriteria  # costs the window's first paint 5 ms

        client = self._client
        self._one.run(
            lambda: client().users(UserCriteria(user_id=user_id), first=PAGE_SIZE, after=None),
            partial(self._on_one, user_id),
            lambda error: self.unnamed.emit(user_id, explain(error)),
        )

    def add(self, users: Iterable[EndUser]) -> None:
        """Know more users."""
        new = {user.user_id: user for user in users}
        if any(self._known.get(user_id) != user for user_id, user in new.items()):
            self._known |= new
            self._is_other = True
            if self._is_listed:
                self._tell()

    def remove(self, user_id: str) -> None:
        """Forget a user that was deleted."""
        self._named.pop(user_id, None)
        if self._known.pop(user_id, None) is not None:
            self._is_other = True
            if self._is_listed:
                self._tell()

    def _fetch(self, after: str | None) -> None:
        client = self._client
        self._page.run(
            lambda: client().users(first=PAGE_SIZE, after=after),
            partial(self._on_page, is_first=after is None),
            lambda error: self.changed.emit(LoadFailed(explain(error), isinstance(error, _OF_TOKEN))),
        )

    def _on_page(self, page: UserPage, *, is_first: bool) -> None:
        if is_first:
            self._known, self._listed, self._cursor = {}, set(), None
        fresh = {user.user_id for user in page.users} - self._listed
        self._listed |= fresh
        # A page that brings nobody new leads nowhere, whatever its cursor says.
        self._cursor = page.next_cursor if fresh and page.next_cursor != self._cursor else None
        self._is_listed = self._is_other = True
        self._known |= {user.user_id: user for user in page.users}
        if is_first:
            self._known = self._known | {
                user_id: user for user_id, user in self._named.items() if user_id not in self._known
            }
        self._tell()

    def _on_one(self, user_id: str, page: UserPage) -> None:
        user = next((one for one in page.users if one.user_id == user_id), None)
        if user is None:
            self.unnamed.emit(user_id, "")
            return
        self._named[user_id] = user
        self.add((user,))
        self.named.emit(user)

    def _on_found(self, users: tuple[EndUser, ...], _criteria: object) -> None:
        self.add(users)

    def _tell(self) -> None:
        if self._is_other:
            self._items, self._is_other = tuple(self._known.values()), False
        state: LoadState[EndUser] = Loaded(
            self._items, is_partial=self._page.is_running, has_more=self._cursor is not None
        )
        self.changed.emit(state)
