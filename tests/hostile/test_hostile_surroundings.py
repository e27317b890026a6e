"""Where things are kept is not as it should be: it is said, and nothing is lost that can be kept."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.faulty_tray import FaultyTray
from tests.hostile.finished_dialogs import AUTH_ID, check_captured, finishing, history
from tests.hostile.launching import CREATE, LIST, Launcher
from tests.sizes import only_full

pytestmark = [
    pytest.mark.program,
    pytest.mark.webengine,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="prepares what only Linux has"),
]

FAILING_VAULT = "keyring.backends.fail.Keyring"


# Where things are kept


def test_without_a_vault_the_token_of_the_environment_is_enough(launcher: Launcher, tray: FaultyTray) -> None:
    launcher.variables["PYTHON_KEYRING_BACKEND"] = FAILING_VAULT
    finishing(tray)

    check_captured(launcher.run(*CREATE))


def test_without_a_vault_and_a_token_it_is_said_what_to_do(launcher: Launcher, tray: FaultyTray) -> None:
    launcher.variables["PYTHON_KEYRING_BACKEND"] = FAILING_VAULT
    config = launcher.home / ".config" / "tray-auth-desktop"
    config.mkdir(parents=True)
    made = launcher.run(
        "workspace", "add", "Acme", "--embedded-id", "acme",
        "--graphql-url", f"{tray.origin}/graphql", "--rest-url", tray.origin, "--dialog-url", tray.origin,
    )  # fmt: skip
    assert made.code == 0, made.err
    for name in [name for name in launcher.variables if name.startswith("TRAY_")]:
        del launcher.variables[name]

    for command in (LIST, CREATE):
        ended = launcher.run(*command, "--workspace", "Acme")
        assert ended.code == 2, ended.err
        assert "TRAY_MASTER_TOKEN" in ended.err
        assert (ended.out == "") is (command == LIST)
    assert tray.requested == []


def _read_only_by_mount(launcher: Launcher) -> None:
    """Let the program see its home read-only; root too."""
    if os.geteuid() != 0 or subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0:
        pytest.skip("only root may mount, where it may")
    script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd / && exec "$@"'
    launcher.wrapping = ("unshare", "-m", "sh", "-c", script, str(launcher.home))


def _files_in_the_way(launcher: Launcher) -> None:
    """Have a file where each of the program's folders would be."""
    for name in (".local", ".config", ".cache"):
        (launcher.home / name).write_text("in the way")


@pytest.mark.parametrize("spoil", [_read_only_by_mount, _files_in_the_way], ids=["read-only", "files"])
def test_a_home_that_cannot_be_written_costs_the_history_alone(
    launcher: Launcher, tray: FaultyTray, spoil: Callable[[Launcher], None]
) -> None:
    spoil(launcher)
    finishing(tray)

    ended = launcher.run(*CREATE)

    check_captured(
        ended, str(launcher.journal), "Make the folder writable", "TRAY_DATA_DIR", "not kept on disk"
    )
    assert [path.name for path in launcher.home.rglob("journal*")] == []
    assert launcher.run(*LIST).code == 0
    told = launcher.run("history")
    assert (told.code, told.out) == (1, "")
    assert "TRAY_DATA_DIR" in told.err


def _with_full_disk(launcher: Launcher, folder: Path) -> None:
    if os.geteuid() != 0 or subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0:
        pytest.skip("only root may mount, where it may")
    folder.mkdir()
    script = (
        'mount -t tmpfs -o size=64k tmpfs "$0" && '
        '{ dd if=/dev/zero of="$0/ballast" bs=4k 2>/dev/null; exec "$@"; }'
    )
    launcher.wrapping = ("unshare", "-m", "sh", "-c", script, str(folder))
    launcher.variables["TRAY_DATA_DIR"] = str(folder)


def test_a_full_disk_costs_the_history_alone(launcher: Launcher, tray: FaultyTray, tmp_path: Path) -> None:
    _with_full_disk(launcher, tmp_path / "full")
    finishing(tray)

    check_captured(launcher.run(*CREATE), "full", "journal")


def test_temporary_files_that_cannot_be_written(launcher: Launcher, tray: FaultyTray) -> None:
    launcher.variables |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), "/proc/nowhere")
    launcher.variables["XDG_RUNTIME_DIR"] = "/proc/nowhere"
    finishing(tray)

    check_captured(launcher.run(*CREATE))


@pytest.mark.parametrize("name", ["Ädä Größe 日本", pytest.param('a\'b "c" $(d) &;%20#?', marks=only_full)])
def test_a_home_with_any_name(launcher: Launcher, tray: FaultyTray, name: str) -> None:
    home = launcher.home / name
    other = Launcher(home, tray.environment())
    finishing(tray)

    check_captured(other.run(*CREATE))

    assert other.journal.is_file()
    assert history(other) == [("captured", AUTH_ID)]


# The journal


def test_a_journal_that_another_program_holds(launcher: Launcher, tray: FaultyTray) -> None:
    finishing(tray)
    launcher.run(*CREATE)
    tray.listed.clear()
    with sqlite3.connect(launcher.journal, isolation_level=None) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        begun = time.monotonic()
        ended = launcher.run(*CREATE)
        assert time.monotonic() - begun < 12, "each write waited in vain for as long as the first"
        holder.execute("ROLLBACK")
    holder.close()

    check_captured(ended, "locked", "Another program is using it")
    assert ("captured", AUTH_ID) in history(launcher)


@pytest.mark.parametrize("command", [CREATE, ("history", "--json")], ids=["create", "history"])
@pytest.mark.parametrize("damage", ["torn", pytest.param("no database", marks=only_full)])
def test_a_damaged_journal_is_set_aside(
    launcher: Launcher, tray: FaultyTray, command: tuple[str, ...], damage: str
) -> None:
    finishing(tray)
    launcher.run(*CREATE)
    tray.listed.clear()
    before = _damage(launcher.journal, damage)

    ended = launcher.run(*command)

    assert ended.code == 0, ended.err
    (aside,) = launcher.journal.parent.glob("journal.sqlite3.damaged-*[0-9]")
    assert aside.read_bytes() == before
    assert "set aside" in ended.err
    assert aside.name in ended.err
    assert history(launcher) == ([("captured", AUTH_ID)] if command == CREATE else [])


def _damage(journal: Path, how: str) -> bytes:
    """Damage a journal; return what it holds then."""
    data = bytearray(journal.read_bytes())
    if how == "torn":
        data[4_096 : len(data) - 4_096] = b"\xff" * (len(data) - 8_192)
    else:
        data = bytearray(b"<html>not a database</html>" * 300)
    journal.write_bytes(data)
    for part in ("-wal", "-shm"):
        journal.with_name(journal.name + part).unlink(missing_ok=True)
    return bytes(data)


def test_a_journal_of_the_future_is_left_as_it_is(launcher: Launcher, tray: FaultyTray) -> None:
    finishing(tray)
    launcher.run(*CREATE)
    tray.listed.clear()
    with sqlite3.connect(launcher.journal) as journal:
        journal.execute("PRAGMA user_version = 4711")
    journal.close()
    before = launcher.journal.read_bytes()

    check_captured(launcher.run(*CREATE), "4711", "newer version", "not kept on disk")
    told = launcher.run("history")

    assert (told.code, told.out) == (1, "")
    assert "Install a newer version" in told.err
    assert launcher.journal.read_bytes() == before


def test_two_at_once_for_one_end_user_have_an_outcome_each(launcher: Launcher, tray: FaultyTray) -> None:
    ids = ["aaaaaaaa-0000-4000-8000-000000000001", "bbbbbbbb-0000-4000-8000-000000000002"]
    waiting = list(ids)

    def finish(handler: object) -> None:
        finishing(tray, waiting.pop())
        opened = tray.dialog
        tray.dialog = finish
        opened(handler)  # type: ignore[arg-type]  # the handler that was given

    tray.dialog = finish

    ended = launcher.run_all((CREATE, CREATE))

    assert [one.code for one in ended] == [0, 0], [one.err for one in ended]
    assert sorted(one.answer["auth_id"] for one in ended) == ids
    assert all(one.answer["confirmed"] for one in ended)
    assert sorted(history(launcher)) == [("captured", auth_id) for auth_id in ids]
    assert not [one.err for one in ended if "before it could say so" in one.err], (
        "one told the other's result"
    )


def test_the_program_is_there(launcher: Launcher) -> None:
    """What these tests start is what is in this folder, and they do not find another by chance."""
    code = "import tray_auth_desktop; print(tray_auth_desktop.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", code], env=launcher.variables, capture_output=True, text=True
    )
    assert Path(found.stdout.strip()).is_relative_to(Path(__file__).resolve().parents[2])
    assert shutil.which("sh")
