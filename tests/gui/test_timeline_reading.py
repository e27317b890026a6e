"""Reading a timeline by mouse and keyboard: details of an event, the way to its page and back, findings."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.gui.timeline_details import TimelineDetails
from tray_auth_desktop.gui.timeline_panel import TimelinePanel

HOST = "https://embedded.example"
AUTH_ID = "569adf96-3c05-40a6-b565-07e829d2c56d"


def event(at_ms: int, kind: EventKind, text: str, **details: Any) -> TimelineEvent:
    return TimelineEvent(at_ms, Observation(kind, text, details))


START = event(0, EventKind.ATTEMPT, "Attempt started", workspace="Acme")
PAGE = event(10, EventKind.NAVIGATION, "Loaded the dialog", window="dialog", url=f"{HOST}/a")
MESSAGE = event(
    20,
    EventKind.MESSAGE,
    "The dialog finished",
    origin=HOST,
    source="popup",
    decision="accepted",
    type="TRAY.authpopup.finish",
    auth_id=AUTH_ID,
)
OUTCOME = event(21, EventKind.OUTCOME, "Outcome: captured", outcome="captured")
EVENTS = (START, PAGE, MESSAGE, OUTCOME)


@pytest.fixture
def panel(qtbot: QtBot) -> TimelinePanel:
    made = TimelinePanel()
    qtbot.addWidget(made)
    made.resize(1_000, 400)
    made.show()
    qtbot.waitExposed(made)
    for one in EVENTS:
        made.add(one)
    return made


def click(panel: TimelinePanel, row: int) -> None:
    index = panel.view.model().index(row, 2)
    at: QPoint = panel.view.visualRect(index).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def current(panel: TimelinePanel) -> str:
    return str(panel.view.currentIndex().siblingAtColumn(2).data())


def details_of(panel: TimelinePanel) -> TimelineDetails:
    assert panel.details.isVisible()
    return panel.details


def test_details_are_hidden_until_an_event_is_clicked(panel: TimelinePanel) -> None:
    assert not panel.details.isVisible()
    click(panel, 2)
    shown = json.loads(details_of(panel).text)
    assert shown["text"] == MESSAGE.observation.text
    assert shown["details"] == dict(MESSAGE.observation.details)
    assert shown["at_ms"] == 20


def test_details_follow_the_keyboard_once_they_are_open(panel: TimelinePanel) -> None:
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    assert not panel.details.isVisible()
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    first = details_of(panel).text
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    assert details_of(panel).text != first


def test_esc_closes_the_details_and_gives_the_table_the_keyboard(panel: TimelinePanel) -> None:
    click(panel, 1)
    text = panel.details.findChild(QPlainTextEdit)
    assert text is not None
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert not panel.details.isVisible()
    assert panel.view.hasFocus()


def test_the_details_can_be_selected_and_are_copied_as_json(panel: TimelinePanel) -> None:
    click(panel, 2)
    text = panel.details.findChild(QPlainTextEdit)
    assert text is not None
    assert text.isReadOnly()
    assert text.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    panel.details.copy()
    assert json.loads(QGuiApplication.clipboard().text())["kind"] == "message"


def test_from_a_message_to_its_page_and_back(panel: TimelinePanel) -> None:
    click(panel, 2)
    details = details_of(panel)
    assert details.page_button.isEnabled()
    assert not details.back_button.isEnabled()

    details.page_button.click()

    assert current(panel) == PAGE.observation.text
    assert not details.page_button.isEnabled()
    details.back_button.click()
    assert current(panel) == MESSAGE.observation.text
    assert not details.back_button.isEnabled()


def test_the_keyboard_goes_to_the_page_as_well(panel: TimelinePanel) -> None:
    panel.view.setFocus()
    panel.view.selectRow(2)
    QTest.keyClick(panel.view, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert current(panel) == PAGE.observation.text
    panel.view.selectRow(0)  # of no page
    QTest.keyClick(panel.view, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert current(panel) == START.observation.text


def test_a_page_that_the_filter_hides_is_shown_all_the_same(panel: TimelinePanel) -> None:
    kinds = panel.findChild(QComboBox)
    assert kinds is not None
    kinds.setCurrentText("Message")
    panel.filter_line.setText("finished")
    click(panel, 0)
    details_of(panel).page_button.click()
    assert current(panel) == PAGE.observation.text
    assert len(panel.lines()) == len(EVENTS)


def test_findings_are_listed_and_lead_to_their_event(panel: TimelinePanel) -> None:
    button = panel.findings_button
    assert (button.isVisible(), button.text()) == (True, "1 finding")
    (action,) = button.entries.actions()
    assert "TRAY.authpopup.finish" in action.text()
    assert "letter case" in action.toolTip()

    action.trigger()

    assert current(panel) == MESSAGE.observation.text
    assert "letter case" in details_of(panel).finding_text
    click(panel, 0)
    assert details_of(panel).finding_text == ""


def test_another_attempt_has_nothing_of_the_one_before(panel: TimelinePanel) -> None:
    click(panel, 2)
    panel.clear()
    assert not panel.findings_button.isVisible()
    assert not panel.export_button.isEnabled()
    panel.add(START)
    assert not panel.details.isVisible()
    assert panel.export_button.isEnabled()


def test_the_export_is_asked_for_by_its_menu(panel: TimelinePanel, qtbot: QtBot) -> None:
    asked: list[str] = []
    panel.export_asked.connect(asked.append)
    for action in panel.export_button.entries.actions():
        action.trigger()
    assert asked == ["json", "html"]


def test_the_keyboard_reaches_every_part(panel: TimelinePanel) -> None:
    click(panel, 2)
    panel.filter_line.setFocus()
    reached = set()
    for _ in range(20):
        widget = QApplication.focusWidget()
        assert widget is not None
        reached.add(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    details = panel.details
    wanted = {panel.view, panel.findings_button, panel.export_button, details.page_button}
    assert wanted <= reached
    assert details.findChild(QPlainTextEdit) in reached
