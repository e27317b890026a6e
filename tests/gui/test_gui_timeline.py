"""The timeline: what it shows, what it keeps, when it scrolls."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.gui.timeline_model import Column, TimelineFilter, TimelineModel
from tray_auth_desktop.gui.timeline_panel import TimelinePanel


def event(
    at_ms: int, text: str, kind: EventKind = EventKind.API, *, is_problem: bool = False
) -> TimelineEvent:
    return TimelineEvent(at_ms, Observation(kind, text, {"status": 200}, is_problem))


@pytest.fixture
def panel(qtbot: QtBot) -> TimelinePanel:
    made = TimelinePanel()
    qtbot.addWidget(made)
    made.resize(700, 180)
    made.show()
    qtbot.waitExposed(made)
    return made


def kinds_of(panel: TimelinePanel) -> QComboBox:
    kinds = panel.findChild(QComboBox)
    assert kinds is not None
    return kinds


def test_the_model_keeps_qts_rules_while_old_events_make_room() -> None:
    model = TimelineModel(max_events=20)
    filtered = TimelineFilter(model)
    testers = [
        QAbstractItemModelTester(tested, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for tested in (model, filtered)
    ]
    for number in range(50):
        model.add(event(number, f"event {number}"))
        assert model.rowCount() <= 20
    assert model.event_at(model.rowCount() - 1).at_ms == 49
    filtered.set_filter("event 4", EventKind.API)  # 34 and 40 to 49
    assert filtered.rowCount() == 11
    model.clear()
    assert filtered.rowCount() == 0
    assert len(testers) == 2


def test_an_event_shows_time_kind_and_text(panel: TimelinePanel) -> None:
    panel.add(event(1234, "Code made", EventKind.CODE))
    index = panel.view.model().index(0, Column.TEXT)
    assert index.data() == "Code made"
    assert index.siblingAtColumn(Column.TIME).data() == "1234"
    assert index.siblingAtColumn(Column.KIND).data() == "code"
    assert panel.lines() == ("1234\tcode\tCode made\tstatus: 200",)


def test_a_problem_says_so_in_words_and_is_counted(panel: TimelinePanel) -> None:
    panel.add(event(1, "Fine"))
    panel.add(event(2, "Message rejected", EventKind.MESSAGE, is_problem=True))
    assert panel.view.model().index(1, Column.TEXT).data() == "Problem: Message rejected"
    assert panel.toggle.text() == "&Timeline (2) · 1 problem"
    assert panel.toggle.accessibleName() == "Timeline, 2 events, 1 problem"


def test_words_and_kind_narrow_it(panel: TimelinePanel) -> None:
    panel.add(event(1, "Asked for a code"))
    panel.add(event(2, "Code made", EventKind.CODE))
    panel.add(event(3, "Asked in vain", is_problem=True))
    panel.filter_line.setText("asked")
    assert len(panel.lines()) == 2
    kinds_of(panel).setCurrentText("Problems")
    assert [line.split("\t")[0] for line in panel.lines()] == ["3"]
    panel.filter_line.clear()
    kinds_of(panel).setCurrentText("Code")
    assert [line.split("\t")[0] for line in panel.lines()] == ["2"]


def test_details_are_found_too(panel: TimelinePanel) -> None:
    panel.add(event(1, "Answered"))
    panel.filter_line.setText("status: 200")
    assert len(panel.lines()) == 1


def test_what_is_shown_is_copied(panel: TimelinePanel) -> None:
    panel.add(event(1, "One"))
    panel.add(event(2, "Two"))
    panel.filter_line.setText("two")
    panel.copy_shown()
    assert QGuiApplication.clipboard().text() == "2\tapi\tTwo\tstatus: 200"


def test_selected_events_are_copied_in_order(panel: TimelinePanel) -> None:
    for number in range(3):
        panel.add(event(number, f"Event {number}"))
    panel.view.selectAll()
    panel.copy_selected()
    assert [line.split("\t")[0] for line in QGuiApplication.clipboard().text().splitlines()] == [
        "0",
        "1",
        "2",
    ]


def test_it_follows_the_end_only_while_one_is_there(panel: TimelinePanel) -> None:
    for number in range(100):
        panel.add(event(number, "x"))
    bar = panel.view.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    bar.setValue(10)
    panel.add(event(100, "x"))
    assert bar.value() == 10


def test_collapsing_leaves_the_head_and_opens_again(panel: TimelinePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.collapsed) as collapsed:
        panel.toggle.click()
    assert collapsed.args == [True]
    assert not panel.view.isVisible()
    assert panel.toggle.isVisible()
    panel.add(event(1, "Meanwhile"))
    panel.toggle.click()
    assert panel.view.isVisible()
    assert len(panel.lines()) == 1
