"""The lists a person chooses from and looks at: end users, services, environments, authentications."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from tray_auth_desktop.onboarding.authentication_list import AuthenticationList
from tray_auth_desktop.onboarding.explain import explain
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, Loading, NotAsked
from tray_auth_desktop.onboarding.tasks import Task, Tasks
from tray_auth_desktop.onboarding.users import CANCELLED, UserDirectory

if TYPE_CHECKING:  # the window's first paint waits for none of them
    from pathlib import Path

    from tray_auth_desktop.core.models import Authentication, Connector, Service
    from tray_auth_desktop.core.services import ServiceFamily
    from tray_auth_desktop.onboarding.authentication_work import AuthenticationWork
    from tray_auth_desktop.onboarding.icon_addresses import IconAddresses
    from tray_auth_desktop.onboarding.icons import IconStore
    from tray_auth_desktop.onboarding.list_client import ListClient
    from tray_auth_desktop.onboarding.user_work import UserWork

T = TypeVar("T")


class Catalog(QObject):
    """Fetches lists in the background. Asking again, or for something else, drops what was under way.

    Args:
        client: Returns what lists are fetched with. Called on worker threads.
        tasks: Runs what may wait.
        parent: Its owner.
        icon_folder: Returns where icons are kept. Called on worker threads; None keeps none.

    Attributes:
        users: The end users, of which there may be too many to fetch.

    Signals:
        users_changed(LoadState[EndUser]), services_changed(LoadState[ServiceFamily]),
        environments_changed(LoadState[ServiceEnvironment]), operations_changed(LoadState[Operation]),
        authentications_changed(LoadState[Authentication]): where each list stands.
    """

    users_changed = Signal(object)
    services_changed = Signal(object)
    environments_changed = Signal(object)
    operations_changed = Signal(object)
    authentications_changed = Signal(object)

    def __init__(
        self,
        client: Callable[[], ListClient],
        tasks: Tasks,
        parent: QObject | None = None,
        *,
        icon_folder: Callable[[], Path] | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._tasks = tasks
        self._icon_folder = icon_folder
        self._under_way: dict[str, Task] = {}
        self.users = UserDirectory(client, tasks, self)
        self.users.changed.connect(self.users_changed)
        self._authentications = AuthenticationList(client, tasks, self)
        self._authentications.changed.connect(self.authentications_changed)

    @property
    def tasks(self) -> Tasks:
        """What runs work that may wait."""
        return self._tasks

    @cached_property
    def user_work(self) -> UserWork:
        """Changes to end users."""
        from tray_auth_desktop.onboarding.user_work import UserWork

        return UserWork(self._client, self._tasks, self)

    @cached_property
    def authentication_work(self) -> AuthenticationWork:
        """What is asked and changed of authentications."""
        from tray_auth_desktop.onboarding.authentication_work import AuthenticationWork

        return AuthenticationWork(self._client, self._tasks, self)

    @cached_property
    def icons(self) -> IconStore[object]:
        """Pictures of services."""
        from tray_auth_desktop.onboarding.icons import IconFolder, IconStore

        folder = IconFolder(self._icon_folder) if self._icon_folder else None
        return IconStore(self._client, self._tasks, folder, self)

    @cached_property
    def icon_addresses(self) -> IconAddresses:
        """Where the pictures of services are; learns it from every list of authentications."""
        from tray_auth_desktop.onboarding.icon_addresses import IconAddresses

        folder = self._icon_folder
        addresses = IconAddresses(self._tasks, folder and (lambda: folder().parent), self)
        self.authentications_changed.connect(addresses.learn)
        return addresses

    def load_users(self) -> None:
        """Fetch the first page of end users; `users` fetches the others when they are asked for."""
        self.users.load()

    def load_services(self) -> None:
        """Fetch all connectors and reduce them to services in all their versions."""
        self.icons.try_again()
        self.icon_addresses.read()
        self._fetch("services", _families, self.services_changed.emit)

    def load_operations(self, connector: Connector | None) -> None:
        """Fetch what a connector can do; None empties the list."""
        if connector is None:
            self._clear("operations", self.operations_changed.emit)
            return
        name, version = connector.name, connector.version
        self._fetch(
            "operations", lambda client: client.operations(name, version), self.operations_changed.emit
        )

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
        """Fetch an end user's authentications, a long list in parts; None empties the list."""
        self._authentications.load(user_id)

    def show_authentications(self, listed: tuple[Authentication, ...]) -> None:
        """Take over a list that an attempt has just fetched."""
        self._authentications.show(listed)

    def cancel(self) -> None:
        """Drop everything that is under way; each list says so and can be asked for again."""
        self.users.cancel()
        self._authentications.cancel()
        signals = {
            "services": self.services_changed,
            "environments": self.environments_changed,
            "operations": self.operations_changed,
        }
        for what in tuple(self._under_way):
            self._cancel(what)
            signals[what].emit(LoadFailed(CANCELLED))

    def _fetch(
        self, what: str, work: Callable[[ListClient], tuple[T, ...]], emit: Callable[[object], None]
    ) -> None:
        emit(Loading())
        self._submit(what, work, lambda items: emit(Loaded(items)), emit)

    def _submit(
        self,
        what: str,
        work: Callable[[ListClient], T],
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


def _families(client: ListClient) -> tuple[ServiceFamily, ...]:
    """Fetch and reduce. Runs on a worker thread, and imports there what only it needs."""
    from tray_auth_desktop.core.services import families_of

    return families_of(client.connectors())
