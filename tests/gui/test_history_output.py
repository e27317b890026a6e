"""Past attempts leave the page: by the clipboard, and as a file."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.gui.history_bench import fill, journal, page, select, show
from tray_auth_desktop.gui.history_cells import Column
from tray_auth_desktop.gui.history_page import HistoryPage
from tray_auth_desktop.journal import Journal

__all__ = ["journal", "page"]


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_ids_rows_and_json_are_copied(qtbot: QtBot, page: HistoryPage, journal: Journal) -> None:
    fill(journal)
    show(qtbot, page)
    copied: list[str] = []
    page.copied.connect(copied.append)
    select(page, 0)
    assert page.view.copy_id_action.isEnabled()
    page.view.copy_id_action.trigger()
    assert clipboard() == "auth-1"
    page.view.setFocus()
    page.view.setCurrentIndex(page.model.index(0, Column.WHAT))
    QTest.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "Slack (Production)"
    page.view.copy_json_action.trigger()
    assert json.loads(clipboard())["attempt_id"] == "a-good"
    select(page, 0, 2)
    QTest.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = [line.split("\t") for line in clipboard().splitlines()]
    assert [row[Column.WORKSPACE] for row in rows] == ["Beta", "Acme"]
    page.view.copy_json_action.trigger()
    assert [one["kind"] for one in json.loads(clipboard())] == ["create", "solution"]
    assert len(copied) == 5
    select(page, 1)
    qtbot.waitUntil(lambda: not page.view.copy_id_action.isEnabled())


def test_what_is_shown_is_exported(qtbot: QtBot, page: HistoryPage, journal: Journal, tmp_path: Path) -> None:
    fill(journal)
    show(qtbot, page)
    page.filter_line.setText("slack")
    for name in ("out.json", "out.CSV"):
        with qtbot.waitSignal(page.exported):
            page.export(tmp_path / name)
    listed = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert [one["attempt_id"] for one in listed] == ["a-good", "a-failed"]
    with (tmp_path / "out.CSV").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(listed[0])
    assert [row["attempt_id"] for row in rows] == ["a-good", "a-failed"]
    assert rows[0]["user"] == "'=HYPERLINK(1)"  # no spreadsheet computes it
    assert (rows[0]["confirmed"], rows[1]["auth_id"], rows[0]["scopes"]) == ("true", "", '["read"]')
    assert "2 attempts were written" in page.line.text()


@pytest.mark.parametrize(("chosen", "name"), [("JSON (*.json)", "out.json"), ("CSV (*.csv)", "out.csv")])
def test_a_file_is_asked_for(
    qtbot: QtBot, page: HistoryPage, journal: Journal, tmp_path: Path, chosen: str, name: str
) -> None:
    fill(journal)
    show(qtbot, page)
    page.export_button.click()
    (dialog,) = page.findChildren(QFileDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectNameFilter(chosen)
    dialog.filterSelected.emit(chosen)
    dialog.selectFile("out")
    with qtbot.waitSignal(page.exported) as exported:
        dialog.accept()
    assert exported.args == [str(tmp_path / name)]
    assert (tmp_path / name).stat().st_size > 100


def test_a_file_that_cannot_be_written_is_said(
    qtbot: QtBot, page: HistoryPage, journal: Journal, tmp_path: Path
) -> None:
    fill(journal)
    show(qtbot, page)
    page.export(tmp_path / "no such folder" / "out.json")
    qtbot.waitUntil(lambda: "could not be written" in page.line.text())
    assert "another folder" in page.line.text()
