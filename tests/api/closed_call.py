"""A call that is under way while its client is closed."""

from __future__ import annotations

import threading

import pytest

from tray_auth_desktop.api import TrayClient
from tray_auth_desktop.errors import NetworkError


class ClosedCall:
    """Runs on a thread of its own; what it failed with is kept, which must say that the client was closed."""

    def __init__(self, client: TrayClient) -> None:
        self.failures: list[str] = []
        self._client = client
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        with pytest.raises(NetworkError, match="closed") as raised:
            self._client.connectors()
        self.failures.append(str(raised.value))
