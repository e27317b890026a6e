"""Set-up of a checkout, for real: the scripts as they are, in a checkout of `small_project`.

That project needs no package and builds itself, so nothing is downloaded.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sizes import only_full

ROOT = Path(__file__).resolve().parents[2]
SMALL_PROJECT = Path(__file__).with_name("small_project")
ENTRIES = (
    "scripts/run",
    "scripts/test",
    "scripts/check",
    "scripts/bench",
    "scripts/lock",
    "scripts/icons",
    "scripts/pictures",
    ".ci/run",
)


def _started(*arguments: str, platform: str | None = None) -> str:
    """Return what the small project's program writes when it is started so."""
    return json.dumps({"arguments": arguments, "platform": platform, "lock": False}) + "\n"


class Checkout:
    """A checkout of the small project in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(SMALL_PROJECT, folder, ignore=ignored)
        shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=ignored)
        (folder / "constraints").mkdir()
        (folder / "constraints" / "run.txt").touch()

    def start(self, *arguments: str, **environ: str) -> subprocess.Popen[str]:
        """Start `scripts/run` from another folder, without a display unless one is given."""
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR") if key in os.environ}
        return subprocess.Popen(
            [self.folder / "scripts" / "run", *arguments],
            cwd="/",
            env={**kept, "PYTHON": sys.executable, "PIP_NO_INDEX": "1", **environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **environ: str) -> tuple[int, str, str]:
        """Run `scripts/run` to its end; return its exit code and what it wrote."""
        process = self.start(*arguments, **environ)
        stdout, stderr = process.communicate(timeout=60)
        return process.returncode, stdout, stderr


@pytest.mark.parametrize("name", ENTRIES)
def test_a_script_is_executable_bash(name: str) -> None:
    path = ROOT / name
    assert path.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
    assert os.access(path, os.X_OK)
    assert subprocess.run(["bash", "-n", path]).returncode == 0


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout that two first runs at once have set up."""
    checkout = Checkout(tmp_path_factory.mktemp("with space") / "checkout")
    both = [checkout.start("create", "--json"), checkout.start("create", "--json")]
    said = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert [stdout for stdout, _ in said] == [_started("create", "--json")] * 2
    assert sum("making .venv" in stderr for _, stderr in said) == 1, said
    return checkout


@only_full
def test_a_later_run_says_nothing_and_starts_at_once(checkout: Checkout) -> None:
    times = []
    for _ in range(3):
        before = time.monotonic()
        assert checkout.run("list", "two words", "*") == (0, _started("list", "two words", "*"), "")
        times.append(time.monotonic() - before)
    assert min(times) < 1


@only_full
def test_without_display_and_arguments_the_demo_runs(checkout: Checkout) -> None:
    code, stdout, stderr = checkout.run()
    assert (code, stdout) == (0, _started("demo", platform="offscreen"))
    assert len(stderr.splitlines()) == 1


@only_full
def test_with_a_display_the_window_opens(checkout: Checkout) -> None:
    assert checkout.run(DISPLAY=":0")[:2] == (0, _started())
    assert checkout.run(WAYLAND_DISPLAY="wayland-0")[:2] == (0, _started())
    assert checkout.run(DISPLAY=":0") == (0, _started(), "")


@only_full
def test_new_pins_are_installed_into_the_same_venv(checkout: Checkout) -> None:
    kept = checkout.folder / ".venv" / "kept"
    kept.touch()
    with (checkout.folder / "constraints" / "run.txt").open("a", encoding="utf-8") as file:
        file.write("# new\n")
    code, stdout, stderr = checkout.run("list")
    assert (code, stdout) == (0, _started("list"))
    assert "installing" in stderr
    assert kept.exists()
    assert checkout.run("list")[2] == ""


@only_full
def test_a_set_up_that_broke_off_is_done_again(checkout: Checkout) -> None:
    venv = checkout.folder / ".venv"
    (venv / "unfinished").touch()
    for stamp in venv.glob("stamp-*"):
        stamp.unlink()
    code, stdout, stderr = checkout.run("list")
    assert (code, stdout) == (0, _started("list"))
    assert "making .venv" in stderr
    assert checkout.run("list")[2] == ""


@only_full
def test_a_failure_shows_why_and_starts_nothing(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "checkout")
    (checkout.folder / "constraints" / "run.txt").write_text(f"click==8.1.0 --hash=sha256:{'0' * 64}\n")
    code, stdout, stderr = checkout.run("list")
    assert (code, stdout) == (1, "")
    assert "No matching distribution found for click==8.1.0" in stderr
    assert ".venv/set-up.log" in stderr


def test_an_unusable_python_is_named(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "checkout")
    code, stdout, stderr = checkout.run("list", PYTHON="/nowhere/python3")
    assert (code, stdout) == (1, "")
    assert "PYTHON=/nowhere/python3 is not Python 3.11" in stderr
    assert not (checkout.folder / ".venv").exists()
