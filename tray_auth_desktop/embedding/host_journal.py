"""Where an embedded dialog keeps its attempts."""

from __future__ import annotations

from pathlib import Path

from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.journal import Journal


def open_journal(path: Path | None) -> Journal:
    """Open the journal at `path`; one in memory where there is no path, or the file cannot be used.

    In the latter case its `warning` says why: the dialog is opened all the same.
    """
    if path is None:
        return Journal.in_memory()
    try:
        return Journal.open(path)
    except JournalError as error:
        return Journal.in_memory(f"{error.explanation} Until then results are not kept on disk.")
