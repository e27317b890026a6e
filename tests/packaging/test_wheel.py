"""The wheel carries every file of resources/, under the package and nowhere else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Names of the files in a wheel built now."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    return frozenset(zipfile.ZipFile(wheel).namelist())


def _files(folder: str) -> set[str]:
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in found if "__pycache__" not in path.parts}


def test_every_resource_is_in_the_package(names: frozenset[str]) -> None:
    carried = {name for name in names if name.startswith("tray_auth_desktop/resources/")}
    assert carried == {f"tray_auth_desktop/{name}" for name in _files("resources")}


def test_every_module_is_in_the_package(names: frozenset[str]) -> None:
    assert _files("tray_auth_desktop") <= names


def test_nothing_else_is_in_the_wheel(names: frozenset[str]) -> None:
    folders = {name.split("/")[0] for name in names}
    assert {folder for folder in folders if not folder.endswith(".dist-info")} == {"tray_auth_desktop"}


def test_resources_hold_no_python() -> None:
    """A module below resources/ breaks the editable install: its name cannot be rewritten."""
    assert not [name for name in _files("resources") if name.endswith(".py")]
