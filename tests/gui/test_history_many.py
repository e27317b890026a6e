"""Ten thousand past attempts: read as one scrolls, searched, sorted and exported as a whole."""

from __future__ import annotations

import json
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.history_bench import CREATED, ids, journal, page, select, show
from tray_auth_desktop.core.attempt import Outcome, Via
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.gui.history_cells import Column
from tray_auth_desktop.gui.history_model import HistoryModel
from tray_auth_desktop.gui.history_page import PART, HistoryPage
from tray_auth_desktop.journal import AttemptRecord, Journal

__all__ = ["journal", "page"]
MANY = 10_000


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
