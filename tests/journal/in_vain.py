"""An attempt that the journal could not write down when it began."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.journal import Journal


def begin_in_vain(journal: Journal, path: Path, request: DialogRequest) -> None:
    """Begin attempt "a" while its table is away; it is kept, and the table is there again."""
    _rename(path, "attempt", "elsewhere")
    with pytest.raises(JournalError):
        journal.begin("a", "acme", request)
    _rename(path, "elsewhere", "attempt")


def _rename(path: Path, name: str, new_name: str) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(f"ALTER TABLE {name} RENAME TO {new_name}")
