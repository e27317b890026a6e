"""Lists may be long: every keystroke finds what it should. How fast is measured by `scripts/bench keys`."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.form_bench import FormClient, make_form_stage
from tray_auth_desktop.core.models import Connector, EndUser, Service
from tray_auth_desktop.gui.search_field import SearchField


def rows_while_typing(field: SearchField, text: str) -> list[int]:
    """Type a text letter by letter; return how many rows the list has after each."""
    field.setFocus()
    field.selectAll()
    counts = []
    for letter in text:
        QTest.keyClicks(field, letter)
        counts.append(field.completion_list.model().rowCount() if field.is_list_open else 0)
    return counts


def test_20_000_end_users(qtbot: QtBot, tmp_path: Path) -> None:
    stage = make_form_stage(qtbot, tmp_path)
    stage.load()
    stage.catalog.users.add(
        EndUser(f"{number:08x}-aaaa-4bbb-8ccc-{number:012x}", f"Customer {number:05}", f"crm/{number:06}")
        for number in range(20_000)
    )
    picker = stage.form.user_picker
    assert rows_while_typing(picker.field, "crm/019999")[-3:] == [100, 10, 1]
    assert rows_while_typing(picker.field, "zzz")[-1] == 0


def test_1_000_services(qtbot: QtBot, tmp_path: Path) -> None:
    services = [
        Service(f"id-{number}", f"svc-{number:04}", f"Service {number:04}", version=version)
        for number in range(1_000)
        for version in ("2", "1")
    ]
    client = FormClient(connectors_kept=tuple(Connector(one.name, "1", service=one) for one in services))
    stage = make_form_stage(qtbot, tmp_path, client)
    stage.load()
    assert rows_while_typing(stage.form.service_picker.field, "service 099")[-1] == 11, "0990 to 0999, 0099"
    assert rows_while_typing(stage.form.service_picker.field, "svc-0999")[-1] == 1
