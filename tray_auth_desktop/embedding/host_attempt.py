"""One attempt after the other inside a host application, each run by the same runner as everywhere."""

from __future__ import annotations

import logging
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from tray_auth_desktop.core.attempt import Outcome, Phase
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.embedding.host_client import HostClient
from tray_auth_desktop.embedding.host_engine import HostEngine
from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.onboarding.api_calls import observed_runner
from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner
from tray_auth_desktop.onboarding.context import AttemptContext
from tray_auth_desktop.onboarding.limits import AttemptLimits
from tray_auth_desktop.onboarding.tasks import Tasks

_logger = logging.getLogger(__name__)
#: Without a list there is nothing to look for: only a message that is still under way is waited for.
_WITHOUT_LIST = AttemptLimits(
    list_before_s=1.0,
    settle_s=2.0,
    confirm_delays_s=(),
    gone_delays_s=(0.8,),
    told_delays_s=(0.4,),
    cancelled_delays_s=(0.2,),
    suspected_delays_s=(),
)


class HostAttempt(QObject):
    """Starts, cancels and stops attempts.

    Signals:
        runner_made(AttemptRunner): an attempt is about to start.
        ended(Outcome): it has its outcome, which the journal has already.
        confirmed(Outcome): of a captured one: the search in the user's list is over.
        done(): nothing more comes of it.
    """

    runner_made = Signal(object)
    ended = Signal(object)
    confirmed = Signal(object)
    done = Signal()

    def __init__(
        self,
        workspace: Workspace,
        client: HostClient,
        engine: HostEngine,
        timeout_s: float,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._client = client
        self._engine = engine
        self._limits = replace(AttemptLimits() if client.can_list else _WITHOUT_LIST, attempt_s=timeout_s)
        self._tasks = Tasks(self)
        self._runner: AttemptRunner | None = None
        self._journal: Journal | None = None

    @property
    def is_running(self) -> bool:
        """Whether an attempt is under way, or its result is still looked for in the list."""
        return self._runner is not None

    def start(self, request: DialogRequest, journal: Journal) -> None:
        """Begin an attempt, once the event loop has its turn: it can end at once."""
        runner = observed_runner(request, self._context(journal), self)
        self._runner, self._journal = runner, journal
        runner.recorder.journal_failed.connect(lambda text: _logger.warning("%s", text))
        runner.ended.connect(self._on_ended)
        runner.confirmed.connect(self.confirmed)
        runner.done.connect(self._on_done)
        self.runner_made.emit(runner)
        QTimer.singleShot(0, runner, runner.start)

    def cancel(self) -> None:
        """The person wants out; a second time, without waiting for the comparison of the lists."""
        runner = self._runner
        if runner is None:
            return
        if runner.attempt.phase is Phase.ENDED:
            runner.abandon()
        else:
            runner.cancel()

    def stop(self) -> None:
        """End it at once, whatever it takes."""
        for _ in range(3):  # close the dialog, do not compare the lists, do not look for a confirmation
            self.cancel()
        self._tasks.close()

    def _context(self, journal: Journal) -> AttemptContext:
        return AttemptContext(
            workspace_name=self._workspace.name,
            workspace=lambda: self._workspace,
            client=lambda: self._client,
            dialogs=self._engine.factory,
            journal=journal,
            tasks=self._tasks,
            account_id=self._workspace.account_id,
            limits=self._limits,
        )

    def _on_ended(self, outcome: Outcome, _elapsed_ms: int) -> None:
        runner, journal = self._runner, self._journal
        self.ended.emit(outcome)
        if runner is None or journal is None:
            return
        try:
            journal.mark_shown(runner.attempt.attempt_id)  # the application has been told
        except JournalError as error:
            _logger.warning("%s", error.explanation)

    def _on_done(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.deleteLater()
        self.done.emit()
