from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import PageServer
from tests.dialog.dialog_bench import drain
from tests.onboarding.attempt_bench import AttemptBench, ToldDialogs
from tray_auth_desktop.dialog.factory import AuthDialogFactory

QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Take all attempts down while Qt's warnings still count against the test."""
    try:
        yield
    finally:
        for close in getattr(item, "funcargs", {}).get("closings", []):
            close()
        drain()


@pytest.fixture
def closings() -> list[object]:
    return []


@pytest.fixture
def dialogs() -> ToldDialogs:
    return ToldDialogs()


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, dialogs: ToldDialogs, closings: list[object]) -> AttemptBench:
    """Return a bench whose dialogs do what the test tells them."""
    bench = AttemptBench(tmp_path / "journal.sqlite3", dialogs, qtbot)
    closings.append(bench.close)
    return bench


@pytest.fixture
def real_bench(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, pages: PageServer, closings: list[object]
) -> AttemptBench:
    """Return a bench with the real engine; its dialog page is what `pages` serves for `/external/…`."""
    factory = AuthDialogFactory("https://app.example.com", qapp)
    bench = AttemptBench(tmp_path / "journal.sqlite3", factory, qtbot)
    bench.origin = pages.origin
    closings.extend([bench.close, factory.dispose, factory.deleteLater])
    return bench
