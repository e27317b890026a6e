"""A keystroke shows its result in time, however long the lists are. Measured in time of this process."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.form_bench import FormClient, make_form_stage
from tray_auth_desktop.core.models import Connector, EndUser, Service
from tray_auth_desktop.gui.search_field import SearchField

MEDIAN_MS = 16.0


def keystrokes_ms(field: SearchField, texts: tuple[str, ...]) -> list[float]:
    """Type texts letter by letter, and take back one; return how long each took to be on the screen."""
    took = []
    field.setFocus()
    for text in texts:
        field.selectAll()
        for letter in text:
            began = time.process_time()
            QTest.keyClicks(field, letter)
            QApplication.processEvents()
            took.append((time.process_time() - began) * 1_000)
        QTest.keyClick(field, Qt.Key.Key_Backspace)
    return took


def test_20_000_end_users(qtbot: QtBot, tmp_path: Path) -> None:
    stage = make_form_stage(qtbot, tmp_path)
    stage.load()
    stage.catalog.users.add(
        EndUser(f"{number:08x}-aaaa-4bbb-8ccc-{number:012x}", f"Customer {number:05}", f"crm/{number:06}")
        for number in range(20_000)
    )
    picker = stage.form.user_picker
    took = keystrokes_ms(picker.field, ("customer 0199", "crm/0", "aaaa", "zzz", "9 cust"))
    assert statistics.median(took) < MEDIAN_MS
    picker.field.selectAll()
    QTest.keyClicks(picker.field, "crm/019999")
    assert picker.field.completion_list.model().rowCount() == 1


def test_1_000_services(qtbot: QtBot, tmp_path: Path) -> None:
    services = [
        Service(f"id-{number}", f"svc-{number:04}", f"Service {number:04}", version=version)
        for number in range(1_000)
        for version in ("2", "1")
    ]
    client = FormClient(connectors_kept=tuple(Connector(one.name, "1", service=one) for one in services))
    stage = make_form_stage(qtbot, tmp_path, client)
    stage.load()
    took = keystrokes_ms(stage.form.service_picker.field, ("service 01", "svc-0", "zzz", "0999"))
    assert statistics.median(took) < MEDIAN_MS
