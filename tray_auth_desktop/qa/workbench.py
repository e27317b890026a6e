"""What dialogs under test are opened with: the application, the engine and the account, once per process."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tray_auth_desktop import app
from tray_auth_desktop.core.attempt import Attempt, Phase
from tray_auth_desktop.core.presentation import AS_EVER, Presentation
from tray_auth_desktop.errors import EngineError
from tray_auth_desktop.qa.dialog_session import DialogSession
from tray_auth_desktop.qa.request import RequestFinder, Wanted
from tray_auth_desktop.qa.waiting import wait_for
from tray_auth_desktop.qa.watch import PATIENCE_S, AttemptWatch

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient
    from tray_auth_desktop.configuration import Configuration
    from tray_auth_desktop.core.dialog_url import DialogRequest
    from tray_auth_desktop.core.models import Authentication
    from tray_auth_desktop.onboarding.ports import AttemptClient
    from tray_auth_desktop.qa.workers import Worker

_PLATFORM = "QT_QPA_PLATFORM"
#: What Qt calls its platforms that show nothing.
_SCREENLESS = frozenset({"offscreen", "minimal", "minimalegl"})
_SHARING = Qt.ApplicationAttribute.AA_ShareOpenGLContexts


def prepare_qt(*, is_visible: bool) -> None:
    """Say how Qt shall start, as long as it has not: with or without a screen, and fit for the web engine."""
    if not is_visible:
        os.environ.setdefault(_PLATFORM, "offscreen")
    elif os.environ.get(_PLATFORM, "").partition(":")[0] in _SCREENLESS:
        del os.environ[_PLATFORM]  # set for all runs, and void for one that is to be seen
    if QCoreApplication.instance() is None:
        QCoreApplication.setAttribute(_SHARING)


def application(*, is_visible: bool) -> QApplication:
    """Return the one application of the process; make it where there is none.

    Raises:
        EngineError: there is no display, or somebody made one that the web engine cannot live in, or
            that shows nothing where it should.
    """
    made = _application()
    if is_visible and QGuiApplication.platformName() in _SCREENLESS:
        raise EngineError(
            f"Qt runs without a screen here ({QGuiApplication.platformName()}), so no dialog can be seen.",
            advice=f"Leave out --dialog-visible, or see that nothing sets {_PLATFORM} or makes a Qt "
            "application before the tests run.",
        )
    return made


def _application() -> QApplication:
    found = QCoreApplication.instance()
    if found is None:
        if not app.has_display():
            raise EngineError(
                "There is no display to show a dialog on.", advice="Leave out --dialog-visible."
            )
        return QApplication(["pytest"])
    if not isinstance(found, QApplication) or not QCoreApplication.testAttribute(_SHARING):
        raise EngineError(
            "A Qt application was made in which the web engine cannot run.",
            advice="Make it a QApplication, and set Qt.AA_ShareOpenGLContexts before it is made.",
        )
    return found


class Workbench:
    """Opens dialogs on one account, one attempt each.

    Args:
        configuration: What to work against.
        may_use_anybody: Whether the end user may be one who is no test user.
        is_visible: Whether dialogs are shown on the screen.
        worker: Which of several processes this is, where each has an end user of its own.

    Raises:
        TrayAuthError: the workspace cannot be used, or the web engine cannot run here.
    """

    def __init__(
        self,
        configuration: Configuration,
        *,
        may_use_anybody: bool,
        is_visible: bool,
        worker: Worker | None = None,
    ) -> None:
        from tray_auth_desktop.journal import Journal

        prepare_qt(is_visible=is_visible)
        self._application = application(is_visible=is_visible)
        self._account = app.Account(configuration)
        self._engine = app.Engine(configuration, self._account)
        self._journal = Journal.in_memory()
        self._finder: RequestFinder | None = None
        self._listed_before: tuple[str, tuple[Authentication, ...]] | None = None
        self._may_use_anybody = may_use_anybody
        self._worker = worker

    def open(
        self, wanted: Wanted, attempt_s: float, presentation: Presentation | None = None
    ) -> DialogSession:
        """Open a dialog; return when its page is there, or when it is clear that it will not come.

        Raises:
            TrayAuthError: what is wanted cannot be found.
        """
        return self.open_request(self._requests().request(wanted), attempt_s, presentation)

    def open_request(
        self,
        request: DialogRequest,
        attempt_s: float,
        presentation: Presentation | None = None,
        client: Callable[[], AttemptClient] | None = None,
    ) -> DialogSession:
        """Open a dialog whose ids are known already; otherwise as `open`.

        Args:
            request: What the dialog is for.
            attempt_s: Seconds the attempt may take.
            presentation: How the dialog is shown; by default as to everybody.
            client: Makes the attempt's calls in the place of the account's own client.
        """
        from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner
        from tray_auth_desktop.onboarding.limits import AttemptLimits
        from tray_auth_desktop.onboarding.tasks import Tasks

        tasks = Tasks()
        context = app.attempt_context(
            self._account, self._engine, self._journal, tasks, AttemptLimits(attempt_s=attempt_s), client
        )
        runner = AttemptRunner(request, context, presentation=presentation or AS_EVER)
        tasks.setParent(runner)
        runner.listed.connect(partial(self._keep_list, runner.attempt))
        watch = AttemptWatch(runner)
        runner.start()
        wait_for(lambda: watch.is_loaded or watch.is_over, watch.changed, attempt_s + PATIENCE_S)
        return DialogSession(watch, attempt_s)

    def client(self) -> TrayClient:
        """Return the account's client."""
        return self._account.client()

    def listed_before(self, session: DialogSession) -> tuple[Authentication, ...] | None:
        """Return the end user's list from before the newest dialog; None if it did not come in time."""
        attempt_id, listed = self._listed_before or ("", ())
        return listed if attempt_id == session.attempt_id else None

    def record_of(self, session: DialogSession) -> dict[str, object]:
        """Return what is known of an attempt and its timeline, as `history show --json` has it."""
        from tray_auth_desktop.onboarding.past_attempt import fields_of, timeline_fields_of

        found = self._journal.attempt(session.attempt_id)
        fields = fields_of(found) if found is not None else {}
        return {**fields, "timeline": timeline_fields_of(session.timeline)}

    def close(self) -> None:
        """Let go of the engine's parts and of the account."""
        self._engine.close()
        self._account.close()
        self._journal.close()

    def _keep_list(self, attempt: Attempt, listed: tuple[Authentication, ...]) -> None:
        if attempt.phase is Phase.PREPARING:
            self._listed_before = attempt.attempt_id, listed

    def _requests(self) -> RequestFinder:
        if self._finder is None:
            self._finder = RequestFinder(
                self._account.client(), may_use_anybody=self._may_use_anybody, worker=self._worker
            )
        return self._finder


class QuietCollector:
    """Keeps Python's garbage collector away while dialogs are open.

    It would destroy objects of Qt's thread on whichever thread it happens to run, or inside of a call
    of Qt's that holds the lock they need: then the tests stand still for ever (seen in 6.11.3).
    """

    def __enter__(self) -> None:
        self._was_enabled = gc.isenabled()
        gc.disable()

    def __exit__(self, *_error: object) -> None:
        gc.collect(0)
        if self._was_enabled:
            gc.enable()
