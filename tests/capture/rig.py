"""Runs whole attempts of the ways a dialog can end, and the textbook bridge beside them."""

from __future__ import annotations

import os
import signal
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tests.capture.ways import Deed, Way, serve_way
from tests.conftest import PageServer
from tests.onboarding.attempt_bench import AUTH_ID, REQUEST, listed
from tests.onboarding.scripted_client import ScriptedClient
from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.core.presentation import Embedding
from tray_auth_desktop.core.workspace import Hosts, Workspace
from tray_auth_desktop.dialog.auth_dialog import AuthDialog
from tray_auth_desktop.dialog.factory import AuthDialogFactory
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner
from tray_auth_desktop.onboarding.context import AttemptContext
from tray_auth_desktop.onboarding.limits import AttemptLimits
from tray_auth_desktop.onboarding.tasks import Tasks

_PATH = "/external/auth/create/acme"
_PATIENCE_MS = 30_000
_HOUR_S = 3_600.0
#: The product's own limits, but for the waits between looks into a list that will not change.
_LIMITS = AttemptLimits(
    attempt_s=25.0, confirm_delays_s=(0.0,), gone_delays_s=(0.4, 1.0), told_delays_s=(0.4, 0.6)
)


@dataclass
class Tally:
    """What came of several attempts of one way."""

    trials: int = 0
    delivered: int = 0
    vias: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def count(self, outcomes: list[Outcome]) -> None:
        """Count one attempt: it is delivered if it has one outcome, captured, with the right id."""
        self.trials += 1
        ids = [(outcome.kind, outcome.auth_id) for outcome in outcomes]
        if ids == [(OutcomeKind.CAPTURED, AUTH_ID)]:
            self.delivered += 1
            self.vias[str(outcomes[0].via)] += 1
        else:
            self.wrong.append(f"{[str(kind) for kind, _ in ids]}: {[one.message for one in outcomes]}")


class CaptureRig:
    """A page server, the real engine, a real journal, and attempts run to their end."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.pages, self.other = PageServer(), PageServer()
        for server in (self.pages, self.other):
            serve = {"poll_interval": 0.01}
            threading.Thread(target=server.serve_forever, kwargs=serve, daemon=True).start()
        self._factory = AuthDialogFactory("https://app.example.com", application)
        self._tasks = Tasks()
        self.journal = Journal.open(folder / "journal.sqlite3")

    def close(self) -> None:
        """Take everything down."""
        self._tasks.close()
        self._factory.dispose()
        self._factory.deleteLater()
        finish_deletions()
        self.journal.close()
        for server in (self.pages, self.other):
            server.shutdown()
            server.server_close()

    def tally(self, way: Way, trials: int) -> Tally:
        """Run attempts of one way, each with a fresh dialog."""
        tally = Tally()
        for _ in range(trials):
            tally.count(self.run(way))
        return tally

    def run(self, way: Way) -> list[Outcome]:
        """Run one attempt of a way to its end. Returns all outcomes it had: there must be one."""
        serve_way(way, self.pages, self.other, _PATH)
        client = ScriptedClient()
        client.lists_to_come, client.authentications = [[]], [listed(AUTH_ID)]
        # an end user of its own: what the journal has as one attempt's is no other's for the same user
        request = replace(REQUEST, user_id=str(uuid.uuid4()))
        runner = AttemptRunner(request, self._context(client), presentation=way.presentation)
        outcomes: list[Outcome] = []
        dialogs: list[AuthDialog] = []
        runner.ended.connect(lambda outcome, _ms: outcomes.append(outcome))
        runner.dialog_made.connect(dialogs.append)
        runner.dialog_made.connect(lambda dialog: dialog.widget().show())
        with _deed(way.deed, runner, dialogs):
            run_until(runner.done.connect, runner.start)
        finish_deletions()
        row = self.journal.attempt(runner.attempt.attempt_id)
        assert row is not None
        assert [row.auth_id] == [outcome.auth_id for outcome in outcomes]
        runner.deleteLater()
        return outcomes

    def _context(self, client: ScriptedClient) -> AttemptContext:
        origin = self.pages.origin
        workspace = Workspace("capture", Hosts(f"{origin}/graphql", origin, origin), "acme", origin)
        return AttemptContext(
            workspace_name="capture",
            workspace=lambda: workspace,
            client=lambda: client,
            dialogs=lambda: self._factory,
            journal=self.journal,
            tasks=self._tasks,
            limits=_LIMITS,
        )


@contextmanager
def _deed(deed: Deed | None, runner: AttemptRunner, dialogs: list[AuthDialog]) -> Iterator[None]:
    """Do to the dialog what is to be done, as soon as its page is there."""
    real_time = time.time

    def kill() -> None:
        page = dialogs[0].page()
        assert page is not None
        pid = page.renderProcessPid()
        frames = page.mainFrame().children()  # the dialog's own document, where that is in an iframe
        speaker = frames[0] if frames else page
        speaker.runJavaScript("finishNow()", 0, lambda _: os.kill(pid, signal.SIGKILL))

    def set_back() -> None:
        time.time = lambda: real_time() - _HOUR_S

    deeds: dict[Deed | None, Callable[[], None]] = {
        Deed.PERSON_CLOSES: runner.cancel,
        Deed.RENDERER_KILLED: kill,
        Deed.CLOCK_SET_BACK: set_back,
    }
    if deed is not None:
        runner.loaded.connect(deeds[deed])
    try:
        yield
    finally:
        time.time = real_time


def run_until(connect: Callable[[Callable[[], object]], object], start: Callable[[], None]) -> None:
    """Run the event loop from `start` until a signal, or for as long as anybody would wait."""
    loop = QEventLoop()
    connect(loop.quit)
    limit = QTimer(singleShot=True, interval=_PATIENCE_MS)
    limit.timeout.connect(loop.quit)
    limit.start()
    QTimer.singleShot(0, start)
    loop.exec()


def finish_deletions() -> None:
    """Delete what was given to `deleteLater`."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


def expected_vias(way: Way) -> set[str]:
    """Return how the finish of a way may reach the program."""
    if way.presentation.embedding is Embedding.IFRAME:
        return {str(Via.PARENT)} | ({str(Via.LISTING)} if way.may_be_listed else set())
    severed = {str(Via.SEVERED_OPENER)} if any(source.value == "severed" for source in way.sources) else set()
    listing = {str(Via.LISTING)} if way.may_be_listed else set()
    return {str(Via.OPENER)} | severed | listing
