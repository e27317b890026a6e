"""Open the journal's file and bring its schema up to date.

Migrations are the files `resources/journal/NNNN_*.sql`, run in order, each in a
transaction of its own; `PRAGMA user_version` says which have run.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from tray_auth_desktop import assets
from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.journal.failure import is_locked
from tray_auth_desktop.journal.queries import query

#: How long a write waits for another copy of the program, in seconds.
BUSY_TIMEOUT_S = 2.0
_RETRY_S = 0.02
#: Up to this size in bytes a file is checked whole when it is opened, at about a millisecond per MB.
_CHECKED_WHOLE_TO = 8 * 1024 * 1024


def connect(path: Path | str, migrations: Path | None = None) -> sqlite3.Connection:
    """Open a journal, making it or migrating it as needed.

    Args:
        path: The file, or `:memory:`.
        migrations: Folder of the migrations; by default the program's own.

    Raises:
        sqlite3.DatabaseError: the file is not a database, or is damaged.
        sqlite3.OperationalError: it cannot be opened or is locked.
        JournalError: a newer version of the program made it.
    """
    scripts = sorted((migrations or assets.path("journal")).glob("[0-9][0-9][0-9][0-9]_*.sql"))
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.text_factory = _text
        _refuse_newer(_version(connection), len(scripts))  # before anything is written
        _use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        _migrate(connection, scripts)
        _check(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log, which SQLite refuses at once while another copy does the same."""
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not is_locked(error) or time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_S)
        else:
            return


def _refuse_newer(version: int, known: int) -> None:
    if version > known:
        raise JournalError(
            f"The journal has schema version {version}; this program knows versions up to {known}.",
            advice="Install a newer version of the program; the file was left as it is.",
        )


def _migrate(connection: sqlite3.Connection, scripts: list[Path]) -> None:
    for number in range(_version(connection) + 1, len(scripts) + 1):
        _apply(connection, number, scripts[number - 1].read_text(encoding="utf-8"))


def _apply(connection: sqlite3.Connection, number: int, script: str) -> None:
    """Run one migration unless another copy of the program just did."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) < number:
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # after some errors SQLite has ended it: its own error says why
            connection.execute("ROLLBACK")
        raise


def _check(connection: sqlite3.Connection) -> None:
    """Raise sqlite3.DatabaseError if the file is damaged in a place that was not read yet."""
    try:
        connection.execute(query("has_all"))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:  # locked, for one
            raise
        raise sqlite3.DatabaseError(str(error)) from error
    size = connection.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
    if size.fetchone()[0] <= _CHECKED_WHOLE_TO:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(" ".join(str(found).split()))


def _text(data: bytes) -> str:
    """Return a text of the file; one that is damaged costs nobody the rest."""
    return data.decode("utf-8", "replace")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> list[str]:
    """Split a script where SQLite itself says that a statement is complete."""
    statements, text = [], ""
    for line in script.splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            statements.append(text)
            text = ""
    return statements
