"""The file below the journal: statements that are committed together, and what could not be written yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.journal.failure import is_locked, journal_error
from tray_auth_desktop.journal.queries import mended, query
from tray_auth_desktop.journal.schema import BUSY_TIMEOUT_S

_ADVICE = "Free some disk space and make the folder writable."
#: How long a write waits for another program after one has waited in vain, in seconds.
_IMPATIENT_S = 0.05

#: A query's name and its values.
Statement = tuple[str, Mapping[str, object]]


class JournalFile:
    """Reads and commits. To be used from one thread.

    Attributes:
        path: The file; None for one in memory.
    """

    def __init__(self, path: Path | None, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._unwritten: list[Statement] = []
        self._place = _place_of(path)

    def flush(self) -> None:
        """Write what was kept.

        Raises:
            JournalError: it could not be written; it is still kept.
        """
        if self._unwritten:
            self._write()

    def _rows(self, name: str, values: Mapping[str, object]) -> list[sqlite3.Row]:
        try:
            return self._connection.execute(query(name), mended(values)).fetchall()
        except sqlite3.Error as error:
            raise journal_error("The journal could not be read", error, _ADVICE) from error

    def _write(self, *statements: Statement) -> None:
        """Commit what was kept and then `statements`, all or nothing."""
        with self._transaction():
            for name, row in (*self._unwritten, *statements):
                self._run(name, row)
        self._unwritten.clear()
        self._wait_for_others(BUSY_TIMEOUT_S)

    def _wait_for_others(self, limit_s: float) -> None:
        """Set how long a write waits for another program that holds the file."""
        self._connection.execute(f"PRAGMA busy_timeout = {round(limit_s * 1_000):d}")

    def _write_alone(self, statement: Statement) -> None:
        """Commit `statement`, and of what was kept only the attempts it may belong to."""
        with self._transaction():
            self._run_begun()
            self._run(*statement)

    def _run_begun(self) -> None:
        """Run what was kept of the attempts themselves; it stays kept, and may be run again."""
        for name, row in self._unwritten:
            if name == "begin":
                self._run(name, row)

    def _run(self, name: str, row: Mapping[str, object]) -> None:
        cursor = self._connection.execute(query(name), mended(row))
        if name == "settle" and cursor.rowcount != 1:
            raise JournalError("The journal does not know the attempt whose outcome it should keep.")

    def _check_place(self) -> None:
        """Raise JournalError if the file is not where it was: nobody finds what is written to it then."""
        if self._place is not None and _place_of(self.path) != self._place:
            raise JournalError(
                f"The journal {self.path} was deleted or moved while the program ran: "
                "nothing of this attempt is kept there.",
                advice="Write down what is shown; a new journal is begun at the next start.",
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # after some errors SQLite has ended it already
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            if is_locked(error):  # whoever holds the file for that long will not let go of it at once
                self._wait_for_others(_IMPATIENT_S)
            raise journal_error("The journal could not be written", error, _ADVICE) from error


def _place_of(path: Path | None) -> tuple[int, int] | None:
    """Return what tells a file from one that takes its name later; None where there is none."""
    try:
        found = path.stat() if path is not None else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found is not None else None
