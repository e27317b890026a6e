"""The page of past attempts on a real journal: shown, narrowed, copied, exported, repeated."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.gui.history_cells import HEADERS, Column
from tray_auth_desktop.gui.history_model import HistoryModel
from tray_auth_desktop.gui.history_page import PART, HistoryPage
from tray_auth_desktop.journal import AttemptRecord, Journal
from tray_auth_desktop.journal.schema import connect
from tray_auth_desktop.onboarding.tasks import Tasks

CREATED = DialogRequest("user-1", "svc-1", "env-1", ("read",))
EDITED = DialogRequest("user-2", kind=DialogKind.EDIT, auth_id="auth-9", service_name="slack")
SOLUTION = DialogRequest(
    "user-3", kind=DialogKind.SOLUTION, solution_instance_id="inst-1", external_auth_id="slot-1"
)
MANY = 10_000


class Clock:
    """Says what time it is; an hour passes each time."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        self.now += 3_600
        return self.now


@pytest.fixture
def journal() -> Iterator[Journal]:
    made = Journal(None, connect(":memory:"), clock=Clock())
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, journal: Journal) -> Iterator[HistoryPage]:
    tasks = Tasks()
    made = HistoryPage(lambda: journal, tasks)
    qtbot.addWidget(made)
    made.resize(1_200, 700)
    yield made
    tasks.close()


def fill(journal: Journal) -> None:
    """Write down one attempt of each kind; the newest is captured."""
    journal.begin("a-open", "Acme", SOLUTION)
    journal.begin("a-failed", "Acme", EDITED, Subject("Pam Beesly", authentication="Team"))
    journal.record("a-failed", TimelineEvent(7, Observation(EventKind.MESSAGE, "It said no", {"size": 3})))
    journal.settle("a-failed", Outcome.without_result(OutcomeKind.FAILED, "No such env. Try again."), 75_000)
    journal.begin("a-good", "Beta", CREATED, Subject("=HYPERLINK(1)", "Slack", "Production"))
    journal.settle("a-good", Outcome.captured("auth-1", Via.SEVERED_OPENER, "oauth"), 8_123)
    journal.confirm("a-good")


def show(qtbot: QtBot, page: HistoryPage) -> None:
    page.show()
    qtbot.waitExposed(page)


def cells(page: HistoryPage) -> list[list[str]]:
    model = page.model
    return [[str(model.index(row, column).data()) for column in Column] for row in range(model.rowCount())]


def ids(page: HistoryPage) -> list[str]:
    return [attempt.attempt_id for attempt in page.shown_attempts()]


def select(page: HistoryPage, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    page.view.clearSelection()
    for row in rows:
        page.view.selectionModel().setCurrentIndex(page.model.index(row, 0), flags.Select | flags.Rows)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


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


def fill_with_many(journal: Journal) -> None:
    """Write them at once: 10,000 transactions would take longer than the test."""
    journal.begin("a-0", "Acme", CREATED, Subject("Ava", "Slack", "Production"))
    journal.settle("a-0", Outcome.captured("auth-0", Via.OPENER), 100)
    fields = [row[1] for row in journal._connection.execute("PRAGMA table_info(attempt)")]
    others = ", ".join(name for name in fields if name not in ("attempt_id", "started_at", "auth_id"))
    journal._connection.execute(
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY - 1})"
        f" INSERT INTO attempt (attempt_id, started_at, auth_id, {others})"
        f" SELECT 'a-' || i, started_at + i, 'auth-' || i, {others} FROM attempt, n WHERE attempt_id = 'a-0'"
    )


def test_ten_thousand_attempts_are_read_as_one_scrolls(
    qtbot: QtBot, page: HistoryPage, journal: Journal
) -> None:
    fill_with_many(journal)
    began = time.perf_counter()
    show(qtbot, page)
    assert time.perf_counter() - began < 2.0
    assert page.title == f"History ({MANY})"
    assert page.model.rowCount() < MANY / 2
    for _ in range(4):
        page.view.scrollToBottom()
        QTest.qWait(0)
    assert page.model.rowCount() > PART
    assert ids(page)[:1_000] == [f"a-{MANY - 1 - number}" for number in range(1_000)]


def test_a_filter_and_an_order_concern_all_of_them(qtbot: QtBot, page: HistoryPage, journal: Journal) -> None:
    fill_with_many(journal)
    show(qtbot, page)
    page.filter_line.setText("auth-77")
    qtbot.waitUntil(lambda: not page.model.has_more)
    expected = {f"a-{number}" for number in range(MANY) if "auth-77" in f"auth-{number}"}
    assert set(ids(page)) == expected
    page.filter_line.clear()
    page.view.sortByColumn(Column.WHEN, Qt.SortOrder.AscendingOrder)
    assert len(ids(page)) == MANY
    assert ids(page)[0] == "a-0"
    taken = []
    for text in ("a", "au", "aut", "auth-1", "auth-12", "auth-123", "x", ""):
        began = time.perf_counter()
        page.filter_line.setText(text)
        taken.append(time.perf_counter() - began)
    assert sorted(taken)[len(taken) // 2] < 0.2
    select(page, 5)
    page.refresh()
    assert len(ids(page)) == MANY
    assert [attempt.attempt_id for attempt in page.view.selected_attempts()] == ["a-5"]


def test_another_order_alone_is_reason_to_read_all(qtbot: QtBot, page: HistoryPage, journal: Journal) -> None:
    fill_with_many(journal)
    show(qtbot, page)
    page.view.sortByColumn(Column.WHEN, Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: not page.model.has_more)
    assert ids(page)[:3] == ["a-0", "a-1", "a-2"]
    assert len(ids(page)) == MANY


def test_an_export_writes_all_that_match_not_what_was_read(
    qtbot: QtBot, page: HistoryPage, journal: Journal, tmp_path: Path
) -> None:
    fill_with_many(journal)
    show(qtbot, page)
    with qtbot.waitSignal(page.exported, timeout=30_000):
        page.export(tmp_path / "all.json")
    assert len(json.loads((tmp_path / "all.json").read_text("utf-8"))) == MANY


def test_more_new_attempts_than_a_part_leave_no_gap(journal: Journal) -> None:
    fill_with_many(journal)
    every: tuple[AttemptRecord, ...] = journal.attempts(-1)
    assert len(every) == MANY
    model = HistoryModel()
    model.replace(every[2_000:2_500])
    model.renew(every[:500])
    assert (model.read_count, model.oldest_id) == (500, every[499].attempt_id)
    model.renew(every[400:600])
    assert model.read_count == 600
