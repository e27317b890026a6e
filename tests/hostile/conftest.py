"""Surroundings that go wrong, and the program in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.faulty_tray import FaultyTray, served
from tests.hostile.launching import Launcher


@pytest.fixture
def launcher(tmp_path: Path) -> Iterator[Launcher]:
    """The program in a home of the test's own."""
    made = Launcher(tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def tray(launcher: Launcher) -> Iterator[FaultyTray]:
    """A Tray that can break; `launcher` is set up to use it."""
    with served(FaultyTray()) as server:
        launcher.variables |= server.environment()
        yield server
