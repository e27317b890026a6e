"""How the window looked when it was closed: one small file in the config folder. No secret is in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FILE_NAME = "window.ini"
#: States of an earlier layout mean nothing to this one.
_VERSION = 1
_VERSION_KEY = "version"
#: What a window's frame takes at least of a screen.
_FRAME_PX, _TITLE_PX = 4, 32


class WindowState:
    """Reads at once, writes when told. A file that is missing, broken or another version's counts as empty.

    Args:
        path: The file; None keeps nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._values: dict[str, object] = {}
        if path is not None and path.is_file():
            self._read(path)

    def _read(self, path: Path) -> None:
        from PySide6.QtCore import QSettings  # not where there is no file yet

        stored = QSettings(str(path), QSettings.Format.IniFormat)
        if stored.status() is QSettings.Status.NoError and str(stored.value(_VERSION_KEY)) == str(_VERSION):
            self._values = {key: stored.value(key) for key in stored.allKeys()}

    @property
    def is_kept(self) -> bool:
        """Whether the window was closed before, and how it looked can be read."""
        return bool(self._values)

    def blob(self, name: str) -> QByteArray:
        """Return a state of Qt's own making; an empty one if none is kept."""
        value = self._values.get(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def text(self, name: str) -> str:
        """Return a text; an empty one if none is kept."""
        value = self._values.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str, default: float) -> float:
        """Return a number; the default if none is kept."""
        try:
            return float(self.text(name))
        except ValueError:
            return default

    def is_set(self, name: str) -> bool:
        """Whether something that was said once need not be said again."""
        return self.text(name) == "yes"

    def put(self, name: str, value: QByteArray | str) -> None:
        """Keep a value, until `write` puts it into the file."""
        self._values[name] = value

    def write(self) -> None:
        """Write the file. Where that cannot be done the window opens next time as if for the first."""
        if self._path is None or not self._values:
            return
        from PySide6.QtCore import QSettings

        stored = QSettings(str(self._path), QSettings.Format.IniFormat)
        stored.setValue(_VERSION_KEY, str(_VERSION))
        for key, value in self._values.items():
            stored.setValue(key, value)
        stored.sync()


def user_key(workspace: str) -> str:
    """Return the name under which a workspace's last end user is kept."""
    return f"users/{workspace.encode().hex()}"


def is_on_a_screen(frame: QRect, screens: list[QRect]) -> bool:
    """Whether enough of a window's upper edge can be seen to take hold of it."""
    edge = QRect(frame.x(), frame.y(), frame.width(), min(frame.height(), 40))
    seen = [screen.intersected(edge) for screen in screens]
    return any(part.width() >= min(120, edge.width()) and part.height() >= 20 for part in seen)


def size_on(screen: QRect, wanted: QSize) -> QSize:
    """Return how large a window can be on a screen: not larger, with its frame, than what is free."""
    free = screen.size() - QSize(2 * _FRAME_PX, _TITLE_PX + _FRAME_PX)
    return wanted.boundedTo(free)


def fit(window: QWidget) -> None:
    """Make a window that is not shown yet no larger than its screen, which may be small for its scale."""
    if not window.isMaximized() and not window.isFullScreen():
        window.resize(size_on(window.screen().availableGeometry(), window.size()))
