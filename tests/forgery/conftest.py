from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.dialog.conftest import bench, benches, make_bench, other_site
from tests.dialog.dialog_bench import drain
from tests.onboarding.attempt_bench import AttemptBench
from tray_auth_desktop.dialog.factory import AuthDialogFactory

__all__ = ["bench", "benches", "make_bench", "other_site"]

MakeAttempts = Callable[[str], AttemptBench]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Take all dialogs down while Qt's warnings still count against the test."""
    try:
        yield
    finally:
        for close in getattr(item, "funcargs", {}).get("closings", []):
            close()
        for opened in getattr(item, "funcargs", {}).get("benches", []):
            opened.close()
        drain()


@pytest.fixture
def closings() -> list[Callable[[], object]]:
    return []


@pytest.fixture
def make_attempts(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, closings: list[Callable[[], object]]
) -> MakeAttempts:
    """Return a function that makes a bench of whole attempts, their opener page being of a given origin."""

    def make(opener_origin: str) -> AttemptBench:
        factory = AuthDialogFactory(opener_origin, qapp)
        attempts = AttemptBench(tmp_path / "journal.sqlite3", factory, qtbot)
        closings.extend([attempts.close, factory.dispose, factory.deleteLater])
        return attempts

    return make
