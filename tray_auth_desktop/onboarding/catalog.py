"""The lists a person chooses from and looks at: end users, services, environments, authentications."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, Loading, NotAsked
from tray_auth_desktop.onboarding.tasks import Task, Tasks

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Authentication, EndUser, Service, UserPage
    from tray_auth_desktop.onboarding.ports import Client

T = TypeVar("T")


class Catalog(QObject):
    """Fetches lists in the background. Asking again, or for something else, drops what was under way.

    Signals:
        users_changed(LoadState[EndUser]), services_changed(LoadState[Service]),
        environments_changed(LoadState[ServiceEnvironment]),
        authentications_changed(LoadState[Authentication]): where each list stands.
    """

    users_changed = Signal(object)
    services_changed = Signal(object)
    environments_changed = Signal(object)
    authentications_changed = Signal(object)

    def __init__(self, client: Callable[[], Client], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._tasks = tasks
        self._under_way: dict[str, Task] = {}
        self._users: tuple[EndUser, ...] = ()

    def load_users(self) -> None:
        """Fetch the end users, page after page; each page is shown as it comes."""
        self._users = ()
        self.users_changed.emit(Loading())
        self._fetch_users(None)

    def load_services(self) -> None:
        """Fetch all connectors and reduce them to services."""
        self._fetch("services", _services, self.services_changed.emit)

    def load_environments(self, service: Service | None) -> None:
        """Fetch the environments of a service; None empties the list."""
        if service is None:
            self._clear("environments", self.environments_changed.emit)
            return
        name, version = service.name, service.version or "1"
        self._fetch(
            "environments",
            lambda client: client.service_environments(name, version),
            self.environments_changed.emit,
        )

    def load_authentications(self, user_id: str | None) -> None:
        """Fetch an end user's authentications; None empties the list."""
        if user_id is None:
            self._clear("authentications", self.authentications_changed.emit)
            return
        self._fetch(
            "authentications",
            lambda client: client.authentications_of(user_id),
            self.authentications_changed.emit,
        )

    def show_authentications(self, listed: tuple[Authentication, ...]) -> None:
        """Take over a list that an attempt has just fetched."""
        self._cancel("authentications")
        self.authentications_changed.emit(Loaded(listed))

    def cancel(self) -> None:
        """Drop everything that is under way; each list says so and can be asked for again."""
        signals = {
            "users": self.users_changed,
            "services": self.services_changed,
            "environments": self.environments_changed,
            "authentications": self.authentications_changed,
        }
        for what in tuple(self._under_way):
            self._cancel(what)
            signals[what].emit(LoadFailed("Cancelled. Press Retry to fetch the list again."))

    def _fetch(
        self, what: str, work: Callable[[Client], tuple[T, ...]], emit: Callable[[object], None]
    ) -> None:
        emit(Loading())
        self._submit(what, work, lambda items: emit(Loaded(items)), emit)

    def _fetch_users(self, after: str | None) -> None:
        self._submit(
            "users",
            lambda client: client.users(first=100, after=after),
            self._on_user_page,
            self.users_changed.emit,
        )

    def _on_user_page(self, page: UserPage) -> None:
        known = {user.user_id for user in self._users}
        fresh = tuple(user for user in page.users if user.user_id not in known)
        self._users += fresh
        more = page.next_cursor is not None and bool(fresh)
        self.users_changed.emit(Loaded(self._users, is_partial=more))
        if more:
            self._fetch_users(page.next_cursor)

    def _submit(
        self,
        what: str,
        work: Callable[[Client], T],
        on_success: Callable[[T], None],
        emit: Callable[[object], None],
    ) -> None:
        self._cancel(what)

        def succeeded(result: T) -> None:
            self._under_way.pop(what, None)
            on_success(result)

        def failed(error: Exception) -> None:
            self._under_way.pop(what, None)
            emit(LoadFailed(explain(error)))

        self._under_way[what] = self._tasks.submit(lambda: work(self._client()), succeeded, failed)

    def _clear(self, what: str, emit: Callable[[object], None]) -> None:
        self._cancel(what)
        emit(NotAsked())

    def _cancel(self, what: str) -> None:
        task = self._under_way.pop(what, None)
        if task is not None:
            task.cancel()


def _services(client: Client) -> tuple[Service, ...]:
    """Fetch and reduce. Runs on a worker thread, and imports there what only it needs."""
    from tray_auth_desktop.core.services import services_of

    return services_of(client.connectors())


def explain(error: Exception) -> str:
    """Return what happened and what to do next, for any error a task can end with."""
    if isinstance(error, TrayAuthError):
        return error.explanation
    return (
        f"Something unexpected went wrong: {type(error).__name__}. Try again; please report it if it stays."
    )
