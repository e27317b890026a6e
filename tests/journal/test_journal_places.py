"""Places that keep nothing: devices, a disk without room, and a folder that is deleted under the program."""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tray_auth_desktop.core.attempt import Outcome, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.journal import Journal

_CAPTURED = Outcome.captured("auth-1", Via.OPENER)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs devices that take nothing")
@pytest.mark.parametrize("device", ["/dev/null", "/dev/full"])
def test_a_place_that_keeps_nothing_is_said_in_sqlites_words(path: Path, device: str) -> None:
    path.parent.mkdir()
    path.symlink_to(device)
    with pytest.raises(JournalError, match="cannot be opened") as raised:
        Journal.open(path)
    assert "rollback" not in raised.value.explanation
    assert ("disk space" in raised.value.advice) == (device == "/dev/full")
    assert Path(device).is_char_device()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no file that is open")
@pytest.mark.parametrize("gone", ["deleted", "another in its place"])
def test_a_file_that_was_deleted_is_said_with_the_outcome(
    path: Path, request_made: DialogRequest, gone: str
) -> None:
    with closing(Journal.open(path)) as journal:
        journal.begin("a", "acme", request_made)
        shutil.rmtree(path.parent)
        if gone != "deleted":
            Journal.open(path).close()
        with pytest.raises(JournalError, match="deleted or moved"):
            journal.settle("a", _CAPTURED, 1)
