"""`AuthDialog`: Tray's auth-only dialog as a QDialog of the host application (docs/embedding.md)."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.embedding.host_attempt import HostAttempt
from tray_auth_desktop.embedding.host_client import CodeSource, HostClient, ListSource
from tray_auth_desktop.embedding.host_engine import HostEngine, finish_deletions, prepare_application
from tray_auth_desktop.embedding.host_journal import open_journal
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.gui.attempt_pane import PREFERRED_SIZE, AttemptPane
from tray_auth_desktop.onboarding.ports import AttemptClient
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tray_auth_desktop.journal import Journal

_logger = logging.getLogger(__name__)
_TITLES = {
    DialogKind.CREATE: "New authentication",
    DialogKind.EDIT: "Edit an authentication",
    DialogKind.SOLUTION: "Authentication of a solution instance",
}
_DEFAULT_TIMEOUT_S = 900.0

prepare_application()  # whoever imports this before making the QApplication need not know of it


class AuthDialog(QDialog):
    """Collects one credential each time it is opened, and says how that ended.

    Opened by `open()`, `show()` or `exec()`; `reject()`, Esc and the close button end the attempt.
    It closes by itself once the attempt is over. Opened again, it makes another code.

    Args:
        request: What the dialog is for.
        workspace: The account: dialog host, Embedded ID, opener origin.
        client: Makes the code and lists the user's authentications, as far as there is no function for
            that. It stays yours to close.
        authorization_code: Makes a single-use code for an end user, by Tray's id: on your backend, say,
            so that no master token is on this computer. Called on a worker thread.
        authentications: Lists what an end user has. Called on worker threads. Without it and without a
            client nothing is confirmed, and a result whose message is lost is not found.
        journal_path: The file that keeps attempts and outcomes; without, they are kept in memory only.
        timeout_s: Seconds an attempt may take.
        proxy_password: For the proxy of the workspace.
        parent: Its window, if any.

    Attributes:
        outcome: How the last attempt ended; None before.

    Signals:
        captured(Outcome), closed(Outcome), failed(Outcome): exactly one of them, once for each opening.
            Of a captured one it is not known yet whether it is in the user's list, unless it was found there.
        confirmed(Outcome): after `captured`: the same, and whether it was seen in the user's list.

    Raises:
        UsageError: there is neither a client nor `authorization_code`, or no QApplication yet.
    """

    captured = Signal(object)
    closed = Signal(object)
    failed = Signal(object)
    confirmed = Signal(object)

    def __init__(
        self,
        request: DialogRequest,
        *,
        workspace: Workspace,
        client: AttemptClient | None = None,
        authorization_code: CodeSource | None = None,
        authentications: ListSource | None = None,
        journal_path: Path | str | None = None,
        timeout_s: float = _DEFAULT_TIMEOUT_S,
        proxy_password: Secret | None = None,
        parent: QWidget | None = None,
    ) -> None:
        if not isinstance(QApplication.instance(), QApplication):  # Qt would end the process
            raise UsageError("AuthDialog needs a QApplication.", advice="Make one before the dialog.")
        super().__init__(parent)
        if client is None and authorization_code is None:
            raise UsageError(
                "AuthDialog was given nothing that makes authorization codes.",
                advice="Give it a client, or a function as authorization_code.",
            )
        if not timeout_s > 0:
            raise UsageError(f"The time limit is {timeout_s:g} s; it must be above 0.")
        self.outcome: Outcome | None = None
        self._request = request
        self._journal_path = Path(journal_path) if journal_path is not None else None
        self._journal: Journal | None = None
        self._is_disposed = False
        self._engine = HostEngine(workspace, proxy_password)
        self._pane = AttemptPane(self)
        self._attempt = HostAttempt(
            workspace, HostClient(client, authorization_code, authentications), self._engine, timeout_s, self
        )
        self.setWindowTitle(f"{_TITLES[request.kind]} — {workspace.name}")
        self.resize(*PREFERRED_SIZE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pane)
        self._connect_all()

    def _connect_all(self) -> None:
        self._pane.cancelled.connect(self.reject)
        self._attempt.runner_made.connect(self._pane.follow)
        self._attempt.ended.connect(self._on_ended)
        self._attempt.confirmed.connect(self._on_confirmed)
        self._attempt.done.connect(self._on_done)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._on_about_to_quit)
        parent = self.parentWidget()
        if parent is not None:  # it deletes us without asking
            parent.destroyed.connect(self._on_parent_destroyed)

    @classmethod
    def run(
        cls,
        request: DialogRequest,
        *,
        workspace: Workspace,
        client: AttemptClient | None = None,
        authorization_code: CodeSource | None = None,
        authentications: ListSource | None = None,
        journal_path: Path | str | None = None,
        timeout_s: float = _DEFAULT_TIMEOUT_S,
        proxy_password: Secret | None = None,
        parent: QWidget | None = None,
    ) -> Outcome:
        """Open the dialog, wait until it is over, and return the outcome, confirmed if it could be.

        Args: as for the class. The application's events are handled meanwhile.
        """
        dialog = cls(
            request,
            workspace=workspace,
            client=client,
            authorization_code=authorization_code,
            authentications=authentications,
            journal_path=journal_path,
            timeout_s=timeout_s,
            proxy_password=proxy_password,
            parent=parent,
        )
        dialog.exec()
        outcome = dialog.outcome
        if not dialog._is_disposed:  # else its parent has taken it along
            dialog.dispose()
            dialog.deleteLater()
        finish_deletions()
        if outcome is None:
            raise UsageError("The dialog was closed by the application before it could be opened.")
        return outcome

    @property
    def request(self) -> DialogRequest:
        """What it is for; can be changed while no attempt runs."""
        return self._request

    @request.setter
    def request(self, request: DialogRequest) -> None:
        self._request = request

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin an attempt, unless one is running."""
        super().showEvent(event)
        if not event.spontaneous() and not self._attempt.is_running and not self._is_disposed:
            self.outcome = None
            if self._journal is None:
                self._journal = open_journal(self._journal_path)
                if self._journal.warning:
                    _logger.warning("%s", self._journal.warning)
            self._attempt.start(self._request, self._journal)

    def reject(self) -> None:
        """The person wants out: the dialog closes as soon as the attempt has ended."""
        if self._attempt.is_running:
            self._attempt.cancel()
        else:
            super().reject()

    def event(self, event: QEvent) -> bool:
        """Let go of the web engine before `deleteLater` deletes the widgets."""
        if event.type() is QEvent.Type.DeferredDelete:
            self.dispose()
        return super().event(event)

    def dispose(self) -> None:
        """End the attempt, if one runs, and let go of everything, for good. Called before it is deleted."""
        if self._is_disposed:
            return
        self._is_disposed = True
        self._attempt.stop()
        self._pane.release()
        self._engine.close()
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _on_about_to_quit(self) -> None:
        """No event loop will delete the pages any more, and they must be gone before their profile."""
        self.dispose()
        finish_deletions()

    def _on_parent_destroyed(self) -> None:
        self.blockSignals(True)  # who listens may be half gone
        self.dispose()

    def _on_ended(self, outcome: Outcome) -> None:
        self.outcome = outcome
        signals = {OutcomeKind.CAPTURED: self.captured, OutcomeKind.CLOSED: self.closed}
        signals.get(outcome.kind, self.failed).emit(outcome)

    def _on_confirmed(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.confirmed.emit(outcome)

    def _on_done(self) -> None:
        self._pane.release()
        is_captured = self.outcome is not None and self.outcome.kind is OutcomeKind.CAPTURED
        self.done(QDialog.DialogCode.Accepted.value if is_captured else QDialog.DialogCode.Rejected.value)
