"""Open the journal's file; a damaged one is set aside, not deleted, and a new one begun."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.journal.failure import journal_error
from tray_auth_desktop.journal.schema import connect

_ADVICE = "Make the folder writable, or name another with TRAY_DATA_DIR."
#: What SQLite keeps beside a file: they belong together, wherever it is moved.
_PARTS = ("", "-wal", "-shm")
_FIRST_BYTES = b"SQLite format 3\0"


def open_file(path: Path) -> tuple[sqlite3.Connection, str]:
    """Open the journal at `path`, making it and its folder as needed.

    Returns:
        The connection, and a warning for the person; empty if all is well.

    Raises:
        JournalError: the folder cannot be written, the file is locked, or it is from a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _refuse_what_is_no_database(path)
        return connect(path), ""
    except (OSError, sqlite3.OperationalError) as error:
        raise journal_error(f"The journal {path} cannot be opened", error, _ADVICE) from error
    except sqlite3.DatabaseError as error:
        return _begin_anew(path, error)


def _refuse_what_is_no_database(path: Path) -> None:
    """Raise sqlite3.DatabaseError as SQLite would, which on the way throws away the file's `-wal`."""
    if path.is_file():
        with path.open("rb") as file:
            if file.read(len(_FIRST_BYTES)) not in (b"", _FIRST_BYTES):
                raise sqlite3.DatabaseError("file is not a database")


def _begin_anew(path: Path, error: sqlite3.DatabaseError) -> tuple[sqlite3.Connection, str]:
    aside = _unused_name(path)
    try:
        for part in _PARTS:
            source = path.with_name(path.name + part)
            if source.exists():
                source.rename(aside.with_name(aside.name + part))
        connection = connect(path)
    except (OSError, sqlite3.Error) as second_error:
        raise JournalError(
            f"The journal {path} is damaged ({error}) and cannot be set aside: {second_error}.",
            advice=_ADVICE,
        ) from second_error
    warning = f"The journal was damaged ({error}). It was set aside as {aside.name}; a new one was begun."
    return connection, warning


def _unused_name(path: Path) -> Path:
    """Return a name beside `path` that nothing has: a rename must not replace what was set aside before."""
    name = f"{path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}"
    number, aside = 1, path.with_name(name)
    while any(aside.with_name(aside.name + part).exists() for part in _PARTS):
        number += 1
        aside = path.with_name(f"{name}-{number}")
    return aside
