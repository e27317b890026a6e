"""The page of past attempts on a real journal: shown, narrowed, sorted, repeated."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from tests.gui.history_bench import EDITED, fill, ids, journal, page, select, show
from tray_auth_desktop.core.attempt import Outcome, OutcomeKind
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.gui.history_cells import HEADERS, Column
from tray_auth_desktop.gui.history_model import HistoryModel
from tray_auth_desktop.gui.history_page import HistoryPage
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.onboarding.tasks import Tasks

__all__ = ["journal", "page"]


def cells(page: HistoryPage) -> list[list[str]]:
    model = page.model
    return [[str(model.index(row, column).data()) for column in Column] for row in range(model.rowCount())]


def test_each_attempt_is_told_in_words(qtbot: QtBot, page: HistoryPage, journal: Journal) -> None:
    fill(journal)
    show(qtbot, page)
    good, failed, unfinished = cells(page)
    when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(page.shown_attempts()[0].started_at))
    assert good == [
        when, "Beta", "=HYPERLINK(1)", "Slack (Production)",
        "Captured", "auth-1", "Severed opener", "Yes", "8.1 s",
    ]  # fmt: skip
    assert failed[1:] == ["Acme", "Pam Beesly", "Edit Team, slack", "Failed", "—", "—", "—", "1:15"]
    assert unfinished[2:5] == ["user-3", "slot-1 of solution instance inst-1", "No outcome"]
    assert page.title == "History (3)"
    assert page.blank_text == ""


def test_who_looks_closer_finds_ids_and_reasons(qtbot: QtBot, page: HistoryPage, journal: Journal) -> None:
    fill(journal)
    show(qtbot, page)

    def tip(row: int, column: Column) -> str:
        return str(page.model.index(row, column).data(Qt.ItemDataRole.ToolTipRole))

    assert "user-1" in tip(0, Column.USER)
    assert "svc-1" in tip(0, Column.WHAT)
    assert "read" in tip(0, Column.WHAT)
    assert "opener was severed" in tip(0, Column.VIA)
    assert tip(1, Column.OUTCOME) == "No such env. Try again."
    assert "cut off" in tip(2, Column.OUTCOME)
    assert page.model.index(0, Column.OUTCOME).data(Qt.ItemDataRole.DecorationRole) is not None
    heads = [page.model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert heads == list(HEADERS)


def test_an_empty_history_says_how_it_fills(qtbot: QtBot, page: HistoryPage) -> None:
    show(qtbot, page)
    assert "No attempts yet" in page.blank_text
    assert not page.export_button.isEnabled()
    assert not page.repeat_button.isEnabled()
    assert not page.timeline_button.isEnabled()


def test_before_there_is_a_journal_the_page_says_so(qtbot: QtBot, journal: Journal) -> None:
    fill(journal)
    opened: list[Journal] = []
    page = HistoryPage(lambda: opened[0] if opened else None, Tasks())
    qtbot.addWidget(page)
    show(qtbot, page)
    assert "not open yet" in page.line.text()
    opened.append(journal)
    page.refresh_button.click()
    assert len(ids(page)) == 3
    assert page.line.text() == ""


def test_a_journal_that_cannot_be_read_is_said_with_a_retry(
    qtbot: QtBot, page: HistoryPage, journal: Journal
) -> None:
    fill(journal)
    journal._connection.execute("ALTER TABLE attempt RENAME TO elsewhere")
    show(qtbot, page)
    assert "could not be read" in page.line.text()
    journal._connection.execute("ALTER TABLE elsewhere RENAME TO attempt")
    page.line.retried.emit()
    assert len(ids(page)) == 3
    assert page.line.text() == ""


def test_it_is_read_again_when_shown_and_after_an_attempt(
    qtbot: QtBot, page: HistoryPage, journal: Journal
) -> None:
    show(qtbot, page)
    fill(journal)
    page.refresh()
    assert ids(page) == ["a-good", "a-failed", "a-open"]
    page.hide()
    journal.settle("a-open", Outcome.without_result(OutcomeKind.CLOSED, "Closed."), 5)
    page.refresh()
    assert cells(page)[2][Column.OUTCOME] == "No outcome"
    page.show()
    assert cells(page)[2][Column.OUTCOME] == "Closed"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("slack", ["a-good", "a-failed"]),
        ("SLACK production", ["a-good"]),
        ("user-2", ["a-failed"]),
        ("such env", ["a-failed"]),
        ("open", ["a-good", "a-open"]),
        ("a-open", ["a-open"]),
        ("inst-1 slot-1", ["a-open"]),
        ("nothing", []),
        ("  ", ["a-good", "a-failed", "a-open"]),
    ],
)
def test_every_word_of_the_filter_must_occur(
    qtbot: QtBot, page: HistoryPage, journal: Journal, text: str, found: list[str]
) -> None:
    fill(journal)
    show(qtbot, page)
    page.filter_line.setText(text)
    assert ids(page) == found
    count = "3" if len(found) == 3 else f"{len(found)} of 3"
    assert page.title == f"History ({count})"
    assert (page.blank_text == "None of the 3 attempts matches the filter.") == (not found)


@pytest.mark.parametrize(
    ("column", "ascending"),
    [
        (Column.WHEN, ["a-open", "a-failed", "a-good"]),
        (Column.WORKSPACE, ["a-failed", "a-open", "a-good"]),
        (Column.USER, ["a-good", "a-failed", "a-open"]),
        (Column.DURATION, ["a-good", "a-failed", "a-open"]),
        (Column.AUTH_ID, ["a-good", "a-failed", "a-open"]),
    ],
)
def test_it_is_sorted_by_a_column_and_the_selection_follows(
    qtbot: QtBot, page: HistoryPage, journal: Journal, column: Column, ascending: list[str]
) -> None:
    fill(journal)
    show(qtbot, page)
    select(page, 1)
    page.view.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    assert ids(page) == ascending
    assert [attempt.attempt_id for attempt in page.view.selected_attempts()] == ["a-failed"]
    state = page.column_state()
    page.view.sortByColumn(Column.WHEN, Qt.SortOrder.DescendingOrder)
    assert page.restore_columns(state)
    assert ids(page) == ascending
    assert not page.restore_columns(state.left(3))


def test_the_model_keeps_qts_rules(journal: Journal) -> None:
    fill(journal)
    model = HistoryModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    records = journal.attempts()
    model.replace(records[:1])
    model.append(records[1:])
    model.sort(Column.USER, Qt.SortOrder.AscendingOrder)
    model.set_filter("acme")
    model.renew(records[:2])
    assert model.rowCount() == 2
    assert tester is not None


def test_an_attempt_is_repeated_where_it_was_made(qtbot: QtBot, page: HistoryPage, journal: Journal) -> None:
    fill(journal)
    show(qtbot, page)
    asked: list[tuple[object, object]] = []
    page.repeat_requested.connect(lambda request, subject: asked.append((request, subject)))
    select(page, 1)
    qtbot.waitUntil(page.repeat_button.isEnabled)
    page.repeat_button.click()
    assert asked == [(EDITED, Subject("Pam Beesly", authentication="Team"))]
    page.set_workspace("Beta")
    assert not page.repeat_button.isEnabled()
    assert "workspace Acme" in page.repeat_button.toolTip()
    page.view.repeat_action.trigger()
    page.repeat()
    assert len(asked) == 1
    page.set_workspace("Acme")
    page.view.repeat_action.trigger()
    assert len(asked) == 2


def test_a_timeline_opens_follows_the_row_and_closes(
    qtbot: QtBot, page: HistoryPage, journal: Journal
) -> None:
    fill(journal)
    for number in range(450):
        journal.record("a-good", TimelineEvent(number, Observation(EventKind.API, f"event {number}")))
    show(qtbot, page)
    assert not page.details.isVisible()
    select(page, 1)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert page.details.isVisible()
    assert page.details.title == "Failed · Pam Beesly · Edit Team, slack · Acme"
    assert page.details.text == "No such env. Try again."
    assert page.details.timeline.lines() == ("7\tmessage\tIt said no\tsize: 3",)
    select(page, 0)
    qtbot.waitUntil(lambda: page.details.attempt_id == "a-good" and page.details.is_complete)
    assert len(page.details.timeline.lines()) == 450
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    assert not page.details.isVisible()
