"""Rows that can be read, and which cannot: one that was damaged must not hide all others."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import TypeVar

_T = TypeVar("_T")
#: How many ids a notice names.
_NAMED = 10


class Readable:
    """Reads rows of the table `attempt`; leaves out those that hold what no version of the program writes."""

    def __init__(self) -> None:
        self._unreadable: set[str] = set()
        self._unsaid: list[str] = []

    def of(self, rows: Iterable[sqlite3.Row], read: Callable[[sqlite3.Row], _T]) -> tuple[_T, ...]:
        """Return what `read` makes of the rows that it does not refuse."""
        found = []
        for row in rows:
            try:
                found.append(read(row))
            except (ValueError, TypeError, RecursionError):
                self._leave_out(row["attempt_id"])
        return tuple(found)

    def notice(self) -> str:
        """Return which were left out since this was last asked; empty if none was."""
        ids, self._unsaid = self._unsaid, []
        if not ids:
            return ""
        named = ", ".join(ids[:_NAMED]) + (" …" if len(ids) > _NAMED else "")
        if len(ids) == 1:
            return f"An attempt in the journal cannot be read and is left out; it is kept as it is: {named}."
        return (
            f"{len(ids)} attempts in the journal cannot be read and are left out; "
            f"they are kept as they are: {named}."
        )

    def _leave_out(self, attempt_id: str) -> None:
        if attempt_id not in self._unreadable:
            self._unreadable.add(attempt_id)
            self._unsaid.append(attempt_id)
