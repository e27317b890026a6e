"""The pins are complete, satisfy pyproject.toml, and name no place on a network or a machine."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
FILES = ("run.txt", "test.txt")
PLATFORMS = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def _text(file: str) -> str:
    return (ROOT / "constraints" / file).read_text(encoding="utf-8")


def _entries(file: str) -> list[str]:
    """Return each requirement with its hashes, on one line."""
    lines = _text(file).replace("\\\n", " ").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _pins(file: str) -> list[Requirement]:
    return [Requirement(entry.split("--hash")[0].strip()) for entry in _entries(file)]


def _environments() -> Iterator[dict[str, str]]:
    for python in ("3.11", "3.12", "3.13"):
        for platform, system in PLATFORMS.items():
            yield {
                "extra": "",
                "platform_python_implementation": "CPython",
                "platform_system": system,
                "python_full_version": f"{python}.1",
                "python_version": python,
                "sys_platform": platform,
            }


def _pinned_in(file: str, environment: dict[str, str]) -> dict[str, Version]:
    applicable = [pin for pin in _pins(file) if pin.marker is None or pin.marker.evaluate(environment)]
    return {canonicalize_name(pin.name): Version(str(pin.specifier).removeprefix("==")) for pin in applicable}


def _wanted(file: str) -> list[Requirement]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"], "editables"]
    if file == "test.txt":
        wanted += project["project"]["optional-dependencies"]["test"]
    return [Requirement(text) for text in wanted]


@pytest.mark.parametrize("file", FILES)
def test_no_index_url_or_path_is_named(file: str) -> None:
    for line in _text(file).splitlines():
        assert "/" not in line.removeprefix("# Written by scripts/lock."), line
        assert not line.lstrip().startswith("-") or HASH.match(line.strip()), line


@pytest.mark.parametrize("file", FILES)
def test_every_pin_is_exact_and_has_a_hash(file: str) -> None:
    entries = _entries(file)
    assert entries
    for entry, pin in zip(entries, _pins(file), strict=True):
        assert HASH.search(entry), entry
        assert re.fullmatch(r"==[^*,]+", str(pin.specifier)), entry


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "environment", list(_environments()), ids=lambda e: f"{e['sys_platform']}-{e['python_version']}"
)
def test_pins_satisfy_the_project(file: str, environment: dict[str, str]) -> None:
    pinned = _pinned_in(file, environment)
    for wish in _wanted(file):
        if wish.marker is None or wish.marker.evaluate(environment):
            assert pinned[canonicalize_name(wish.name)] in wish.specifier, wish


def test_tests_run_on_what_the_program_runs_on() -> None:
    for environment in _environments():
        run, test = _pinned_in("run.txt", environment), _pinned_in("test.txt", environment)
        assert run.items() <= test.items()
