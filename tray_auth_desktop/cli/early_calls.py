"""What `create` does on a thread while the engine starts, which takes longer than anything else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.onboarding.early_client import EarlyClient

if TYPE_CHECKING:
    from tray_auth_desktop.onboarding.ports import AttemptClient


class EarlyCalls:
    """Loads what the attempt needs, builds the client, and asks for code and list."""

    def __init__(self, client: Callable[[], AttemptClient], user_id: str) -> None:
        self._make_client = client
        self._user_id = user_id
        self._lock = threading.Lock()
        self._client: EarlyClient | None = None

    def make(self) -> None:
        """Begin. What fails here fails again where it is needed, and is reported there."""
        # In the order in which Qt's thread will want them, so that it never waits for the last.
        import tray_auth_desktop.cli.create_run
        import tray_auth_desktop.dialog.factory  # noqa: F401 - imported, to be there when it is needed

        with suppress(TrayAuthError):
            self.client()

    def client(self) -> EarlyClient:
        """Return the one client, which was asked already. May wait; not for Qt's thread.

        Raises:
            TrayAuthError: there is no client.
        """
        with self._lock:
            if self._client is None:
                self._client = EarlyClient(self._make_client(), self._user_id)
            return self._client
