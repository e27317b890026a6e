"""The parts behind the window that belong to one workspace: account, engine, lists, desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from tray_auth_desktop import app
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.errors import EngineError, MissingTokenError
from tray_auth_desktop.onboarding.catalog import Catalog
from tray_auth_desktop.onboarding.desk import AttemptDesk
from tray_auth_desktop.onboarding.limits import AttemptLimits
from tray_auth_desktop.onboarding.tasks import Tasks

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient
    from tray_auth_desktop.core.attempt import Outcome
    from tray_auth_desktop.journal import Journal
    from tray_auth_desktop.onboarding.context import AttemptContext

#: A timer of 0 ms would run before the paint that is due, and hold it back by 10 ms.
_WARM_UP_AFTER_MS = 50


class WindowSession(QObject):
    """Made when a workspace is taken up, closed when it is left. Nothing is started before `begin`.

    Args:
        configuration: What flags and environment say.
        account: What is worked against; it is closed by `close_account`.
        limits: How long an attempt may take.
        journal: Returns the journal; opens it the first time.

    Signals:
        token_missing(): a list could not be fetched because there is no master token. Once.
        failed(str): the engine cannot be made ready; says why.
        noticed(str): what became of an attempt that an earlier run of the program left open.
    """

    token_missing = Signal()
    failed = Signal(str)
    noticed = Signal(str)
    _missed = Signal()

    def __init__(
        self,
        configuration: Configuration,
        account: app.Account,
        limits: AttemptLimits,
        journal: Callable[[], Journal],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.account = account
        self._limits = limits
        self._journal = journal
        self._has_asked = False
        self._is_closed = False
        self.engine = app.Engine(configuration, account)
        self.tasks = Tasks(self)
        self.catalog = Catalog(
            self._client, self.tasks, self, icon_folder=lambda: app.icon_folder(configuration)
        )
        self.desk = AttemptDesk(self._attempt_context, self)
        self.desk.became_idle.connect(self.warm_up_soon)
        self._missed.connect(self._on_missed)

    @property
    def notices(self) -> list[str]:
        """What the person should know from the start."""
        return [text for text in (self.engine.notice, self.engine.refusal) if text]

    def begin(self) -> None:
        """Show what an earlier run captured, and get the first dialog ready. The lists are the window's."""
        self.desk.announce_recovered()
        self._resolve_leftovers()
        self.warm_up_soon()

    def forget_question(self) -> None:
        """A token was given: if it is missing again, that is news."""
        self._has_asked = False

    def warm_up_soon(self) -> None:
        """Get the next dialog ready, but not before what just happened is on the screen."""
        QTimer.singleShot(_WARM_UP_AFTER_MS, self, self._warm_up)

    def close(self) -> None:
        """End the attempt if one runs, and let go of what Qt's thread owns."""
        self._is_closed = True
        self.desk.close()
        self.tasks.close()
        self.engine.close()

    def close_account(self) -> None:
        """End all calls, and the stand-in. Waits; for a worker thread, after `close`."""
        self.account.close()

    def _resolve_leftovers(self) -> None:
        """Look what became of attempts that the program did not live to end."""
        from tray_auth_desktop.onboarding.leftovers import Leftovers

        desk = self.desk
        leftovers = Leftovers(self.account.face.name, self._journal(), self._client, self.tasks, self)
        leftovers.resolved.connect(self._on_resolved)
        leftovers.failed.connect(self.noticed)
        # an attempt's first list is from before its dialog; one fetched later could hold what that made
        desk.listed.connect(
            lambda listed: leftovers.use_list(desk.request.user_id, listed) if desk.request else None
        )
        leftovers.start()

    def _on_resolved(self, attempt_id: str, outcome: Outcome) -> None:
        from tray_auth_desktop.cli.notices import cut_off_line

        record = self._journal().attempt(attempt_id)
        if record is None:
            return
        if outcome.auth_id:
            self.desk.recovered.emit((record,))
        else:
            self.noticed.emit(cut_off_line(record))

    def _warm_up(self) -> None:
        if self._is_closed:
            return
        try:
            self.engine.warm_up()
        except EngineError as error:
            self.failed.emit(error.explanation)

    def _attempt_context(self) -> AttemptContext:
        return app.attempt_context(
            self.account, self.engine, self._journal(), self.tasks, self._limits, self._client
        )

    def _client(self) -> TrayClient:
        """Return the client. Called on worker threads."""
        try:
            return self.account.client()
        except MissingTokenError:
            if not self._is_closed:
                self._missed.emit()
            raise

    def _on_missed(self) -> None:
        if not self._has_asked and not self._is_closed:
            self._has_asked = True
            self.token_missing.emit()
