"""The journal: a SQLite file that holds every attempt and how it ended.

An outcome is committed by `settle` before anything shows it. Timeline events are
written together, with the next outcome or `flush`, since they are many and none of
them is a result. What cannot be written is kept and tried again with the next write.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tray_auth_desktop.core.attempt import Outcome
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.core.timeline import TimelineEvent
from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.journal.failure import is_locked
from tray_auth_desktop.journal.journal_file import JournalFile
from tray_auth_desktop.journal.opening import open_file
from tray_auth_desktop.journal.owner import is_running, own_start
from tray_auth_desktop.journal.readable import Readable
from tray_auth_desktop.journal.records import AttemptRecord, LeftOpen, columns_of, event_from_row
from tray_auth_desktop.journal.schema import BUSY_TIMEOUT_S, connect

_logger = logging.getLogger(__name__)
#: How long a process of the right number is taken for the copy that ran the attempt, in seconds.
_TELLING_S = 120.0
#: The same while the attempt has no outcome: no attempt may take longer than a day.
_RUNNING_S = 86_400.0


class Journal(JournalFile):
    """The attempts on disk. To be used from one thread.

    Rows that cannot be read are left out of every answer; `unreadable_notice` says which.

    Attributes:
        path: The file; None for a journal in memory.
        warning: What the person must know: set aside, not on disk, not readable. Empty if all is well.
    """

    def __init__(
        self, path: Path | None, connection: sqlite3.Connection, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__(path, connection)
        self.warning = ""
        self._clock = clock
        self._readable = Readable()

    @classmethod
    def open(cls, path: Path) -> Journal:
        """Open the journal at `path`, or a new one if that file is damaged (it is set aside, not deleted).

        Raises:
            JournalError: the folder cannot be written, the file is locked, or it is from a newer version.
        """
        connection, warning = open_file(path)
        journal = cls(path, connection)
        journal._readable.of(journal._rows("unsettled", {}), AttemptRecord.from_row)
        journal.warning = f"{warning} {journal.unreadable_notice()}".strip()
        return journal

    @classmethod
    def in_memory(cls, warning: str = "") -> Journal:
        """Return a journal that is gone when the program ends; `warning` says why it is not a file."""
        journal = cls(None, connect(":memory:"))
        journal.warning = warning
        return journal

    def begin(
        self, attempt_id: str, workspace: str, request: DialogRequest, subject: Subject | None = None
    ) -> None:
        """Write down that an attempt was begun.

        Args:
            attempt_id: The attempt's id.
            workspace: Name of the workspace.
            request: What it is for.
            subject: What people call that.

        Raises:
            JournalError: it could not be written yet; it will be with the next write.
        """
        row = {
            "attempt_id": attempt_id,
            "workspace": workspace,
            **columns_of(request, subject or Subject()),
            "started_at": self._clock(),
            "owner_pid": os.getpid(),
            "owner_start": own_start(),
        }
        self._unwritten.append(("begin", row))
        self.flush()

    def add_listed_before(self, attempt_id: str, auth_ids: Iterable[str]) -> None:
        """Write down the ids the user's list held before the dialog opened; kept as long as it is open."""
        self._write(
            ("add_listed_before", {"attempt_id": attempt_id, "auth_ids": "\n".join(dict.fromkeys(auth_ids))})
        )

    def record(self, attempt_id: str, event: TimelineEvent) -> None:
        """Keep an event, to be written with the next `flush` or outcome."""
        seen = event.observation
        row = {
            "attempt_id": attempt_id,
            "at_ms": event.at_ms,
            "kind": seen.kind.value,
            "text": seen.text,
            "details": json.dumps(dict(seen.details), ensure_ascii=False),
            "is_problem": seen.is_problem,
        }
        self._unwritten.append(("add_event", row))

    def taken_by_others(self, attempt_id: str, user_id: str) -> frozenset[str]:
        """Return the ids, in lower case, that other attempts for an end user captured or took.

        Left out are those that nobody can have made there: of an edit, or listed before the dialog.

        Raises:
            JournalError: the file cannot be read.
        """
        rows = self._rows("taken", {"attempt_id": attempt_id, "user_id": user_id})
        return frozenset(row["auth_id"] for row in rows)

    def take(self, attempt_id: str, user_id: str, auth_id: str) -> bool:
        """Take an id that the list shows for an attempt, unless another attempt has it.

        Of several copies of the program that do this at once, one is told yes.

        Returns:
            Whether the attempt has it now.

        Raises:
            JournalError: the file cannot be read or written.
        """
        self._wait_for_others(BUSY_TIMEOUT_S)
        with self._transaction():
            self._run_begun()
            if auth_id.lower() in self.taken_by_others(attempt_id, user_id):
                return False
            self._run("take", {"attempt_id": attempt_id, "auth_id": auth_id})
        return True

    def settle(self, attempt_id: str, outcome: Outcome, elapsed_ms: int) -> None:
        """Commit an outcome. Once this returns, it survives the end of the process and a loss of power.

        Raises:
            JournalError: it could not be written, or the file was deleted meanwhile.
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
            "was_known": outcome.was_known,
        }
        self._wait_for_others(BUSY_TIMEOUT_S)  # an outcome is worth it
        try:
            self._write(("settle", row), ("forget_list", {"attempt_id": attempt_id}))
        except JournalError as error:
            if is_locked(error.__cause__):
                raise
            # a full disk may have room for the outcome, if not for the timeline as well
            self._write_alone(("settle", row))
        self._check_place()

    def confirm(self, attempt_id: str) -> None:
        """Write down that the captured id was seen in the user's list."""
        self._write(("confirm", {"attempt_id": attempt_id}))

    def mark_shown(self, attempt_id: str) -> None:
        """Write down that a person or a caller was told the outcome."""
        self._write(("mark_shown", {"attempt_id": attempt_id, "shown_at": self._clock()}))

    def captured_but_not_shown(self) -> tuple[AttemptRecord, ...]:
        """Return captured attempts nobody was told of: the program died in between. Oldest first.

        Those of another copy of the program that still runs are left out: it will tell. Where
        the system does not say which process that is, its number counts, and only for a while:
        by then it may belong to some other process.

        Raises:
            JournalError: the file cannot be read.
        """
        rows = self._rows("captured_but_not_shown", {})
        return self._records(row for row in rows if not self._is_being_told(row))

    def left_open(self, workspace: str) -> tuple[LeftOpen, ...]:
        """Return the attempts of a workspace that a program began and did not live to end. Oldest first.

        Raises:
            JournalError: the file cannot be read.
        """
        return self._open(workspace, is_running=False)

    def running(self, workspace: str) -> tuple[LeftOpen, ...]:
        """Return the attempts of a workspace that some copy of the program runs now, this one too.

        Raises:
            JournalError: the file cannot be read.
        """
        return self._open(workspace, is_running=True)

    def unreadable_notice(self) -> str:
        """Return, in words for people, which attempts could not be read since this was last asked."""
        return self._readable.notice()

    def attempts(
        self, limit: int = 1_000, *, before: str = "", outcome: str = "", workspace: str = ""
    ) -> tuple[AttemptRecord, ...]:
        """Return the latest attempts, newest first.

        Args:
            limit: How many at most; below 0 all of them.
            before: The id of an attempt: only those that began before it.
            outcome: Only those that ended so; `open` for those that have no outcome.
            workspace: Only those of this workspace.

        Raises:
            JournalError: the file cannot be read.
        """
        wanted = {"outcome": outcome, "workspace": workspace}
        records: tuple[AttemptRecord, ...] = ()
        while True:
            missing = limit - len(records) if limit >= 0 else limit
            rows = self._rows("attempts", {**wanted, "limit": missing, "before": before})
            records += self._records(rows)
            if len(rows) != missing or len(records) == limit:
                return records
            before = rows[-1]["attempt_id"]

    def attempts_named(self, beginning: str) -> tuple[AttemptRecord, ...]:
        """Return up to 10 attempts whose id begins so, in any case of letters; none for an empty text."""
        rows = self._rows("attempts_named", {"beginning": beginning}) if beginning else []
        return self._records(rows)

    def count_attempts(self) -> int:
        """Return how many attempts there are."""
        return int(self._rows("count_attempts", {})[0]["number"])

    def attempt(self, attempt_id: str) -> AttemptRecord | None:
        """Return one attempt; None if the journal does not know it, or cannot read it."""
        return next(iter(self._records(self._rows("attempt", {"attempt_id": attempt_id}))), None)

    def forget_older_than(self, days: float) -> None:
        """Delete ended attempts that began more than some days ago, with their timelines.

        Raises:
            JournalError: the file cannot be written.
        """
        self._write(("forget", {"before": self._clock() - days * 86_400.0}))

    def timeline(self, attempt_id: str) -> tuple[TimelineEvent, ...]:
        """Return the events of one attempt, in order."""
        self.flush()
        return tuple(event_from_row(row) for row in self._rows("timeline", {"attempt_id": attempt_id}))

    def close(self) -> None:
        """Write what was kept and close the file; a failure to write is logged."""
        try:
            self.flush()
        except JournalError as error:
            _logger.warning("%s", error.explanation)
        self._connection.close()

    def _records(self, rows: Iterable[sqlite3.Row]) -> tuple[AttemptRecord, ...]:
        return self._readable.of(rows, AttemptRecord.from_row)

    def _open(self, workspace: str, *, is_running: bool) -> tuple[LeftOpen, ...]:
        rows = self._rows("left_open", {"workspace": workspace})
        wanted = (row for row in rows if self._is_being_run(row) == is_running)
        return self._readable.of(wanted, LeftOpen.from_row)

    def _is_being_told(self, row: sqlite3.Row) -> bool:
        return self._is_anothers(row, row["ended_at"] or row["started_at"], _TELLING_S)

    def _is_being_run(self, row: sqlite3.Row) -> bool:
        is_own = (row["owner_pid"], row["owner_start"]) == (os.getpid(), own_start())
        return is_own or self._is_anothers(row, row["started_at"], _RUNNING_S)

    def _is_anothers(self, row: sqlite3.Row, moment: float, limit_s: float) -> bool:
        """Whether another process still has the attempt; where only its number is known, for a while."""
        is_recent = abs(self._clock() - moment) < limit_s
        return (bool(row["owner_start"]) or is_recent) and is_running(row["owner_pid"], row["owner_start"])
