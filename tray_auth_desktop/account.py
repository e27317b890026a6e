"""What the program works against: a workspace and its client, or its own stand-in.

Nothing heavy is imported at the top: the window is on screen before the client is loaded.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.errors import MissingTokenError, NetworkError
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.settings import MASTER_TOKEN

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient
    from tray_auth_desktop.stand_in_process import StandInProcess

_logger = logging.getLogger(__name__)
#: Where none is needed: nothing is called with it.
_NO_MASTER_TOKEN = Secret("no-master-token")


class Account:
    """What the program works against: a workspace, or its own stand-in.

    `workspace`, `client` and the vault may wait and import; they are for worker threads.

    Args:
        configuration: What flags and environment say.
        name: The workspace to take, whatever they say.
        for_dialog: Whether dialogs will be opened, which needs the Embedded ID.
        ask: Called on a worker thread for a master token that is nowhere else; may return None.
        needs_master_token: Whether the client calls what only a master token may.

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
        needs_master_token: bool = True,
    ) -> None:
        self._needs_master_token = needs_master_token
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
        if needs_master_token and not self._choice.is_kept and not self._choice.token and ask is None:
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
                    self._token() if self._needs_master_token else _NO_MASTER_TOKEN,
                    proxy=workspace.proxy,
                    proxy_password=self.proxy_password,
                    ca_file=workspace.ca_file,
                )
            client = self._client
        if self._was_left():  # meanwhile: nobody else would close it
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

    def _was_left(self) -> bool:
        """Asked anew each time: another thread may have closed it since."""
        return self._is_closed

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
