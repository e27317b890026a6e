"""Before the dialog opens: a single-use code, and the user's list as it is now, at the same time."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from tray_auth_desktop.core.dialog_url import DialogLaunch, DialogRequest, assemble_dialog_url
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.onboarding.explain import explain
from tray_auth_desktop.onboarding.ports import AttemptClient
from tray_auth_desktop.onboarding.tasks import Task, Tasks


class Preparation(QObject):
    """Fetches what an attempt needs before its dialog can open.

    The list must be complete before the dialog opens, or what the dialog makes could
    already be in it. It may fail or be late: then there is nothing to compare with later,
    and the dialog opens all the same.

    Signals:
        prepared(DialogLaunch, tuple[Authentication, ...] | None): the dialog can open.
        failed(Exception): there is no code.
        list_missing(str): there will be no list to compare with; the text says why.
    """

    prepared = Signal(object, object)
    failed = Signal(object)
    list_missing = Signal(str)

    def __init__(
        self,
        request: DialogRequest,
        workspace: Callable[[], Workspace],
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._request = request
        self._workspace = workspace
        self._tasks = tasks
        self._under_way: list[Task] = []
        self._launch: DialogLaunch | None = None
        self._listed: tuple[Authentication, ...] | None = None
        self._has_list_ended = False
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._on_patience_ended)

    def start(self, client: Callable[[], AttemptClient], list_before_s: float) -> None:
        """Begin both; the list gets `list_before_s` seconds."""
        user_id = self._request.user_id
        self._patience.start(round(list_before_s * 1_000))
        self._under_way = [
            self._tasks.submit(lambda: self._mint(client()), self._on_minted, self.failed.emit),
            self._tasks.submit(
                lambda: client().authentications_of(user_id), self._on_listed, self._on_list_failed
            ),
        ]

    def cancel(self) -> None:
        """Drop both."""
        self._patience.stop()
        for task in self._under_way:
            task.cancel()

    def _mint(self, client: AttemptClient) -> DialogLaunch:
        """Make a code and the address it opens. Runs on a worker thread."""
        workspace = self._workspace()
        dialog_url = dialog_host(workspace, self._request, client)
        asked_at = time.time()
        code = client.generate_authorization_code(self._request.user_id)
        url = assemble_dialog_url(dialog_url, workspace.embedded_id, self._request, code.reveal())
        return DialogLaunch(url, Origin.parse(dialog_url), asked_at)

    def _on_minted(self, launch: DialogLaunch) -> None:
        self._launch = launch
        self._proceed()

    def _on_listed(self, listed: tuple[Authentication, ...]) -> None:
        self._listed = listed
        self._end_list()

    def _on_list_failed(self, error: Exception) -> None:
        self.list_missing.emit(explain(error))
        self._end_list()

    def _on_patience_ended(self) -> None:
        if not self._has_list_ended:
            self.list_missing.emit("The list did not come in time.")
            self._under_way[1].cancel()
            self._end_list()

    def _end_list(self) -> None:
        self._has_list_ended = True
        self._patience.stop()
        self._proceed()

    def _proceed(self) -> None:
        if self._launch is not None and self._has_list_ended:
            self.prepared.emit(self._launch, self._listed)


def dialog_host(workspace: Workspace, request: DialogRequest, client: AttemptClient) -> str:
    """Return the dialog host for a request. Runs on a worker thread: it may have to ask for a service's name.

    A workspace names the hosts of single services by their names; a caller may know only the id.
    """
    names = [request.service_id, request.service_name]
    own = dict(workspace.dialog_hosts)
    if own and request.service_id and not request.service_name and request.service_id not in own:
        names += [
            connector.service.name
            for connector in client.connectors()
            if connector.service is not None and connector.service.service_id == request.service_id
        ]
    return workspace.dialog_url_for(*filter(None, names))
