"""The composition root: builds the parts and ties them together, without running anything.

Nothing heavy is imported at the top of this module: the window must be on screen before
the web engine and the HTTP client are loaded (docs/architecture.md).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.errors import EngineError, JournalError, MissingTokenError, NetworkError
from tray_auth_desktop.settings import MASTER_TOKEN
from tray_auth_desktop.workspaces.entry import STAND_IN

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from tray_auth_desktop.api import TrayClient
    from tray_auth_desktop.dialog.driver import PageDriver
    from tray_auth_desktop.dialog.factory import AuthDialogFactory
    from tray_auth_desktop.dialog.network import DialogNetwork
    from tray_auth_desktop.dialog.sandbox import SandboxDecision
    from tray_auth_desktop.journal import Journal
    from tray_auth_desktop.onboarding.context import AttemptContext
    from tray_auth_desktop.onboarding.limits import AttemptLimits
    from tray_auth_desktop.onboarding.ports import Client, Dialog
    from tray_auth_desktop.onboarding.tasks import Tasks
    from tray_auth_desktop.secrets import Secret
    from tray_auth_desktop.stand_in_process import StandInProcess

_logger = logging.getLogger(__name__)
JOURNAL_NAME = "journal.sqlite3"


class Account:
    """What the program works against: a workspace, or its own stand-in.

    `workspace`, `client` and the vault may wait and import; they are for worker threads.

    Args:
        configuration: What flags and environment say.
        name: The workspace to take, whatever they say.
        for_dialog: Whether dialogs will be opened, which needs the Embedded ID.
        ask: Called on a worker thread for a master token that is nowhere else; may return None.

    Raises:
        UsageError: the configuration cannot be used.
    """

    def __init__(
        self,
        configuration: Configuration,
        name: str | None = None,
        *,
        for_dialog: bool = True,
        ask: Callable[[], Secret | None] | None = None,
    ) -> None:
        self._choice = configuration.choose(name)
        self._ask = ask
        self._lock = threading.Lock()
        self._client: TrayClient | None = None
        self._is_closed = False
        self._typed: Secret | None = None
        self.proxy_password: Secret | None = None  # known once the client is there: before a dialog opens
        self._stand_in: StandInProcess | None = None
        if self._choice.entry is None:
            from tray_auth_desktop.stand_in_process import StandInProcess, placeholder

            self._face = placeholder()
            self._stand_in = StandInProcess(configuration.checked_opener_origin)
            return
        self._face = self._choice.workspace(for_dialog=for_dialog)
        if not self._choice.is_kept and not self._choice.token and ask is None:
            raise missing_token(self._face.name)

    @property
    def face(self) -> Workspace:
        """The workspace as it can be shown at once; the stand-in's addresses are not known yet."""
        return self._face

    @property
    def name(self) -> str:
        """The workspace as it is named where one is chosen."""
        return self._choice.name

    def workspace(self) -> Workspace:
        """Return the workspace; waits until the stand-in serves."""
        if self._stand_in is not None:
            return self._stand_in.workspace()
        return self.face

    def client(self) -> TrayClient:
        """Return the one client; builds it the first time.

        Raises:
            MissingTokenError: there is no master token.
        """
        from tray_auth_desktop.api import TrayClient

        workspace = self.workspace()
        with self._lock:
            if self._is_closed:
                raise NetworkError("The workspace was left.", advice="")
            if self._client is None:
                self.proxy_password = self._kept_proxy_password()
                self._client = TrayClient(
                    workspace.hosts,
                    self._token(),
                    proxy=workspace.proxy,
                    proxy_password=self.proxy_password,
                    ca_file=workspace.ca_file,
                )
            client = self._client
        if self._is_closed:  # meanwhile: nobody else would close it
            client.close()
        return client

    def give_token(self, token: Secret) -> None:
        """Take a master token that a person typed; it is kept in memory only."""
        with self._lock:
            self._typed = token
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def close(self) -> None:
        """End all calls, and the stand-in. May be called again."""
        self._is_closed = True
        if self._client is not None:
            self._client.close()
        if self._stand_in is not None:
            self._stand_in.stop()

    def _token(self) -> Secret:
        if self._stand_in is not None:
            return self._stand_in.master_token()
        found = self._typed or self._choice.token or self._kept_token() or self._choice.other_token
        if not found and self._ask is not None:
            found = self._typed = self._ask()
        if not found:
            raise missing_token(self._face.name)
        return found

    def _kept_token(self) -> Secret | None:
        if not self._choice.is_kept:
            return None
        from tray_auth_desktop.workspaces.vault import Vault, VaultError

        try:
            return Vault().token(self._choice.name)
        except VaultError as error:
            if self._ask is None and not self._choice.other_token:
                raise
            _logger.warning("%s", error)
            return None

    def _kept_proxy_password(self) -> Secret | None:
        if not self._choice.is_kept or not self.face.proxy:
            return None
        from tray_auth_desktop.workspaces.vault import Vault

        return Vault().proxy_password(self._choice.name)


def missing_token(workspace: str) -> MissingTokenError:
    """Return the error for a workspace whose master token is nowhere."""
    return MissingTokenError(
        f"No master token is set for the workspace {workspace}.",
        advice=f"Put it into the environment variable {MASTER_TOKEN.variable} (never on the command line), "
        "or into the vault with `tray-auth-desktop workspace edit NAME --token`.",
    )


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
            start_engine(meanwhile)
            from tray_auth_desktop.dialog.factory import AuthDialogFactory  # after: it may be loaded by then

            only_loopback = self._decision is not None and self._decision.only_loopback
            self._factory = AuthDialogFactory(
                self._opener_origin, application, self._network(), only_loopback=only_loopback
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


def page_driver(dialog: Dialog, parent: QObject) -> PageDriver:
    """Return what acts in a dialog's newest window as a person would. For the demonstration and for tests."""
    from tray_auth_desktop.dialog.auth_dialog import AuthDialog
    from tray_auth_desktop.dialog.driver import PageDriver

    if not isinstance(dialog, AuthDialog):
        raise TypeError("only a dialog in a web view can be driven")
    opened: AuthDialog = dialog
    return PageDriver(lambda: (opened.page(), *opened.popup_pages())[-1], parent)


def attempt_context(
    account: Account,
    engine: Engine,
    journal: Journal,
    tasks: Tasks,
    limits: AttemptLimits,
    client: Callable[[], Client] | None = None,
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
