"""The table: states, sorting, filtering, copying, and keeping one's place in it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.models import Authentication, Service, ServiceEnvironment
from tray_auth_desktop.errors import NetworkError
from tray_auth_desktop.gui.authentication_model import (
    BADGE_ROLE,
    AuthenticationModel,
    Column,
)
from tray_auth_desktop.gui.authentication_table import AuthenticationTable
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, Loading, NotAsked

if TYPE_CHECKING:
    from tests.gui.conftest import Stage

SLACK, ADOBE = Service("s1", "slack", "Slack"), Service("s2", "adobe", "Adobe")
PRODUCTION = ServiceEnvironment("e1", "Production")
ROWS = (
    Authentication("id-3", "Beta", SLACK, PRODUCTION),
    Authentication("id-1", "alpha", ADOBE, None),
    Authentication("id-2", "", None, PRODUCTION),
)
MANY = tuple(
    Authentication(f"id-{number:05}", f"Account {number}", SLACK, PRODUCTION) for number in range(10_000)
)


@pytest.fixture
def table(qtbot: QtBot) -> AuthenticationTable:
    made = AuthenticationTable()
    qtbot.addWidget(made)
    made.resize(480, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def load(table: AuthenticationTable, listed: tuple[Authentication, ...]) -> None:
    """Show a list, and do at once what a long one leaves for later turns of the event loop."""
    table.set_state(Loaded(listed))
    table.model.work.finish()


def ids(table: AuthenticationTable) -> list[str]:
    shown = table.model
    return [str(shown.index(row, Column.AUTH_ID).data()) for row in range(shown.rowCount())]


def colors_of_first_cell(table: AuthenticationTable) -> set[str]:
    image = table.view.viewport().grab().toImage()
    cell = table.view.visualRect(table.model.index(0, Column.NAME)).adjusted(2, 2, -2, -2)
    points = ((x, y) for x in range(cell.left(), cell.right()) for y in range(cell.top(), cell.bottom()))
    return {image.pixelColor(x, y).name() for x, y in points}


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_the_model_keeps_qts_rules() -> None:
    model = AuthenticationModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.begin_load()
    model.show_part(ROWS[:1])
    model.show_part(ROWS[:2])
    model.show_all(ROWS)
    model.sort(Column.NAME, Qt.SortOrder.AscendingOrder)
    model.set_filter("production")
    model.mark("id-2", "New")
    model.remove(["id-3"])
    model.exchange(Authentication("id-2", "Other name, in production"))
    assert [one.name for one in model.shown()] == ["Other name, in production"]
    model.show_all(ROWS[:1])
    assert model.rowCount() == 1
    assert tester.model() is model


def test_cells_show_what_is_there_and_a_dash_for_what_is_not(table: AuthenticationTable) -> None:
    table.set_state(Loaded(ROWS))
    shown = table.model
    cells = [[shown.index(row, column).data() for column in Column] for row in range(3)]
    assert cells == [
        ["Beta", "Slack", "Production", "id-3"],
        ["alpha", "Adobe", "—", "id-1"],
        ["—", "—", "Production", "id-2"],
    ]


@pytest.mark.parametrize(
    ("column", "ascending"),
    [
        (Column.NAME, ["id-1", "id-3", "id-2"]),
        (Column.SERVICE, ["id-1", "id-3", "id-2"]),
        (Column.AUTH_ID, ["id-1", "id-2", "id-3"]),
    ],
)
def test_a_click_on_a_header_sorts(
    table: AuthenticationTable, qtbot: QtBot, column: Column, ascending: list[str]
) -> None:
    table.set_state(Loaded(ROWS))
    header = table.view.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(column) + 8, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert ids(table) == ascending
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert ids(table) == ascending[::-1]


def test_the_order_outlives_a_refresh_and_selection_follows_its_row(table: AuthenticationTable) -> None:
    table.set_state(Loaded(ROWS))
    table.view.select_id("id-1")
    table.view.sortByColumn(Column.AUTH_ID, Qt.SortOrder.DescendingOrder)
    assert table.view.selected_ids() == ("id-1",)
    table.set_state(Loading())
    table.set_state(Loaded((*ROWS, Authentication("id-9", "Omega"))))
    assert ids(table) == ["id-9", "id-3", "id-2", "id-1"]
    assert table.view.selected_ids() == ("id-1",)


def test_filter_words_find_any_column(table: AuthenticationTable) -> None:
    table.set_state(Loaded(ROWS))
    table.filter_line.setText("PROD sla")
    assert ids(table) == ["id-3"]
    table.filter_line.setText("nothing at all")
    assert table.blank_text == "None of the 3 authentications matches the filter."
    table.filter_line.clear()
    assert table.blank_text == ""


def test_each_state_says_what_it_is(table: AuthenticationTable, qtbot: QtBot) -> None:
    table.set_state(NotAsked())
    assert table.blank_text == "Choose an end user to see the authentications."
    assert not table.refresh_button.isEnabled()
    table.set_state(Loading())
    assert table.blank_text == "Loading the authentications…"
    table.set_state(LoadFailed("Tray was not reached."))
    assert table.state_text == "Tray was not reached."
    retry = next(button for button in table.findChildren(QPushButton) if button.isVisible())
    with qtbot.waitSignal(table.refreshed):
        retry.click()
    table.set_state(Loaded(()))
    assert table.blank_text == "This end user has no authentications yet."
    assert table.state_text == ""


def test_rows_stay_while_a_refresh_runs_and_when_it_fails(table: AuthenticationTable) -> None:
    table.set_state(Loaded(ROWS))
    table.set_state(Loading())
    assert len(ids(table)) == 3
    table.set_state(LoadFailed("No."))
    assert len(ids(table)) == 3
    assert table.blank_text == ""


def test_scroll_position_and_selection_outlive_a_refresh(table: AuthenticationTable) -> None:
    load(table, MANY)
    table.view.select_id("id-05000", Column.ENVIRONMENT)
    table.view.verticalScrollBar().setValue(4321)
    load(table, MANY)
    assert table.view.verticalScrollBar().value() == 4321
    assert table.view.selected_ids() == ("id-05000",)
    assert table.view.currentIndex().column() == Column.ENVIRONMENT


def test_what_is_new_is_marked_selected_and_scrolled_to(table: AuthenticationTable) -> None:
    load(table, MANY)
    new = Authentication("id-new", "Fresh", SLACK, PRODUCTION)
    table.mark_new("id-new")
    load(table, (*MANY, new))
    assert table.view.selected_ids() == ("id-new",)
    index = table.view.currentIndex()
    assert table.view.visualRect(index).intersects(table.view.viewport().rect())
    name = index.siblingAtColumn(Column.NAME)
    assert name.data(BADGE_ROLE)
    assert name.data(Qt.ItemDataRole.AccessibleTextRole) == "New: Fresh"
    other = table.model.index(0, Column.NAME)
    assert not other.data(BADGE_ROLE)


def test_the_badge_can_be_seen(table: AuthenticationTable) -> None:
    table.set_state(Loaded(ROWS))
    badge = table.palette().color(QPalette.ColorRole.Highlight).name()
    assert badge not in colors_of_first_cell(table)
    table.mark_new("id-3")
    table.view.clearSelection()
    table.view.clearFocus()
    assert badge in colors_of_first_cell(table)


def test_a_list_with_the_new_id_does_not_steal_a_later_selection(table: AuthenticationTable) -> None:
    table.mark_new("id-3")
    table.set_state(Loaded(ROWS))
    table.view.select_id("id-1")
    table.set_state(Loaded(ROWS))
    assert table.view.selected_ids() == ("id-1",)


def test_ctrl_c_copies_the_cell_the_keyboard_is_on(table: AuthenticationTable, qtbot: QtBot) -> None:
    table.set_state(Loaded(ROWS))
    table.view.select_id("id-3", Column.SERVICE)
    table.view.setFocus()
    qtbot.waitUntil(table.view.hasFocus)
    QTest.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "Slack"


def test_several_rows_are_copied_as_a_table(table: AuthenticationTable) -> None:
    table.set_state(Loaded(ROWS))
    table.view.selectAll()
    table.view.copy_cell()
    assert clipboard() == "Beta\tSlack\tProduction\tid-3\nalpha\tAdobe\t\tid-1\n\t\tProduction\tid-2"


def test_the_context_menu_copies_the_auth_id(table: AuthenticationTable, qtbot: QtBot) -> None:
    table.set_state(Loaded(ROWS))
    table.view.select_id("id-1")
    table.view.customContextMenuRequested.emit(QPoint(4, 4))
    menu = table.view.findChild(QMenu)
    assert menu is not None
    action = next(action for action in menu.actions() if action.text() == "Copy &authId")
    action.trigger()
    menu.close()
    assert clipboard() == "id-1"


def test_there_is_no_menu_without_a_row(table: AuthenticationTable) -> None:
    table.view.setCurrentIndex(QModelIndex())
    table.view.customContextMenuRequested.emit(QPoint(4, 4))
    assert table.view.findChild(QMenu) is None


def test_ten_thousand_rows_are_quick(table: AuthenticationTable, qtbot: QtBot) -> None:
    """Generous: each takes about 30 ms. A proxy that compares in Python would take more than a second."""
    steps: tuple[Callable[[], object], ...] = (
        lambda: load(table, MANY),
        lambda: table.view.sortByColumn(Column.NAME, Qt.SortOrder.DescendingOrder),
        lambda: table.filter_line.setText("777"),
        table.filter_line.clear,
        lambda: load(table, MANY),
    )
    for step in steps:
        began = time.process_time()
        step()
        table.grab()
        assert time.process_time() - began < 0.6


def test_choosing_a_user_fetches_and_another_user_forgets(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    table = stage.window.parts.table
    qtbot.waitUntil(lambda: len(ids(table)) == 2)
    stage.client.failing["authentications"] = NetworkError("Not reached.")
    stage.window.parts.form.user_picker.choose("user-2")
    assert ids(table) == []
    qtbot.waitUntil(lambda: table.state_text.startswith("Not reached."))
    stage.client.failing.clear()
    stage.window.parts.form.user_picker.choose("user-1")
    qtbot.waitUntil(lambda: len(ids(table)) == 2)


def test_f5_refreshes_without_blocking(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    table = stage.window.parts.table
    qtbot.waitUntil(lambda: len(ids(table)) == 2)
    gate = stage.client.gates["authentications"] = threading.Event()
    stage.client.lists["user-1"] = ROWS
    QTest.keyClick(stage.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: stage.client.calls.count("authentications") == 2)
    assert len(ids(table)) == 2
    gate.set()
    qtbot.waitUntil(lambda: len(ids(table)) == 3)


def test_a_refresh_that_takes_long_can_be_stopped(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    table = stage.window.parts.table
    qtbot.waitUntil(lambda: len(ids(table)) == 2)
    gate = stage.client.gates["authentications"] = threading.Event()
    table.refresh_button.click()
    buttons = table.findChildren(QPushButton)
    stop = next(button for button in buttons if button.accessibleName().startswith("Stop"))
    qtbot.waitUntil(stop.isVisible)
    stop.click()
    assert table.state_text.startswith("Cancelled.")
    assert len(ids(table)) == 2
    gate.set()
