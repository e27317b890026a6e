"""The window as a person uses it: chosen by keyboard, dialog filled in, result beside the list."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.running_window import running_window
from tray_auth_desktop import app
from tray_auth_desktop.cli.window import WindowProgram
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.core.attempt import Outcome, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.gui.main_window import HISTORY
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.onboarding.limits import AttemptLimits
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn

if TYPE_CHECKING:
    from tray_auth_desktop.dialog.auth_dialog import AuthDialog
    from tray_auth_desktop.dialog.driver import PageDriver

pytestmark = pytest.mark.webengine
LIMIT_MS = 40_000


@pytest.fixture
def configuration(standin: StandIn, tmp_path: Path) -> Configuration:
    return Configuration(
        embedded_id=standin.embedded_id,
        graphql_url=standin.graphql_url,
        rest_url=standin.rest_url,
        dialog_url=standin.dialog_url,
        master_token=Secret(standin.master_token),
        data_dir=tmp_path,
    )


@pytest.fixture
def window_program(qapp: QApplication, qtbot: QtBot, configuration: Configuration) -> Iterator[WindowProgram]:
    with running_window(qapp, configuration) as program:
        with qtbot.waitSignal(program.window.first_painted, timeout=LIMIT_MS):
            program.window.show()
        yield program


def choose(qtbot: QtBot, picker: QWidget, text: str) -> None:
    """Type part of a name into a picker and press Enter."""
    field = picker.focusProxy() or picker
    field.setFocus()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def fill(qtbot: QtBot, driver: PageDriver, label: str, value: str) -> None:
    """Fill a field of the dialog."""
    done: list[str] = []
    driver.fill(label, value, done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=LIMIT_MS)
    assert done == [""]


def test_the_main_job(qtbot: QtBot, window_program: WindowProgram) -> None:
    program, parts = window_program, window_program.window.parts
    form = parts.form
    qtbot.waitUntil(lambda: "to choose from" in _texts(form.user_picker), timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: "to choose from" in _texts(form.service_picker), timeout=LIMIT_MS)
    choose(qtbot, form.user_picker, "ava lind")
    choose(qtbot, form.service_picker, "twil")
    qtbot.waitUntil(lambda: form.request() is not None, timeout=LIMIT_MS)
    dialogs: list[AuthDialog] = []
    program.desk.dialog_made.connect(dialogs.append)

    QTest.keyClick(program.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(dialogs), timeout=LIMIT_MS)
    driver = app.page_driver(dialogs[0], program)
    for label, value in (("Account SID", "AC" + "0" * 32), ("Auth Token", "e" * 32)):
        fill(qtbot, driver, label, value)
    with qtbot.waitSignal(program.desk.confirmed, timeout=LIMIT_MS):
        driver.press("Create", lambda _missing: None)

    assert str(uuid.UUID(parts.result.auth_id)) == parts.result.auth_id
    assert "Confirmed" in parts.result.state_text
    qtbot.waitUntil(lambda: parts.result.auth_id in _selected_row(parts.table), timeout=LIMIT_MS)


def test_a_result_that_was_never_shown_is_shown_at_the_next_start(
    qapp: QApplication, qtbot: QtBot, configuration: Configuration, tmp_path: Path
) -> None:
    auth_id = str(uuid.uuid4())
    journal = Journal.open(tmp_path / app.JOURNAL_NAME)
    journal.begin("attempt-1", "acme", DialogRequest("u", "s", "e"))
    journal.settle("attempt-1", Outcome.captured(auth_id, Via.OPENER), 1_234)
    journal.close()

    account = app.Account(configuration)
    program = WindowProgram(qapp, account, configuration, AttemptLimits())
    with qtbot.waitSignal(program.window.parts.recovered.painted, timeout=LIMIT_MS):
        program.window.show()
    assert auth_id in _texts(program.window)
    assert _untold(tmp_path), "a program that is killed now has to show it again"
    program.close()
    account.close()
    assert not _untold(tmp_path)


def _untold(folder: Path) -> tuple[object, ...]:
    journal = Journal.open(folder / app.JOURNAL_NAME)
    try:
        return journal.captured_but_not_shown()
    finally:
        journal.close()


def _selected_row(table: QWidget) -> list[object]:
    """Return what the selected row of a table holds, cell by cell; nothing unless one row is selected."""
    view = table.findChild(QTableView)
    rows = view.selectionModel().selectedRows() if view is not None else []
    if len(rows) != 1:
        return []
    columns = range(rows[0].model().columnCount())
    return [rows[0].siblingAtColumn(column).data() for column in columns]


def _texts(widget: QWidget) -> str:
    """Return all text that a widget and those in it show."""
    shown = [child for child in widget.findChildren(QWidget) if child.isVisibleTo(widget)]
    return "\n".join(str(child.property("text") or child.property("plainText") or "") for child in shown)


def test_a_window_that_begins_with_the_history_shows_it(
    qapp: QApplication, qtbot: QtBot, configuration: Configuration
) -> None:
    """The journal is opened later than the page is shown."""
    journal = app.open_journal(configuration)
    journal.begin("a", "acme", DialogRequest("u-1", "s-1", "e-1"))
    journal.settle("a", Outcome.captured(str(uuid.uuid4()), Via.OPENER), 100)
    journal.close()
    with running_window(qapp, configuration) as program:
        program.window.show_page(HISTORY)
        page = program.window.history
        assert page is not None
        program.window.show()
        qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=LIMIT_MS)
