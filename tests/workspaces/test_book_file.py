"""The file of workspaces as a file: links, a full disk, others that read and write at once."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.workspaces.book_bench import BY_HAND, path
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.workspaces.entry import STAND_IN
from tray_auth_desktop.workspaces.file import (
    read_book,
    use_workspace,
)

__all__ = ["path"]
_ROOT = Path(__file__).resolve().parents[2]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    target, link = tmp_path / "dotfiles" / "tray.toml", tmp_path / "config.toml"
    target.write_text(BY_HAND)
    link.symlink_to(target)
    use_workspace(link, "beta two")
    assert link.is_symlink()
    assert read_book(target).active == "beta two"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [file.name for file in target.parent.iterdir()] == ["tray.toml"]


def test_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written") as raised:
        use_workspace(tmp_path / "file" / "config.toml", STAND_IN)
    assert "Nothing was changed" in raised.value.advice


def test_a_disk_that_is_full_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(BY_HAND)

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="no space left"):
        use_workspace(path, "beta two")
    assert path.read_text() == BY_HAND
    assert [file.name for file in path.parent.iterdir()] == ["config.toml"]


def test_readers_never_see_half_a_file(path: Path) -> None:
    path.write_text(BY_HAND)
    done = threading.Event()

    def read() -> int:
        count = 0
        while not done.is_set():
            assert read_book(path).names[:2] == ("acme", "beta two")
            count += 1
        return count

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for number in range(15):
            use_workspace(path, ("acme", "beta two")[number % 2])
        done.set()
        assert min(reader.result(20) for reader in readers) > 0


def test_two_programs_that_write_at_once_lose_nothing(path: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from tray_auth_desktop.workspaces.entry import WorkspaceEntry\n"
        "from tray_auth_desktop.workspaces.file import put_entry\n"
        "for number in range(8): put_entry(Path(sys.argv[1]), WorkspaceEntry(f'{sys.argv[2]}-{number}'))\n"
    )
    path.write_text(BY_HAND)
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(path), name], cwd=_ROOT)
        for name in ("x", "y", "z")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    assert len(read_book(path).entries) == 2 + 3 * 8
    assert path.read_text().startswith(BY_HAND)
