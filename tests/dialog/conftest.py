from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import PageServer
from tests.dialog.dialog_bench import OPENER_ORIGIN, DialogBench
from tray_auth_desktop.dialog.factory import AuthDialogFactory

QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
MakeBench = Callable[..., DialogBench]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Take all dialogs down while Qt's warnings still count against the test."""
    try:
        yield
    finally:
        for bench in getattr(item, "funcargs", {}).get("benches", []):
            bench.close()


@pytest.fixture
def benches() -> list[DialogBench]:
    return []


@pytest.fixture
def make_bench(qapp: QApplication, qtbot: QtBot, benches: list[DialogBench]) -> MakeBench:
    """Return a function that makes a bench whose dialogs are opened from a given origin."""

    def make(opener_origin: str = OPENER_ORIGIN, *, only_loopback: bool = False) -> DialogBench:
        factory = AuthDialogFactory(opener_origin, qapp, only_loopback=only_loopback)
        bench = DialogBench(factory, qtbot)
        benches.append(bench)
        return bench

    return make


@pytest.fixture
def bench(make_bench: MakeBench) -> DialogBench:
    """Return a bench with the opener origin of the product."""
    return make_bench()


@pytest.fixture
def other_site() -> Iterator[PageServer]:
    """Serve pages of another origin than those of `pages`."""
    server = PageServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
