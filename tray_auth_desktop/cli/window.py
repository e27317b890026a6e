"""The window: what the program is without a command."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from tray_auth_desktop import app
from tray_auth_desktop.cli.given import timeout_s
from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.cli.qt import finish_deletions, make_application
from tray_auth_desktop.cli.signals import StopSignals
from tray_auth_desktop.cli.start_up import end_start_up
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.gui.main_window import MainWindow
from tray_auth_desktop.onboarding.catalog import Catalog
from tray_auth_desktop.onboarding.desk import AttemptDesk
from tray_auth_desktop.onboarding.limits import AttemptLimits
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.settings import TIMEOUT

if TYPE_CHECKING:
    from tray_auth_desktop.journal import Journal
    from tray_auth_desktop.onboarding.context import AttemptContext

_logger = logging.getLogger(__name__)

#: A timer of 0 ms would run before the paint that is due, and hold it back by 10 ms.
_WARM_UP_AFTER_MS = 50


def open_window(configuration: Configuration) -> int:
    """Show the window and run until it is closed. Returns the exit code.

    Raises:
        UsageError: the configuration cannot be used.
        EngineError: there is no display.
    """
    limits = AttemptLimits(attempt_s=timeout_s(None, TIMEOUT))
    account = app.Account(configuration)
    try:
        application = make_application(configuration)
        program = WindowProgram(application, account, configuration, limits)
        signals = StopSignals(program.stop)
        program.window.show()
        signals.deliver_early_ones()
        application.exec()
        signals.close()
        program.close()
        finish_deletions()
    finally:
        account.close()
    return 0


class WindowProgram(QObject):
    """The window and the parts behind it. The slow ones are loaded after the first paint."""

    def __init__(
        self,
        application: QApplication,
        account: app.Account,
        configuration: Configuration,
        limits: AttemptLimits,
    ) -> None:
        super().__init__()
        self._application = application
        self.account = account
        self._configuration = configuration
        self._limits = limits
        self.engine = app.Engine(configuration, account.face)
        self._journal: Journal | None = None
        self._tasks = Tasks()
        self.catalog = Catalog(account.client, self._tasks, self)
        self.desk = AttemptDesk(self._attempt_context, self)
        notices = [text for text in (self.engine.notice, self.engine.refusal) if text]
        self.window = MainWindow(account.face, self.catalog, self.desk, notices=notices)
        for notice in notices:
            say(notice)
        self.window.first_painted.connect(self._on_first_painted)
        self.window.closing.connect(self._application.quit)
        self.desk.became_idle.connect(self._warm_up_soon)
        self.desk.journal_failed.connect(say)

    def stop(self) -> None:
        """The program was told to stop."""
        self._application.quit()

    def close(self) -> None:
        """End the attempt if one runs, and take the parts down in order."""
        self.desk.close()
        self._tasks.close()
        self.engine.close()
        self.window.close()
        self.window.deleteLater()
        finish_deletions()
        if self._journal is not None:
            self._journal.close()

    def _attempt_context(self) -> AttemptContext:
        """Open the journal, and return what attempts are run with: none is run without a journal."""
        self._journal = app.open_journal(self._configuration)
        if self._journal.warning:
            self.window.notices.add(self._journal.warning)
            say(self._journal.warning)
        return app.attempt_context(self.account, self.engine, self._journal, self._tasks, self._limits)

    def _on_first_painted(self) -> None:
        _logger.info("the window is painted")
        end_start_up()
        self.desk.announce_recovered()
        self.catalog.load_users()
        self.catalog.load_services()
        self._warm_up_soon()

    def _warm_up_soon(self) -> None:
        """Get the next dialog ready, but not before what just happened is on the screen."""
        QTimer.singleShot(_WARM_UP_AFTER_MS, self, self.engine.warm_up)
