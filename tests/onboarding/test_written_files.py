"""Files are whole or not there, and threads take turns."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.onboarding.authentication_server import quick, server, tasks, work
from tray_auth_desktop.onboarding.authentication_work import AuthenticationWork
from tray_auth_desktop.onboarding.export_file import write_file
from tray_auth_desktop.onboarding.fair_turns import fair_turns

__all__ = ["quick", "server", "tasks", "work"]


def test_a_file_is_written_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_file(str(path), (f"line {number}\r\n" for number in range(1_200)))
    assert path.read_bytes() == b"".join(b"line %d\r\n" % number for number in range(1_200))
    write_file(str(path), ['{"name": "\ud83d"}'])
    assert path.read_text() == '{"name": "\\ud83d"}'


def test_a_file_that_cannot_be_written_leaves_what_was_there(
    work: AuthenticationWork, tmp_path: Path, qtbot: QtBot
) -> None:
    failures: list[str] = []
    path = tmp_path / "missing" / "list.csv"
    work.write(str(path), lambda: ["x"], lambda: pytest.fail("written"), failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0].startswith(f"The file {path} could not be written:")
    assert failures[0].endswith("then export again.")
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    work.write(str(folder), lambda: ["x"], lambda: pytest.fail("written"), failures.append)
    qtbot.waitUntil(lambda: len(failures) == 2)


def test_the_lock_is_handed_over_often_only_while_somebody_works() -> None:
    before = sys.getswitchinterval()
    with fair_turns():
        assert sys.getswitchinterval() < before
        with fair_turns():
            pass
        assert sys.getswitchinterval() < before
    assert sys.getswitchinterval() == before
