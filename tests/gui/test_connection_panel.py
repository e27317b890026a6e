"""What a test of a connection shows is seen: in a low window, and once the workspace is in use."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.workspace_stage import Stage, backend, stage
from tray_auth_desktop.gui.flow import FlowLayout

__all__ = ["backend", "stage"]


def is_all_seen(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == QRect(0, 0, widget.width(), widget.height())


def test_results_below_a_high_form_come_into_view(stage: Stage) -> None:
    page, panel = stage.page, stage.page.panel
    page.resize(900, 420)
    page.select("beta")
    area = page.findChildren(QScrollArea)[-1]
    assert not is_all_seen(panel)
    with stage.bot.waitSignal(panel.ended):
        page.editor.test_button.click()
    stage.bot.waitUntil(lambda: is_all_seen(panel.use_button) and is_all_seen(panel.retry_button))
    assert area.verticalScrollBar().value() > 0


def test_who_scrolls_back_is_not_pulled_down_again(stage: Stage) -> None:
    page, panel = stage.page, stage.page.panel
    page.resize(900, 420)
    page.select("beta")
    with stage.bot.waitSignal(panel.ended):
        page.editor.test_button.click()
    bars = [area.verticalScrollBar() for area in page.findChildren(QScrollArea)]
    stage.bot.waitUntil(lambda: is_all_seen(panel.retry_button))
    for bar in bars:
        bar.setValue(0)
    page.resize(800, 420)
    stage.bot.wait(20)
    assert [bar.value() for bar in bars] == [0] * len(bars)


def test_what_is_in_use_is_not_offered_again(stage: Stage) -> None:
    panel = stage.page.panel
    stage.page.select("beta")
    with stage.bot.waitSignal(panel.ended):
        stage.page.editor.test_button.click()
    assert panel.use_button.isVisible()
    panel.use_button.click()
    assert stage.used == ["beta"]
    stage.page.show_active("beta")
    assert not panel.use_button.isVisible()
    with stage.bot.waitSignal(panel.ended):
        panel.retry_button.click()
    assert not panel.use_button.isVisible()


def test_a_low_button_stands_in_the_middle_of_its_row(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box)
    high, low, below = (QPushButton(text, box) for text in ("High", "Low", "Below"))
    high.setFixedHeight(60)
    for button in (high, low, below):
        button.setFixedWidth(100)
        flow.addWidget(button)
    box.resize(240, 200)
    box.show()
    assert abs(high.geometry().center().y() - low.geometry().center().y()) <= 1
    assert below.geometry().top() > high.geometry().bottom()
    assert flow.heightForWidth(240) < flow.heightForWidth(110)
