"""The garbage collector runs on Qt's thread, between two events, and nowhere else."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tray_auth_desktop.cli.collecting import CollectsBetweenEvents

pytestmark = pytest.mark.usefixtures("python_collects")


class InACycle(QObject):
    """Garbage that only the collector finds; says on which thread it was destroyed."""

    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self.myself = self
        self.told = told

    def __del__(self) -> None:
        self.told.append(threading.current_thread().name)


@pytest.fixture
def owner() -> Iterator[QObject]:
    owner = QObject()
    yield owner
    owner.deleteLater()


@pytest.fixture
def collecting(owner: QObject) -> Iterator[CollectsBetweenEvents]:
    gc.collect()
    collecting = CollectsBetweenEvents(owner)
    yield collecting
    collecting.stop()


def make_many() -> list[list[object]]:
    return [[number] for number in range(20_000)]


def test_garbage_is_destroyed_on_qts_thread_whoever_makes_objects(
    qtbot: QtBot, collecting: CollectsBetweenEvents
) -> None:
    told: list[str] = []
    InACycle(told)
    worker = threading.Thread(target=make_many, name="worker")
    worker.start()
    worker.join()
    assert told == []
    kept = make_many()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [threading.main_thread().name]
    assert len(kept) == 20_000


def test_without_it_the_worker_would_destroy_it() -> None:
    gc.collect()
    told: list[str] = []
    InACycle(told)
    worker = threading.Thread(target=make_many, name="worker")
    worker.start()
    worker.join()
    assert told == ["worker"]


def test_it_is_given_back_as_it_was(owner: QObject) -> None:
    assert gc.isenabled()
    collecting = CollectsBetweenEvents(owner)
    assert not gc.isenabled()
    collecting.stop()
    assert gc.isenabled()
    gc.disable()
    try:
        collecting = CollectsBetweenEvents(owner)
        collecting.stop()
        assert not gc.isenabled()
    finally:
        gc.enable()
