"""Open the journal's file and bring its schema up to date.

Migrations are the files `resources/journal/NNNN_*.sql`, run in order, each in a
transaction of its own; `PRAGMA user_version` says which have run.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tray_auth_desktop import assets
from tray_auth_desktop.errors import JournalError

#: How long a write waits for another copy of the program, in seconds.
BUSY_TIMEOUT_S = 5.0


def connect(path: Path | str) -> sqlite3.Connection:
    """Open a journal, making it or migrating it as needed.

    Raises:
        sqlite3.DatabaseError: the file is not a database, or is damaged.
        sqlite3.OperationalError: it cannot be opened or is locked.
        JournalError: a newer version of the program made it.
    """
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        _migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    migrations = sorted(assets.path("journal").glob("[0-9][0-9][0-9][0-9]_*.sql"))
    version = _version(connection)
    if version > len(migrations):
        raise JournalError(
            f"The journal has schema version {version}; this program knows versions up to {len(migrations)}.",
            advice="Install a newer version of the program; the file was left as it is.",
        )
    for number in range(version + 1, len(migrations) + 1):
        script = migrations[number - 1].read_text(encoding="utf-8")
        _apply(connection, number, script)


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
        connection.execute("ROLLBACK")
        raise


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
