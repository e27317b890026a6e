from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.journal import Journal


@pytest.fixture
def request_made() -> DialogRequest:
    return DialogRequest("user-1", "service-1", "environment-1", ("channels:read", "a b&c"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.sqlite3"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    opened = Journal.open(path)
    yield opened
    opened.close()
