"""The composition root: builds the parts and ties them together, without running anything.

Nothing heavy is imported at the top of this module: the window must be on screen before
the web engine and the HTTP client are loaded (docs/architecture.md).
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tray_auth_desktop.account import Account as Account
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.errors import EngineError, JournalError
from tray_auth_desktop.workspaces.entry import STAND_IN

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from tray_auth_desktop.dialog.driver import PageDriver
    from tray_auth_desktop.dialog.factory import AuthDialogFactory
    from tray_auth_desktop.dialog.network import DialogNetwork
    from tray_auth_desktop.dialog.page_input import Picture
    from tray_auth_desktop.dialog.popup_page import PopupPage
    from tray_auth_desktop.dialog.sandbox import SandboxDecision
    from tray_auth_desktop.journal import Journal
    from tray_auth_desktop.onboarding.context import AttemptContext
    from tray_auth_desktop.onboarding.limits import AttemptLimits
    from tray_auth_desktop.onboarding.ports import AttemptClient, Dialog
    from tray_auth_desktop.onboarding.tasks import Tasks

_logger = logging.getLogger(__name__)
JOURNAL_NAME = "journal.sqlite3"


def sandbox_decision(configuration: Configuration, face: Workspace) -> SandboxDecision:
    """Decide how the engine runs, and put that into the environment. Before the engine starts.

    Raises:
        EngineError: it may not run; says why.
    """
    from tray_auth_desktop.dialog import sandbox

    waived = configuration.waive_sandbox or sandbox.is_waived()
    decision = sandbox.decide(as_root=sandbox.is_root(), is_local=face.is_local, is_waived=waived)
    sandbox.apply(decision)
    return decision


def has_display() -> bool:
    """Whether Qt will find something to draw on; where it does not, it ends the process."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def data_folder(configuration: Configuration) -> Path:
    """Return the folder of the journal."""
    if configuration.data_dir is not None:
        return configuration.data_dir
    from platformdirs import user_data_path

    return user_data_path("tray-auth-desktop", appauthor=False)


def icon_folder(configuration: Configuration) -> Path:
    """Return the folder that icons of services are kept in; beside the journal where its place was given."""
    if configuration.data_dir is not None:
        return configuration.data_dir / "icons"
    from platformdirs import user_cache_path

    return user_cache_path("tray-auth-desktop", appauthor=False) / "icons"


def open_journal(configuration: Configuration) -> Journal:
    """Open the journal; where that fails, one in memory that says so in its `warning`."""
    from tray_auth_desktop.journal import Journal

    try:
        journal = Journal.open(data_folder(configuration) / JOURNAL_NAME)
    except JournalError as error:
        return Journal.in_memory(f"{error.explanation} Until then results are not kept on disk.")
    if days := configuration.kept_days:
        with suppress(JournalError):  # locked for a moment: the next start will do
            journal.forget_older_than(days)
    return journal


class Engine:
    """The dialog factory, made when it is first needed: that imports the web engine."""

    def __init__(self, configuration: Configuration, account: Account) -> None:
        face = account.face
        self._account = account
        self._opener_origin = (
            face.opener_origin if account.name != STAND_IN else configuration.checked_opener_origin
        )
        self._factory: AuthDialogFactory | None = None
        self._is_closed = False
        self._refusal: EngineError | None = None
        self._decision: SandboxDecision | None = None
        try:
            self._decision = sandbox_decision(configuration, face)
        except EngineError as error:
            self._refusal = error

    @property
    def notice(self) -> str:
        """One line about how the engine runs; empty if there is nothing to tell."""
        return self._decision.notice if self._decision is not None else ""

    @property
    def refusal(self) -> str:
        """Why no dialog can be opened here; empty if it can."""
        return self._refusal.explanation if self._refusal is not None else ""

    def factory(self, meanwhile: Callable[[], None] | None = None) -> AuthDialogFactory:
        """Return the factory; the first time, start the engine.

        Args:
            meanwhile: Work for another thread while the engine starts.

        Raises:
            EngineError: the engine may not run here.
        """
        if self._refusal is not None:
            raise self._refusal
        if self._factory is None:
            from PySide6.QtCore import QCoreApplication

            from tray_auth_desktop.dialog.starting import start_engine

            application = QCoreApplication.instance()
            if application is None:
                raise EngineError("The web engine needs an application to run in.")
            network = self._network()
            only_loopback = self._decision is not None and self._decision.only_loopback
            start_engine(meanwhile, network.proxy_at_start, only_loopback=only_loopback)
            from tray_auth_desktop.dialog.factory import AuthDialogFactory  # after: it may be loaded by then

            self._factory = AuthDialogFactory(
                self._opener_origin, application, network, only_loopback=only_loopback
            )
        return self._factory

    def _network(self) -> DialogNetwork:
        from tray_auth_desktop.dialog.network import DialogNetwork

        account = self._account
        return DialogNetwork(account.face.proxy, lambda: account.proxy_password, account.face.ca_file)

    def warm_up(self, meanwhile: Callable[[], None] | None = None) -> None:
        """Start the engine before it is needed; where it may not run, nothing happens yet.

        Args:
            meanwhile: Work for another thread while the engine starts.
        """
        if self._refusal is None and not self._is_closed:
            self.factory(meanwhile).warm_up()

    def close(self) -> None:
        """Let go of the engine's parts; none is made any more."""
        self._is_closed = True
        if self._factory is not None:
            self._factory.dispose()


def page_driver(
    dialog: Dialog,
    parent: QObject,
    *,
    page: Callable[[], PopupPage | None] | None = None,
    limit_ms: int = 20_000,
) -> PageDriver:
    """Return what acts in a dialog's windows as a person would. For the demonstration and for tests.

    Args:
        dialog: The dialog.
        parent: Owner of what is returned.
        page: Returns the page to act on; by default that of the dialog's newest window.
        limit_ms: How long a page gets to have what a step needs.
    """
    from tray_auth_desktop.dialog.auth_dialog import AuthDialog
    from tray_auth_desktop.dialog.driver import PageDriver

    if not isinstance(dialog, AuthDialog):
        raise TypeError("only a dialog in a web view can be driven")
    opened: AuthDialog = dialog
    return PageDriver(page or (lambda: (opened.page(), *opened.popup_pages())[-1]), parent, limit_ms=limit_ms)


def picture_of(page: PopupPage | None) -> Picture | None:
    """Return what the view of a page shows; None where nothing shows it."""
    from tray_auth_desktop.dialog import page_input

    return page_input.picture_of(page)


def attempt_context(
    account: Account,
    engine: Engine,
    journal: Journal,
    tasks: Tasks,
    limits: AttemptLimits,
    client: Callable[[], AttemptClient] | None = None,
) -> AttemptContext:
    """Return what attempts are run with; `client` takes the place of the account's own."""
    from tray_auth_desktop.onboarding.context import AttemptContext

    face = account.face
    return AttemptContext(
        workspace_name=face.name,
        workspace=account.workspace,
        client=client or account.client,
        dialogs=engine.factory,
        journal=journal,
        tasks=tasks,
        account_id=face.account_id,
        limits=limits,
    )
