"""Where the icons of services are: only authentications name them, so what they name is kept for later."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tray_auth_desktop.onboarding.latest_task import LatestTask
from tray_auth_desktop.onboarding.load_state import Loaded, LoadState
from tray_auth_desktop.onboarding.tasks import Tasks

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Authentication, Service

_logger = logging.getLogger(__name__)
_FILE = "icon-addresses.json"
_MAX_BYTES = 1024 * 1024
_MAX_KEPT = 2_000
#: Of a longer list only so many are looked at: its services repeat themselves.
_LOOKED_AT = 2_000


class IconAddresses(QObject):
    """Learns icons' addresses from lists of authentications, by the names of services.

    Args:
        tasks: Runs what may wait.
        folder: Returns where the addresses are kept. Called on worker threads; None keeps none.

    Signals:
        changed(): further addresses are known.
    """

    changed = Signal()

    def __init__(
        self, tasks: Tasks, folder: Callable[[], Path] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._file_task = LatestTask(tasks)
        self._known: dict[str, str] = {}
        self._is_read = False

    def of(self, service: Service) -> str:
        """Return a service's icon: its own, or what authentications name; empty if none is known."""
        return service.icon or self._known.get(service.name or service.service_id, "")

    def read(self) -> None:
        """Take up what an earlier program kept, once."""
        if self._folder is not None and not self._is_read:
            self._is_read = True
            folder = self._folder
            self._file_task.run(lambda: _read(folder() / _FILE), self._on_read, _on_failed)

    def learn(self, state: LoadState[Authentication]) -> None:
        """Take up what a list of authentications names."""
        if not isinstance(state, Loaded):
            return
        step = max(1, len(state.items) // _LOOKED_AT)
        services = {id(one.service): one.service for one in state.items[::step] if one.service}
        named = {one.name or one.service_id: one.icon for one in services.values() if one.icon}
        if any(self._known.get(name) != url for name, url in named.items()):
            self._known = dict(list((self._known | named).items())[-_MAX_KEPT:])
            self.changed.emit()
            self._write()

    def _on_read(self, kept: dict[str, str]) -> None:
        if kept:
            self._known = kept | self._known
            self.changed.emit()

    def _write(self) -> None:
        if self._folder is not None and not self._file_task.is_running:
            folder = self._folder
            # One of this computer belongs to the stand-in, which has another the next time.
            known = {name: url for name, url in self._known.items() if url.startswith("https:")}
            self._file_task.run(lambda: _write(folder() / _FILE, known), lambda _nothing: None, _on_failed)


def _read(path: Path) -> dict[str, str]:
    import json  # not when the window starts

    try:
        if path.stat().st_size > _MAX_BYTES:
            return {}
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    entries = content.items() if isinstance(content, dict) else ()
    return {name: url for name, url in entries if isinstance(url, str)}


def _write(path: Path, known: dict[str, str]) -> None:
    import json

    part = path.with_suffix(f".{os.getpid()}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    part.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(path)


def _on_failed(error: Exception) -> None:
    _logger.debug("addresses of icons could not be kept: %s", type(error).__name__)
