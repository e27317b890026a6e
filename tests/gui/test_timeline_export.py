"""The timeline as a file: from the page of past attempts, and from the page that onboards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Stage, make_stage
from tests.gui.history_bench import fill, journal, page, select, show
from tests.report.schema import violations
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.gui.backstage import Backstage
from tray_auth_desktop.gui.history_page import HistoryPage
from tray_auth_desktop.gui.timeline_export import TimelineExport
from tray_auth_desktop.journal import Journal

__all__ = ["journal", "page"]


def write(qtbot: QtBot, export: TimelineExport, path: Path, attempt_id: str, form: str) -> str:
    """Write a timeline; return what was said of it."""
    said: list[str] = []
    export.said.connect(said.append)
    export.write(path, attempt_id, form)
    qtbot.waitUntil(lambda: bool(said))
    return said[0]


def test_an_attempt_of_the_past_is_written_as_json_and_html(
    qtbot: QtBot, page: HistoryPage, journal: Journal, tmp_path: Path
) -> None:
    fill(journal)
    show(qtbot, page)
    for form, begins in (("json", "{"), ("html", "<!doctype html>")):
        path = tmp_path / f"timeline.{form}"
        assert str(path) in write(qtbot, page.timeline_export, path, "a-failed", form)
        text = path.read_text(encoding="utf-8")
        assert text.startswith(begins)
        assert "It said no" in text
    document = json.loads((tmp_path / "timeline.json").read_text(encoding="utf-8"))
    assert violations(document) == []
    assert document["attempt"]["attempt_id"] == "a-failed"


def test_the_menu_of_the_timeline_asks_for_a_file(qtbot: QtBot, page: HistoryPage, journal: Journal) -> None:
    fill(journal)
    show(qtbot, page)
    select(page, 1)
    page.open_timeline()
    _json, html = page.details.timeline.export_button.entries.actions()
    html.trigger()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert dialog.defaultSuffix() == "html"
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.reject()


def test_what_cannot_be_written_is_said(
    qtbot: QtBot, page: HistoryPage, journal: Journal, tmp_path: Path
) -> None:
    fill(journal)
    show(qtbot, page)
    path = tmp_path / "no" / "such" / "folder.json"
    assert "could not be written" in write(qtbot, page.timeline_export, path, "a-good", "json")
    assert "no attempt to export" in write(
        qtbot, page.timeline_export, tmp_path / "a.json", "unknown", "json"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def stage(qtbot: QtBot, journal: Journal) -> Stage:
    made = make_stage(bot=qtbot, backstage=Backstage(journal=lambda: journal))
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitExposed(made.window)
    return made


def test_the_window_exports_the_attempt_that_it_shows(
    qtbot: QtBot, stage: Stage, journal: Journal, tmp_path: Path
) -> None:
    fill(journal)
    stage.desk.attempt_started.emit("a-failed")
    seen = TimelineEvent(7, Observation(EventKind.MESSAGE, "It said no", {"size": 3}))
    stage.desk.observed.emit(seen)
    assert stage.window.parts.timeline.export_button.isEnabled()
    path = tmp_path / "timeline.json"
    attempt_id = stage.window.attempt.attempt_id
    assert str(path) in write(qtbot, stage.window.page.timeline_export, path, attempt_id, "json")
    assert json.loads(path.read_text(encoding="utf-8"))["timeline"][0]["text"] == "It said no"


def test_the_inspector_can_be_asked_for_only_while_a_dialog_is_open(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window
    action = window.actions_of_window.action("inspect")
    assert window.actions_of_window.why_not(action) == "No dialog is open."
    stage.choose()
    window.attempt.open_dialog()
    dialog = stage.desk.open()
    assert window.actions_of_window.why_not(action) == ""

    action.trigger()

    assert dialog.inspections == 1
    stage.desk.capture()
    assert window.actions_of_window.why_not(action) == "No dialog is open."
