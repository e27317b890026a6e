"""The demonstration: drives the real window and the real dialog against the stand-in."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from tray_auth_desktop import app
from tray_auth_desktop.cli.qt import finish_deletions, make_application
from tray_auth_desktop.cli.signals import StopSignals
from tray_auth_desktop.cli.table import table
from tray_auth_desktop.cli.window import WindowProgram
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.core.attempt import Outcome
from tray_auth_desktop.core.models import Authentication, EndUser, Service, ServiceEnvironment
from tray_auth_desktop.errors import ExitCode
from tray_auth_desktop.onboarding.limits import AttemptLimits
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed
from tray_auth_desktop.onboarding.ports import Dialog
from tray_auth_desktop.workspaces.entry import STAND_IN

if TYPE_CHECKING:
    from tray_auth_desktop.dialog.driver import PageDriver

SUBMIT = "Create"
SERVICE_NAME = "twilio"
#: What is typed into the form: labels of the stand-in's page, and values that are no secrets.
FORM = (
    ("Account SID", "AC00000000000000000000000000000000"),
    ("Auth Token", "not-a-real-token-0000000000000000"),
)
_LIMIT_MS = 60_000
_ATTEMPT_S = 900.0
_LOOK_MS = 1_500


def run_demonstration(configuration: Configuration, screenshot: Path | None) -> int:
    """Run the demonstration on a stand-in of its own. Returns the exit code."""
    configuration = Configuration(
        workspace=STAND_IN,
        config_dir=configuration.config_dir,
        data_dir=configuration.data_dir,
        color_scheme=configuration.color_scheme,
        waive_sandbox=configuration.waive_sandbox,
    )
    is_visible = app.has_display() and os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    if not is_visible:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    account = app.Account(configuration)
    try:
        application = make_application(configuration)
        program = WindowProgram(application, account, configuration, AttemptLimits(attempt_s=_ATTEMPT_S))
        picture = screenshot or Path(tempfile.mkdtemp(prefix="tray-auth-desktop-")) / "window.png"
        demonstration = Demonstration(application, program, picture, pause_ms=_LOOK_MS if is_visible else 0)
        signals = StopSignals(demonstration.stop)
        demonstration.start()
        signals.deliver_early_ones()
        application.exec()
        signals.close()
        program.close()
        finish_deletions()
    finally:
        account.close()
    return demonstration.exit_code


class Demonstration(QObject):
    """Chooses, opens, fills in and submits, as a person would; prints each step."""

    def __init__(
        self, application: QApplication, program: WindowProgram, picture: Path, *, pause_ms: int
    ) -> None:
        super().__init__()
        self.exit_code: int = ExitCode.UNEXPECTED
        self._application = application
        self._program = program
        self._picture = picture
        self._pause_ms = pause_ms
        self._number = 0
        self._listed: tuple[Authentication, ...] = ()
        self._driver: PageDriver | None = None
        self._typed = 0
        self._limit = QTimer(self, singleShot=True, interval=_LIMIT_MS)
        self._limit.timeout.connect(lambda: self._fail(f"It was not finished within {_LIMIT_MS // 1_000} s."))

    def start(self) -> None:
        """Show the window; everything else follows from what it loads."""
        catalog, desk = self._program.catalog, self._program.desk
        catalog.users_changed.connect(self._on_users)
        catalog.services_changed.connect(self._on_services)
        catalog.environments_changed.connect(self._on_environments)
        desk.dialog_made.connect(self._on_dialog_made)
        desk.progress_changed.connect(self._on_progress)
        desk.listed.connect(self._on_listed)
        desk.ended.connect(self._on_ended)
        desk.confirmed.connect(self._on_confirmed)
        self._limit.start()
        self._step("Starting the stand-in and the window")
        self._program.window.show()

    def stop(self) -> None:
        """The program was told to stop."""
        self.exit_code = ExitCode.CLOSED
        self._application.quit()

    def _on_users(self, state: object) -> None:
        if isinstance(state, LoadFailed):
            self._fail(state.explanation)
        elif isinstance(state, Loaded) and not state.is_partial:
            user: EndUser = state.items[0]
            workspace = self._program.account.workspace()
            self._step(
                f"Stand-in serves: API {workspace.hosts.graphql_url}, dialog {workspace.hosts.dialog_url}"
            )
            self._step(f"End user: {user.name} ({user.user_id})")
            self._program.window.parts.form.user_picker.choose(user.user_id)

    def _on_services(self, state: object) -> None:
        if isinstance(state, LoadFailed):
            self._fail(state.explanation)
        elif isinstance(state, Loaded):
            newest = (family.newest for family in state.items)
            service: Service = next(found for found in newest if found.name == SERVICE_NAME)
            self._step(f"Service: {service.label} ({service.service_id})")
            self._program.window.parts.form.service_picker.choose(service.service_id)

    def _on_environments(self, state: object) -> None:
        if isinstance(state, LoadFailed):
            self._fail(state.explanation)
        elif isinstance(state, Loaded):
            environment: ServiceEnvironment = state.items[0]
            self._step(f"Environment: {environment.label} ({environment.service_environment_id})")
            form = self._program.window.parts.form
            form.environment_picker.choose(environment.service_environment_id)
            self._later(self._open)

    def _open(self) -> None:
        if not self._program.window.parts.form.user_picker.key:
            self._later(self._open)
            return
        self._step("Opening the dialog")
        self._program.window.attempt.open_dialog()

    def _on_progress(self, text: str) -> None:
        if text:
            click.echo(f"       {text}")

    def _on_dialog_made(self, dialog: Dialog) -> None:
        self._driver = app.page_driver(dialog, self)
        dialog.loaded.connect(lambda: self._later(self._type_next))

    def _type_next(self) -> None:
        """Fill in one field after the other, then submit."""
        if self._driver is None:
            return
        if self._typed < len(FORM):
            label, value = FORM[self._typed]
            self._typed += 1
            self._step(f"Typing into “{label}”")
            self._driver.fill(label, value, self._on_typed)
            return
        self._take_picture(self._picture.with_stem(f"{self._picture.stem}-dialog"))
        self._step(f"Pressing “{SUBMIT}”")
        self._driver.press(SUBMIT, lambda missing: self._fail(missing) if missing else None)

    def _on_typed(self, missing: str) -> None:
        if missing:
            self._fail(missing)
        else:
            self._later(self._type_next)

    def _on_listed(self, listed: tuple[Authentication, ...]) -> None:
        self._listed = listed

    def _on_ended(self, outcome: Outcome) -> None:
        if outcome.auth_id is None:
            self.exit_code = outcome.exit_code
            self._fail(outcome.message or outcome.kind.value)
            return
        via = outcome.via.value if outcome.via else "?"
        self._step(f"Captured authId {outcome.auth_id} (via {via}, type {outcome.auth_type})")

    def _on_confirmed(self, outcome: Outcome) -> None:
        seen = "is in" if outcome.confirmed else "is NOT in"
        self._step(f"The authId {seen} the user's list:")
        rows = [
            (found.auth_id, found.name, found.service.label if found.service else "")
            for found in self._listed
        ]
        click.echo(table(("AUTH ID", "NAME", "SERVICE"), rows))
        self.exit_code = ExitCode.OK if outcome.confirmed else ExitCode.UNEXPECTED
        self._later(self._finish)

    def _finish(self) -> None:
        self._take_picture(self._picture)
        self._later(self._application.quit)

    def _take_picture(self, path: Path) -> None:
        if not self._program.window.grab().save(str(path)):
            self._fail(f"The picture {path} could not be written.")
        self._step(f"Picture of the window: {path}")

    def _step(self, text: str) -> None:
        self._number += 1
        click.echo(f"{self._number:>4}.  {text}")

    def _later(self, step: Callable[[], None]) -> None:
        """Go on when the window has shown what there is; with a person watching, slowly."""
        QTimer.singleShot(max(self._pause_ms, 200), self, step)

    def _fail(self, why: str) -> None:
        click.echo(f"       Failed: {why}")
        self._application.exit(self.exit_code)
