"""What is asked and changed of single authentications, and honest words where that does not go well."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tray_auth_desktop.errors import NetworkError, RateLimitedError, TrayAuthError
from tray_auth_desktop.onboarding.explain import explain
from tray_auth_desktop.onboarding.export_file import write_file
from tray_auth_desktop.onboarding.latest_task import LatestTask
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.onboarding.user_work import WorkFailed, may_have_been_done

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import AuthenticationDetails
    from tray_auth_desktop.onboarding.list_client import ListClient
    from tray_auth_desktop.secrets import Secret

#: Tray allows 30 calls a second; a long deletion leaves room for others (tray-protocol notes §7).
_PAUSE_S = 0.05
#: What is refused for coming too fast was not done: it may be asked again after a while.
_PATIENCE_S = (1.0, 2.0, 4.0)


@dataclass(frozen=True, slots=True)
class Deletion:
    """What came of deleting some authentications.

    Attributes:
        deleted: Those that are gone.
        failed: Why others are not, or why that is not known.
        untried: Those that were not asked for any more.
    """

    deleted: tuple[str, ...]
    failed: tuple[tuple[str, WorkFailed], ...] = ()
    untried: tuple[str, ...] = ()


class AuthenticationWork(QObject):
    """One question and one change at a time. Nothing that may have been done is sent twice by itself.

    Signals:
        deletion_progressed(int): so many have been dealt with.
    """

    deletion_progressed = Signal(int)

    def __init__(self, client: Callable[[], ListClient], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._tasks = tasks
        self._details = LatestTask(tasks)
        self._change = LatestTask(tasks)
        self._stop = threading.Event()

    @property
    def is_changing(self) -> bool:
        """Whether a change is under way."""
        return self._change.is_running

    def ask_details(
        self,
        user_id: str,
        auth_id: str,
        on_success: Callable[[AuthenticationDetails], None],
        on_failure: Callable[[str], None],
    ) -> None:
        """Ask what Tray tells of one authentication; another question drops this one."""
        client = self._client
        self._details.run(
            lambda: client().authentication_details(user_id, auth_id),
            on_success,
            lambda error: on_failure(explain(error)),
        )

    def drop_details(self) -> None:
        """Nobody waits for the details any more."""
        self._details.cancel()

    def rename(
        self,
        user_id: str,
        auth_id: str,
        name: str,
        credentials: Secret,
        on_success: Callable[[], None],
        on_failure: Callable[[WorkFailed], None],
    ) -> None:
        """Give an authentication another name; Tray takes it only with the credentials."""
        client = self._client
        self._change.run(
            lambda: client().rename_authentication(user_id, auth_id, name, credentials),
            lambda _nothing: on_success(),
            lambda error: on_failure(WorkFailed(explain(error), may_have_been_done(error))),
        )

    def delete(
        self,
        user_id: str,
        auth_ids: Sequence[str],
        on_done: Callable[[Deletion], None],
        on_failure: Callable[[str], None],
    ) -> None:
        """Delete one after the other; `deletion_progressed` tells how far it is."""
        self._stop = stop = threading.Event()
        self._change.run(
            lambda: self._delete_all(user_id, auth_ids, stop),
            on_done,
            lambda error: on_failure(explain(error)),
        )

    def stop_deleting(self) -> None:
        """Delete no more after the one that is under way."""
        self._stop.set()

    def write(
        self,
        path: str,
        lines: Callable[[], Iterable[str]],
        on_success: Callable[[], None],
        on_failure: Callable[[str], None],
    ) -> None:
        """Write a file.

        Args:
            path: Where to.
            lines: Called on a worker thread.
            on_success: The whole file is there.
            on_failure: Told why it is not; one that was there before is as it was.
        """
        self._tasks.submit(
            lambda: write_file(path, lines()),
            lambda _nothing: on_success(),
            lambda error: on_failure(explain(error)),
        )

    def _delete_all(self, user_id: str, auth_ids: Sequence[str], stop: threading.Event) -> Deletion:
        client = self._client()
        deleted: list[str] = []
        failed: list[tuple[str, WorkFailed]] = []
        for count, auth_id in enumerate(auth_ids):
            if count and stop.wait(_PAUSE_S):
                return Deletion(tuple(deleted), tuple(failed), tuple(auth_ids[count:]))
            try:
                _delete_patiently(client, user_id, auth_id, stop)
            except TrayAuthError as error:
                failed.append((auth_id, WorkFailed(explain(error), may_have_been_done(error))))
                if isinstance(error, NetworkError):  # the next would end the same way, after as long
                    return Deletion(tuple(deleted), tuple(failed), tuple(auth_ids[count + 1 :]))
            else:
                deleted.append(auth_id)
            self.deletion_progressed.emit(count + 1)
        return Deletion(tuple(deleted), tuple(failed))


def _delete_patiently(client: ListClient, user_id: str, auth_id: str, stop: threading.Event) -> None:
    for pause_s in _PATIENCE_S:
        try:
            client.delete_authentication(user_id, auth_id)
        except RateLimitedError:
            if stop.wait(pause_s):
                raise
        else:
            return
    client.delete_authentication(user_id, auth_id)
