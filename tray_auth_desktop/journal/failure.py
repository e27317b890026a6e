"""What went wrong with the file, in words that say what to do."""

from __future__ import annotations

import sqlite3

from tray_auth_desktop.errors import JournalError

_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def journal_error(what: str, error: Exception, advice: str) -> JournalError:
    """Return the error to raise.

    Args:
        what: What could not be done, as a clause without its full stop.
        error: Why not.
        advice: What to do, unless the error itself says more.
    """
    if is_locked(error):
        advice = "Another program is using it: close that one, then try again."
    elif is_damaged(error):
        advice = "The file is damaged: move it away, and a new one is begun at the next start."
    elif _code(error) == sqlite3.SQLITE_FULL:
        advice = "Free some disk space, or name another folder with TRAY_DATA_DIR."
    return JournalError(f"{what}: {error}.", advice=advice)


def is_locked(error: BaseException | None) -> bool:
    """Whether another program holds the file."""
    return _code(error) in _LOCKED


def is_damaged(error: BaseException | None) -> bool:
    """Whether the file itself is at fault."""
    return _code(error) in _DAMAGED


def _code(error: BaseException | None) -> int:
    """Return SQLite's primary result code; 0 for errors that are not SQLite's own."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
