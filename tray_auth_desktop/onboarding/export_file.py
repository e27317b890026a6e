"""Writes a long text to a file: as a whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from PySide6.QtCore import QIODevice, QSaveFile

from tray_auth_desktop.errors import TrayAuthError

_LINES_AT_ONCE = 500


def write_file(path: str, lines: Iterable[str]) -> None:
    """Write lines as they are, in UTF-8. May wait: for a worker thread.

    What UTF-8 does not know (half a character that a server sent) becomes an escape, as JSON writes it.

    Raises:
        TrayAuthError: it could not be written; a file that was there is as it was.
    """
    file = QSaveFile(path)
    is_good = file.open(QIODevice.OpenModeFlag.WriteOnly)
    for data in _blocks(lines):
        is_good = is_good and file.write(data) == len(data)
    if not (is_good and file.commit()):
        raise TrayAuthError(
            f"The file {path} could not be written: {file.errorString().rstrip('.')}.",
            advice="Choose another folder, or make room there, then export again.",
        )


def _blocks(lines: Iterable[str]) -> Iterator[bytes]:
    rest = iter(lines)
    while block := "".join(islice(rest, _LINES_AT_ONCE)):
        yield block.encode("utf-8", "backslashreplace")
