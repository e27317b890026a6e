"""The journal: a SQLite file that holds every attempt and how it ended.

An outcome is committed by `settle` before anything shows it. Timeline events are
written together, with the next outcome or `flush`, since they are many and none of
them is a result.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tray_auth_desktop import assets
from tray_auth_desktop.core.attempt import Outcome
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.timeline import TimelineEvent
from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.journal.records import AttemptRecord, event_from_row
from tray_auth_desktop.journal.schema import connect

_logger = logging.getLogger(__name__)


class Journal:
    """The attempts on disk. To be used from one thread.

    Attributes:
        path: The file; None for a journal in memory.
        warning: What the person must know: set aside, or not on disk. Empty if all is well.
    """

    def __init__(
        self, path: Path | None, connection: sqlite3.Connection, clock: Callable[[], float] = time.time
    ) -> None:
        self.path = path
        self.warning = ""
        self._connection = connection
        self._clock = clock
        self._unwritten: list[tuple[str, TimelineEvent]] = []

    @classmethod
    def open(cls, path: Path) -> Journal:
        """Open the journal at `path`, or a new one if that file is damaged (it is set aside, not deleted).

        Raises:
            JournalError: the folder cannot be written, the file is locked, or it is from a newer version.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            return cls(path, connect(path))
        except (OSError, sqlite3.OperationalError) as error:
            raise JournalError(
                f"The journal {path} cannot be opened: {error}.",
                advice="Make the folder writable, or name another with TRAY_DATA_DIR.",
            ) from error
        except sqlite3.DatabaseError as error:
            return cls._in_place_of_damaged(path, error)

    @classmethod
    def in_memory(cls, warning: str = "") -> Journal:
        """Return a journal that is gone when the program ends; `warning` says why it is not a file."""
        journal = cls(None, connect(":memory:"))
        journal.warning = warning
        return journal

    @classmethod
    def _in_place_of_damaged(cls, path: Path, error: sqlite3.DatabaseError) -> Journal:
        aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}")
        try:
            for suffix in ("", "-wal", "-shm"):
                part = path.with_name(path.name + suffix)
                if part.exists():
                    part.rename(aside.with_name(aside.name + suffix))
            journal = cls(path, connect(path))
        except (OSError, sqlite3.Error) as second_error:
            raise JournalError(f"The journal {path} is damaged: {error}; {second_error}.") from second_error
        journal.warning = (
            f"The journal was damaged ({error}). It was set aside as {aside.name}; a new one was begun."
        )
        return journal

    def begin(self, attempt_id: str, workspace: str, request: DialogRequest) -> None:
        """Write down that an attempt was begun."""
        row = {
            "attempt_id": attempt_id,
            "workspace": workspace,
            "user_id": request.user_id,
            "service_id": request.service_id,
            "service_environment_id": request.service_environment_id,
            "scopes": json.dumps(request.scopes),
            "started_at": self._clock(),
            "owner_pid": os.getpid(),
        }
        with self._transaction():
            self._run("begin", row)

    def add_listed_before(self, attempt_id: str, auth_ids: Iterable[str]) -> None:
        """Write down the ids the user's list held before the dialog opened."""
        with self._transaction():
            for auth_id in auth_ids:
                self._run("add_listed_before", {"attempt_id": attempt_id, "auth_id": auth_id})

    def record(self, attempt_id: str, event: TimelineEvent) -> None:
        """Keep an event, to be written with the next `flush` or outcome."""
        self._unwritten.append((attempt_id, event))

    def flush(self) -> None:
        """Write the events that were kept."""
        if self._unwritten:
            with self._transaction():
                self._write_events()

    def settle(self, attempt_id: str, outcome: Outcome, elapsed_ms: int) -> None:
        """Commit an outcome. Once this returns, it survives the end of the process and a loss of power.

        Raises:
            JournalError: it could not be written.
        """
        row = {
            "attempt_id": attempt_id,
            "outcome": outcome.kind.value,
            "auth_id": outcome.auth_id,
            "auth_type": outcome.auth_type,
            "via": outcome.via.value if outcome.via else None,
            "confirmed": outcome.confirmed,
            "message": outcome.message,
            "elapsed_ms": elapsed_ms,
            "ended_at": self._clock(),
        }
        with self._transaction():
            self._run("settle", row)
            self._write_events()

    def confirm(self, attempt_id: str) -> None:
        """Write down that the captured id was seen in the user's list."""
        with self._transaction():
            self._run("confirm", {"attempt_id": attempt_id})
            self._write_events()

    def mark_shown(self, attempt_id: str) -> None:
        """Write down that a person or a caller was told the outcome."""
        with self._transaction():
            self._run("mark_shown", {"attempt_id": attempt_id, "shown_at": self._clock()})

    def captured_but_not_shown(self) -> tuple[AttemptRecord, ...]:
        """Return captured attempts nobody was told of: the program died in between. Oldest first.

        Those of another copy of the program that still runs are left out: it will tell.
        """
        rows = self._run("captured_but_not_shown", {}).fetchall()
        return tuple(AttemptRecord.from_row(row) for row in rows if not _runs(row["owner_pid"]))

    def attempts(self, limit: int = 1_000) -> tuple[AttemptRecord, ...]:
        """Return the latest attempts, newest first."""
        return tuple(AttemptRecord.from_row(row) for row in self._run("attempts", {"limit": limit}))

    def timeline(self, attempt_id: str) -> tuple[TimelineEvent, ...]:
        """Return the events of one attempt, in order."""
        self.flush()
        return tuple(event_from_row(row) for row in self._run("timeline", {"attempt_id": attempt_id}))

    def close(self) -> None:
        """Write what was kept and close the file; a failure to write is logged."""
        try:
            self.flush()
        except JournalError as error:
            _logger.warning("%s", error.explanation)
        self._connection.close()

    def _run(self, query: str, values: Mapping[str, object]) -> sqlite3.Cursor:
        return self._connection.execute(_query(query), values)

    def _write_events(self) -> None:
        """Write the events that were kept; the caller has a transaction open."""
        for attempt_id, event in self._unwritten:
            seen = event.observation
            row = {
                "attempt_id": attempt_id,
                "at_ms": event.at_ms,
                "kind": seen.kind.value,
                "text": seen.text,
                "details": json.dumps(dict(seen.details), ensure_ascii=False),
                "is_problem": seen.is_problem,
            }
            self._run("add_event", row)
        self._unwritten.clear()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise JournalError(
                f"The journal could not be written: {error}.",
                advice="Free some disk space and make the folder writable.",
            ) from error


def _runs(pid: int) -> bool:
    """Whether a process other than this one has that number; where that cannot be asked, no."""
    if sys.platform == "win32" or pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@cache
def _query(name: str) -> str:
    return assets.read_text(f"journal/queries/{name}.sql")
