"""A model of thousands of authentications, and a view on it."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.models import Authentication, Service, ServiceEnvironment
from tray_auth_desktop.gui import authentication_order, authentication_rows
from tray_auth_desktop.gui.authentication_model import AuthenticationModel

SERVICES = tuple(Service(f"s{number}", f"service-{number}", f"Service {number}") for number in range(7))
PRODUCTION = ServiceEnvironment("e1", "Production")
dice = random.Random(7)
MANY = tuple(
    Authentication(
        f"id-{number:05}",
        "".join(dice.choices(string.ascii_letters, k=6)) if number % 9 else "",
        SERVICES[number % 7] if number % 5 else None,
        PRODUCTION if number % 3 else None,
    )
    for number in range(2_000)
)
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture(autouse=True)
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few hundred rows take many slices."""
    monkeypatch.setattr(authentication_order, "SLICE", 64)
    monkeypatch.setattr(authentication_rows, "_SLICE", 100)


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[AuthenticationModel]:
    made = AuthenticationModel()
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield made
    assert tester.model() is made


def fill(model: AuthenticationModel, listed: tuple[Authentication, ...] = MANY) -> None:
    model.show_all(listed)
    model.work.finish()
