"""The window: what the program is without a command."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tray_auth_desktop import app
from tray_auth_desktop.cli.first_account import first_account
from tray_auth_desktop.cli.given import timeout_s
from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.cli.qt import finish_deletions, make_application
from tray_auth_desktop.cli.signals import StopSignals
from tray_auth_desktop.cli.start_up import end_start_up
from tray_auth_desktop.cli.window_session import WindowSession
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.gui.backstage import Backstage
from tray_auth_desktop.gui.banner import Remedy
from tray_auth_desktop.gui.main_window import WORKSPACES, MainWindow
from tray_auth_desktop.gui.window_state import FILE_NAME, WindowState, fit
from tray_auth_desktop.onboarding.catalog import Catalog
from tray_auth_desktop.onboarding.desk import AttemptDesk
from tray_auth_desktop.onboarding.limits import AttemptLimits
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.settings import TIMEOUT

if TYPE_CHECKING:
    from tray_auth_desktop.cli.collecting import CollectsBetweenEvents
    from tray_auth_desktop.cli.window_workspaces import WindowWorkspaces
    from tray_auth_desktop.journal import Journal
    from tray_auth_desktop.onboarding.recents import Recents

_logger = logging.getLogger(__name__)
#: Beside the file of workspaces.
RECENTS_NAME = "recent.json"


def open_window(configuration: Configuration) -> int:
    """Show the window and run until it is closed. Returns the exit code.

    Raises:
        UsageError: what flags and environment say cannot be used. What the file of workspaces
            says is no reason: then the window opens on the stand-in and says why.
        EngineError: there is no display.
    """
    limits = AttemptLimits(attempt_s=timeout_s(None, TIMEOUT))
    if configuration.history_days:
        _ = configuration.kept_days  # a number of days that is none is said at once
    account, problem = first_account(configuration)
    try:
        application = make_application(configuration)
        state = WindowState(configuration.book_path.with_name(FILE_NAME))
        _scale_text(state)
        program = WindowProgram(application, account, configuration, limits, state=state, problem=problem)
        signals = StopSignals(program.stop)
        fit(program.window)
        program.window.show()
        signals.deliver_early_ones()
        application.exec()
        signals.close()
        program.close()
        finish_deletions()
    finally:
        account.close()
    return 0


def _scale_text(state: WindowState) -> None:
    """Make texts as large as they were."""
    if state.is_kept:
        from tray_auth_desktop.gui import text_size

        text_size.scale_text(state.number(text_size.KEPT_AS, 1.0))


class WindowProgram(QObject):
    """The window and the parts behind it. The slow ones are loaded after the first paint.

    Args:
        application: Qt's.
        account: What is worked against at first; whoever made it closes it, too.
        configuration: What flags and environment say.
        limits: How long an attempt may take.
        state: How the window looked when it was closed; without it nothing is kept.
        problem: What was wrong with the workspace that should have been taken.

    Attributes:
        session: What belongs to the workspace that is worked against.
        tasks: Runs what outlives a workspace.
    """

    def __init__(
        self,
        application: QApplication,
        account: app.Account,
        configuration: Configuration,
        limits: AttemptLimits,
        *,
        state: WindowState | None = None,
        problem: str = "",
    ) -> None:
        super().__init__()
        self._application = application
        self.configuration = configuration
        self.problem = problem
        self._limits = limits
        self._opened_journal: Journal | None = None
        self._is_closed = False
        self._collecting: CollectsBetweenEvents | None = None
        self.tasks = Tasks(self)
        self.state = state or WindowState(None)
        self.session = self._make_session(account, configuration)
        self.window = MainWindow(
            account.face,
            self.session.catalog,
            self.session.desk,
            notices=[] if problem else self.session.notices,
            backstage=self._backstage(),
        )
        if problem:
            self.window.notices.add(problem, Remedy("Manage workspaces", self._manage))
        for notice in self.window.notices.texts:
            say(notice)
        self.window.first_painted.connect(self._on_first_painted)
        self.window.closing.connect(self._application.quit)

    @cached_property
    def workspaces(self) -> WindowWorkspaces:
        """What lists and switches workspaces; the window asks it from its first paint on."""
        from tray_auth_desktop.cli.window_workspaces import WindowWorkspaces

        workspaces = WindowWorkspaces(self)
        workspaces.watch(self.window)
        return workspaces

    @property
    def account(self) -> app.Account:
        """What is worked against."""
        return self.session.account

    @property
    def engine(self) -> app.Engine:
        """What makes dialogs for it."""
        return self.session.engine

    @property
    def catalog(self) -> Catalog:
        """Its lists."""
        return self.session.catalog

    @property
    def desk(self) -> AttemptDesk:
        """What runs its attempts."""
        return self.session.desk

    def stop(self) -> None:
        """The program was told to stop."""
        self._application.quit()

    def take_up(self, account: app.Account, configuration: Configuration) -> app.Account:
        """Work against another account. Returns the one before, which is still to be closed."""
        before = self.session
        before.close()
        self.session = self._make_session(account, configuration)
        self.window.show_session(account.face, self.session.catalog, self.session.desk)
        for notice in self.session.notices:
            self.window.notices.add(notice)
        QTimer.singleShot(0, self, self._begin_if_open)  # the window has its turn first
        before.deleteLater()
        return before.account

    def _begin_if_open(self) -> None:
        if not self._is_closed:
            self.begin()

    def begin(self) -> None:
        """Fetch what the window shows of the workspace, and get its first dialog ready."""
        self.session.begin()
        self.window.load()

    def journal(self) -> Journal:
        """Return the journal; open it the first time."""
        if self._opened_journal is None:
            self._opened_journal = self._open_journal()
            if self._opened_journal.warning:
                self.tell(self._opened_journal.warning)
            if self.window.history is not None:  # the window began with that page
                self.window.history.refresh()
        return self._opened_journal

    def tell(self, text: str) -> None:
        """Show a notice, and write it to stderr."""
        self.window.notices.add(text)
        say(text)

    def close(self) -> None:
        """End the attempt if one runs, and take the parts down in order."""
        self._is_closed = True
        if self._collecting is not None:
            self._collecting.stop()
        self.session.close()
        self.tasks.close()
        self.window.close()
        self.window.deleteLater()
        finish_deletions()
        if self._opened_journal is not None:
            self._opened_journal.close()
        self.workspaces.close()

    def _make_session(self, account: app.Account, configuration: Configuration) -> WindowSession:
        session = WindowSession(configuration, account, self._limits, self.journal, self)
        session.token_missing.connect(self._on_token_missing)
        session.failed.connect(self.tell)
        session.noticed.connect(self.tell)
        session.desk.journal_failed.connect(say)
        return session

    def _make_workspaces_page(self, parent: QWidget) -> QWidget:
        return self.workspaces.make_page(parent)

    def _keep_scheme(self, scheme: str) -> None:
        self.workspaces.keep_scheme(scheme)

    def _manage(self) -> None:
        self.window.show_page(WORKSPACES)

    def _recents(self) -> Recents:
        from tray_auth_desktop.onboarding.recents import Recents

        return Recents(self.configuration.book_path.with_name(RECENTS_NAME))

    def _on_token_missing(self) -> None:
        self.workspaces.tokens.ask()

    def _open_journal(self) -> Journal:
        try:
            return app.open_journal(self.configuration)
        except UsageError as error:  # nothing is forgotten while it is not known what may be
            self.tell(error.explanation)
            return app.open_journal(replace(self.configuration, history_days="0"))

    def _backstage(self) -> Backstage:
        return Backstage(
            tasks=self.tasks,
            state=self.state,
            journal=lambda: self._opened_journal,
            recents=self._recents,
            facts=lambda: about_facts(self.configuration),
            make_workspaces_page=self._make_workspaces_page,
            keep_scheme=self._keep_scheme,
            install_entry=_entry_installer(),
        )

    def _on_first_painted(self) -> None:
        _logger.info("the window is painted")
        end_start_up()
        from tray_auth_desktop.cli.collecting import CollectsBetweenEvents

        self._collecting = CollectsBetweenEvents(self)
        self.begin()
        self.workspaces.read_soon()  # made now


def _entry_installer() -> Callable[[], str] | None:
    """Return what installs the desktop entry and says so; None where there are no such entries."""
    if not sys.platform.startswith("linux"):
        return None
    return _install_entry


def _install_entry() -> str:
    from tray_auth_desktop.cli.desktop_files import data_home, install
    from tray_auth_desktop.cli.exec_line import running_installation

    report = install(data_home(), running_installation(), is_dry_run=False)
    return f"The program is in the desktop's menu: {report.desktop_file}"


def about_facts(configuration: Configuration) -> Sequence[tuple[str, str]]:
    """Return what the About dialog shows. Slow: for a worker thread."""
    from tray_auth_desktop.cli.about_facts import all_facts

    return [(fact.label, fact.text) for fact in all_facts(configuration)]
