"""Runs real attempts: a scripted client on one side, a real dialog (or a told one) on the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from tests.onboarding.scripted_client import ScriptedClient
from tray_auth_desktop.core.attempt import Outcome, Phase
from tray_auth_desktop.core.dialog_url import DialogLaunch, DialogRequest
from tray_auth_desktop.core.models import (
    Authentication,
    Service,
)
from tray_auth_desktop.core.presentation import AS_EVER, Presentation
from tray_auth_desktop.core.timeline import TimelineEvent
from tray_auth_desktop.core.window_message import MessageSource, WindowMessage
from tray_auth_desktop.core.workspace import Hosts, Workspace
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner
from tray_auth_desktop.onboarding.context import AttemptContext
from tray_auth_desktop.onboarding.limits import AttemptLimits
from tray_auth_desktop.onboarding.ports import Dialog, DialogFactory
from tray_auth_desktop.onboarding.tasks import Tasks

PATIENCE_MS = 20_000
AUTH_ID = "569adf96-3c05-40a6-b565-07e829d2c56d"
OTHER_ID = "669adf96-3c05-40a6-b565-07e829d2c56d"
ORIGIN = "https://embedded.tray.io"
REQUEST = DialogRequest("user-1", "service-1", "environment-1", ("read",))
#: Short, so that what is never listed is given up soon.
QUICK = AttemptLimits(
    attempt_s=30.0,
    list_before_s=10.0,
    settle_s=5.0,
    confirm_delays_s=(0.0, 0.02, 0.02),
    gone_delays_s=(0.05, 0.05),
    told_delays_s=(0.05,),
    suspected_delays_s=(0.02, 0.02, 0.02),
)


def listed(auth_id: str, service_id: str | None = None) -> Authentication:
    """Return an authentication as a list shows it."""
    return Authentication(auth_id, "made", Service(service_id) if service_id else None)


class ToldDialog(QObject):
    """A `ports.Dialog` that does what the test says, in an order that no engine can be held to."""

    message_received = Signal(object)
    observed = Signal(object)
    loaded = Signal()
    load_failed = Signal(object)
    gone = Signal(object)
    crashed = Signal(str)
    result_suspected = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.launches: list[DialogLaunch] = []
        self.answers: list[str] = []
        self.closings = 0
        self.disposals = 0

    def open(self, launch: DialogLaunch) -> None:
        """Remember what was to be opened."""
        self.launches.append(launch)

    def answer_account_id(self, account_id: str) -> None:
        """Remember the answer."""
        self.answers.append(account_id)

    def close_windows(self) -> None:
        """Count."""
        self.closings += 1

    def dispose(self) -> None:
        """Count."""
        self.disposals += 1

    def say(self, payload: str, origin: str = ORIGIN, source: MessageSource = MessageSource.POPUP) -> None:
        """Post a window message."""
        self.message_received.emit(WindowMessage(origin, source, payload, size=len(payload)))

    def finish(self, auth_id: str = AUTH_ID, source: MessageSource = MessageSource.POPUP) -> None:
        """Post a finish."""
        self.say(f'{{"type": "tray.authpopup.finish", "authId": "{auth_id}"}}', source=source)


class ToldDialogs:
    """A `ports.DialogFactory` of told dialogs, or one that fails."""

    def __init__(self) -> None:
        self.made: list[ToldDialog] = []
        self.presentations: list[Presentation] = []
        self.error: Exception | None = None

    def make(self, presentation: Presentation = AS_EVER) -> Dialog:
        """Return the next dialog."""
        if self.error is not None:
            raise self.error
        self.presentations.append(presentation)
        self.made.append(ToldDialog())
        return self.made[-1]

    def warm_up(self) -> None:
        """Nothing to warm."""


@dataclass
class Said:
    """What one signal carried, and what the journal's file held at that moment."""

    name: str
    value: object
    row: dict[str, object]


class AttemptRun:
    """One attempt and all it said, in order."""

    def __init__(self, runner: AttemptRunner, journal_path: Path, qtbot: QtBot) -> None:
        self.runner = runner
        self.said: list[Said] = []
        self.events: list[TimelineEvent] = []
        self.dialogs: list[Dialog] = []
        self._journal_path = journal_path
        self._qtbot = qtbot
        runner.dialog_made.connect(self.dialogs.append)
        runner.recorder.recorded.connect(self.events.append)
        runner.ended.connect(lambda outcome, _elapsed_ms: self._hear("ended", outcome))
        for name in ("phase_changed", "progress_changed", "code_minted", "listed", "confirmed"):
            getattr(runner, name).connect(lambda value, name=name: self._hear(name, value))
        for name in ("loaded", "done"):
            getattr(runner, name).connect(lambda name=name: self._hear(name, None))
        runner.recorder.journal_failed.connect(lambda text: self._hear("journal_failed", text))

    def _hear(self, name: str, value: object) -> None:
        self.said.append(Said(name, value, self.row_on_disk()))

    def row_on_disk(self) -> dict[str, object]:
        """Return the attempt as another program sees it in the journal's file; empty if it is not there."""
        connection = sqlite3.connect(self._journal_path)
        try:
            connection.row_factory = sqlite3.Row
            query = "SELECT * FROM attempt WHERE attempt_id = ?"
            row = connection.execute(query, (self.runner.attempt.attempt_id,)).fetchone()
            return dict(row) if row else {}
        except sqlite3.OperationalError:
            return {}
        finally:
            connection.close()

    def names(self, *wanted: str) -> list[str]:
        """Return the names of what was said, in order; only those wanted."""
        return [said.name for said in self.said if said.name in wanted]

    def values(self, name: str) -> list[object]:
        """Return what a signal carried, each time."""
        return [said.value for said in self.said if said.name == name]

    @property
    def outcome(self) -> Outcome:
        """The one outcome."""
        (outcome,) = self.values("ended")
        assert isinstance(outcome, Outcome)
        return outcome

    @property
    def texts(self) -> list[str]:
        """The lines of the timeline."""
        return [event.observation.text for event in self.events]

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Run the event loop until a condition holds."""
        self._qtbot.waitUntil(is_so, timeout=PATIENCE_MS)

    def wait_for_phase(self, phase: Phase) -> None:
        """Wait until the attempt stands there."""
        self.wait_until(lambda: self.runner.attempt.phase is phase)

    def wait_for_done(self) -> None:
        """Wait until nothing more will come, and check what must hold of every attempt."""
        self.wait_until(lambda: "done" in self.names("done"))
        assert self.names("ended", "done") == ["ended", "done"]
        assert self.runner.attempt.outcome == self.outcome
        ended = next(said for said in self.said if said.name == "ended")
        assert ended.row["outcome"] == self.outcome.kind.value
        assert ended.row["auth_id"] == self.outcome.auth_id

    @property
    def told(self) -> ToldDialog:
        """The dialog, where it is one that is told."""
        (dialog,) = self.dialogs
        assert isinstance(dialog, ToldDialog)
        return dialog


class AttemptBench:
    """What attempts of one test are run with."""

    def __init__(self, journal_path: Path, dialogs: DialogFactory, qtbot: QtBot) -> None:
        self.client = ScriptedClient()
        self.journal = Journal.open(journal_path)
        self.journal_path = journal_path
        self.tasks = Tasks()
        self.origin = ORIGIN
        self.limits = QUICK
        self.account_id: str | None = None
        self._dialogs = dialogs
        self._qtbot = qtbot
        self._runs: list[AttemptRun] = []

    def context(self) -> AttemptContext:
        """Return the context as it is set now."""
        hosts = Hosts(f"{self.origin}/graphql", self.origin, self.origin)
        workspace = Workspace("test", hosts, "acme", "https://app.example.com")
        return AttemptContext(
            workspace_name="test",
            workspace=lambda: workspace,
            client=lambda: self.client,
            dialogs=lambda: self._dialogs,
            journal=self.journal,
            tasks=self.tasks,
            account_id=self.account_id,
            limits=self.limits,
        )

    def limit(self, **changes: float | tuple[float, ...]) -> None:
        """Change limits of the attempts to come."""
        self.limits = replace(self.limits, **changes)  # type: ignore[arg-type]  # replace() takes any field

    def make(self, request: DialogRequest = REQUEST) -> AttemptRun:
        """Return an attempt that has not begun."""
        run = AttemptRun(AttemptRunner(request, self.context()), self.journal_path, self._qtbot)
        self._runs.append(run)
        return run

    def start(self, request: DialogRequest = REQUEST) -> AttemptRun:
        """Begin an attempt."""
        run = self.make(request)
        run.runner.start()
        return run

    def start_open(self) -> AttemptRun:
        """Begin an attempt and wait until its dialog is open."""
        run = self.start()
        run.wait_for_phase(Phase.OPEN)
        return run

    def close(self) -> None:
        """End what is still running, as the program does when it ends."""
        self.client.may_mint.set()
        self.client.may_list.set()
        for run in self._runs:
            if run.runner.attempt.phase is not Phase.ENDED:
                run.runner.cancel()
                run.runner.cancel()
            run.runner.abandon()
            run.runner.deleteLater()
        self.tasks.close()
        self.journal.close()
