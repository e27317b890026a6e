from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.dialog.dialog_bench import drain
from tray_auth_desktop import app
from tray_auth_desktop.api import TrayClient
from tray_auth_desktop.core.attempt import Outcome
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.core.services import families_of
from tray_auth_desktop.core.workspace import Hosts, Workspace
from tray_auth_desktop.dialog.auth_dialog import AuthDialog
from tray_auth_desktop.dialog.driver import PageDriver
from tray_auth_desktop.dialog.factory import AuthDialogFactory
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner
from tray_auth_desktop.onboarding.context import AttemptContext
from tray_auth_desktop.onboarding.limits import AttemptLimits
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn

QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
LIMIT_MS = 40_000


class Flow(QObject):
    """One attempt on the stand-in, with somebody who fills in what the pages ask for."""

    def __init__(self, qtbot: QtBot, context: AttemptContext, client: TrayClient) -> None:
        super().__init__()
        self._qtbot = qtbot
        self._context = context
        self._client = client
        self.dialog: AuthDialog | None = None
        self.outcome: Outcome | None = None
        self.listed: tuple[Authentication, ...] = ()
        self.said: list[str] = []
        self._is_done = False
        self.runner: AttemptRunner | None = None

    def request(self, service_name: str, *scopes: str, environment: int = 0, user: int = 0) -> DialogRequest:
        """Look the ids up by name, as the window does."""
        families = families_of(self._client.connectors())
        service = next(family.newest for family in families if family.newest.name == service_name)
        environments = self._client.service_environments(service.name, service.version or "1")
        end_user = self._client.users().users[user]
        chosen = environments[environment].service_environment_id
        return DialogRequest(end_user.user_id, service.service_id, chosen, scopes)

    def open(self, request: DialogRequest) -> None:
        """Start the attempt and wait until its dialog is there."""
        runner = AttemptRunner(request, self._context, self)
        self.runner = runner
        runner.ended.connect(lambda outcome, _ms: setattr(self, "outcome", outcome))
        runner.confirmed.connect(lambda outcome: setattr(self, "outcome", outcome))
        runner.listed.connect(lambda listed: setattr(self, "listed", listed))
        runner.recorder.recorded.connect(lambda event: self.said.append(event.observation.text))
        runner.done.connect(lambda: setattr(self, "_is_done", True))
        runner.dialog_made.connect(self._on_dialog_made)
        with self._qtbot.waitSignal(runner.loaded, timeout=LIMIT_MS):
            runner.start()

    def fill(self, label: str, value: str) -> None:
        """Fill a field of the newest window."""
        self._do(lambda driver, done: driver.fill(label, value, done))

    def press(self, text: str) -> None:
        """Press a button of the newest window."""
        self._do(lambda driver, done: driver.press(text, done))

    def wait_for_the_dialog(self) -> None:
        """Wait until the windows that the dialog opened are gone."""
        dialog = self.dialog
        assert dialog is not None
        self._qtbot.waitUntil(lambda: not dialog.popup_pages(), timeout=LIMIT_MS)

    def wait(self) -> Outcome:
        """Wait until all is over; return the outcome, after its confirmation."""
        self._qtbot.waitUntil(lambda: self._is_done, timeout=LIMIT_MS)
        assert self.outcome is not None
        return self.outcome

    def end(self) -> None:
        """Let go of the attempt, however far it got."""
        if self.runner is not None:
            self.runner.cancel()
            self.runner.cancel()
            self.runner.abandon()

    def _on_dialog_made(self, dialog: AuthDialog) -> None:
        self.dialog = dialog
        dialog.widget().resize(520, 640)
        dialog.widget().show()

    def _do(self, step: Callable[[PageDriver, Callable[[str], None]], None]) -> None:
        assert self.dialog is not None
        driver = app.page_driver(self.dialog, self)
        missing: list[str] = []
        step(driver, missing.append)
        self._qtbot.waitUntil(lambda: bool(missing), timeout=LIMIT_MS)
        assert missing == [""], missing


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn() as service:
        yield service


@pytest.fixture
def client(standin: StandIn) -> Iterator[TrayClient]:
    hosts = Hosts(standin.graphql_url, standin.rest_url, standin.dialog_url)
    client = TrayClient(hosts, Secret(standin.master_token))
    yield client
    client.close()


@pytest.fixture
def flow(
    qapp: QApplication, qtbot: QtBot, standin: StandIn, client: TrayClient, tmp_path: Path
) -> Iterator[Flow]:
    hosts = Hosts(standin.graphql_url, standin.rest_url, standin.dialog_url)
    workspace = Workspace("stand-in", hosts, standin.embedded_id, "https://opener.example", is_stand_in=True)
    factory = AuthDialogFactory(workspace.opener_origin, qapp)
    journal = Journal.open(tmp_path / "journal.sqlite3")
    tasks = Tasks()
    context = AttemptContext(
        workspace_name=workspace.name,
        workspace=lambda: workspace,
        client=lambda: client,
        dialogs=lambda: factory,
        journal=journal,
        tasks=tasks,
        limits=AttemptLimits(attempt_s=60.0, suspected_delays_s=(1.0, 1.0, 2.0)),
    )
    flow = Flow(qtbot, context, client)
    yield flow
    flow.end()
    tasks.close()
    factory.dispose()
    drain()
    journal.close()
