"""Icons of services: fetched once, kept on disk, and made into pictures on worker threads."""

from __future__ import annotations

import logging
import os
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from tray_auth_desktop.onboarding.tasks import Tasks

if TYPE_CHECKING:
    from tray_auth_desktop.onboarding.list_client import ListClient

T = TypeVar("T")
_logger = logging.getLogger(__name__)
MAX_BYTES = 256 * 1024
_MAX_FILES = 2_000
#: How many are fetched at the same time: Tray's hosts limit the rate.
_AT_ONCE = 4
#: How many wait; who scrolls on has no use for those left behind.
_MAX_WAITING = 48
_MAX_KEPT = 2_000


class IconFolder:
    """Icons as files, named by a digest of their address. A folder that cannot be used is no error."""

    def __init__(self, folder: Callable[[], Path], max_files: int = _MAX_FILES) -> None:
        self._folder = folder
        self._max_files = max_files

    def read(self, url: str) -> bytes | None:
        """Return an icon that is kept."""
        path = self._path(url)
        with suppress(OSError):
            if path.stat().st_size <= MAX_BYTES:
                data = path.read_bytes()
                os.utime(path)  # used now: the last to be dropped
                return data
        return None

    def write(self, url: str, data: bytes) -> None:
        """Keep an icon; too many drop those that were not used for longest."""
        path = self._path(url)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}.{id(data)}.part")
            part.write_bytes(data)
            part.replace(path)
            self._drop_oldest(path.parent)

    def _path(self, url: str) -> Path:
        import hashlib  # takes milliseconds, which the window's start need not pay

        return self._folder() / hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()

    def _drop_oldest(self, folder: Path) -> None:
        files = list(folder.iterdir())
        if len(files) > self._max_files:
            files.sort(key=lambda file: file.stat().st_mtime)
            for file in files[: len(files) - self._max_files]:
                file.unlink(missing_ok=True)


class IconStore(QObject, Generic[T]):
    """Gives out the picture of an icon's address, or gets it for the next time it is asked.

    What cannot be fetched or read is not asked for again while the program runs.

    Args:
        client: Fetches icons. Called on worker threads.
        tasks: Runs what may wait.
        folder: Where icons are kept; None keeps none.

    Signals:
        arrived(str): the address of an icon that is here now.
    """

    arrived = Signal(str)

    def __init__(
        self,
        client: Callable[[], ListClient],
        tasks: Tasks,
        folder: IconFolder | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._tasks, self._folder = client, tasks, folder
        self._kept: OrderedDict[tuple[str, int], T] = OrderedDict()
        self._waiting: OrderedDict[tuple[str, int], Callable[[bytes, int], T | None]] = OrderedDict()
        self._running: set[tuple[str, int]] = set()
        self._hopeless: set[str] = set()

    def picture(self, url: str, size_px: int, make: Callable[[bytes, int], T | None]) -> T | None:
        """Return a picture; None if it is not here yet, or never will be.

        Args:
            url: The icon's address.
            size_px: Width and height in pixels of the screen.
            make: Makes the picture of bytes and size, on a worker thread; None if it cannot be.
        """
        key = (url, size_px)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if url not in self._hopeless and key not in self._running:
            self._waiting[key] = make
            self._waiting.move_to_end(key)
            while len(self._waiting) > _MAX_WAITING:
                self._waiting.popitem(last=False)
            self._start_next()
        return None

    def _start_next(self) -> None:
        while self._waiting and len(self._running) < _AT_ONCE:
            key, make = self._waiting.popitem()  # the newest: it is on the screen
            self._running.add(key)
            self._tasks.submit(
                partial(self._work, *key, make), partial(self._on_made, key), partial(self._on_failed, key)
            )

    def _work(self, url: str, size_px: int, make: Callable[[bytes, int], T | None]) -> T | None:
        """Fetch, keep and make. Runs on a worker thread."""
        kept = self._folder.read(url) if self._folder else None
        made = make(kept, size_px) if kept else None
        if made is not None:
            return made
        data = self._client().icon(url)
        made = make(data, size_px) if len(data) <= MAX_BYTES else None
        if made is not None and self._folder:
            self._folder.write(url, data)
        return made

    def _on_made(self, key: tuple[str, int], made: T | None) -> None:
        self._running.discard(key)
        if made is None:
            self._hopeless.add(key[0])
        else:
            self._kept[key] = made
            while len(self._kept) > _MAX_KEPT:
                self._kept.popitem(last=False)
            self.arrived.emit(key[0])
        self._start_next()

    def _on_failed(self, key: tuple[str, int], error: Exception) -> None:
        self._running.discard(key)
        self._hopeless.add(key[0])
        self._start_next()
        _logger.debug("an icon could not be had: %s", type(error).__name__)

    def try_again(self) -> None:
        """Ask anew for what could not be had before."""
        self._hopeless.clear()
