"""The dialog inside an application of somebody else: real engine, real pages of the stand-in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.embedding.embedded_dialog import Make, is_over, listed
from tests.embedding.host_bench import LIMIT_MS, USER_ID, Backend, Heard, Person, finish_deletions
from tray_auth_desktop import (
    AuthDialog,
    DialogKind,
    DialogRequest,
    ExitCode,
    OutcomeKind,
    TrayClient,
    Via,
    Workspace,
)

pytestmark = pytest.mark.webengine


def test_with_a_client_it_captures_confirms_and_closes(
    qtbot: QtBot, make: Make, client: TrayClient, tmp_path: Path
) -> None:
    path = tmp_path / "kept" / "journal.sqlite3"
    dialog, heard = make(client=client, journal_path=path), Heard()
    heard.listen(dialog)
    person = Person(dialog)
    results: list[int] = []
    dialog.finished.connect(results.append)
    dialog.open()
    qtbot.waitUntil(lambda: is_over(dialog), timeout=LIMIT_MS)
    assert person.problems == []
    assert heard.names == ["captured", "confirmed"]
    captured, confirmed = (outcome for _, outcome in heard.signals)
    assert (captured.kind, captured.via, captured.was_known) == (OutcomeKind.CAPTURED, Via.OPENER, False)
    assert captured.auth_id == confirmed.auth_id
    assert listed(client) == [captured.auth_id]
    assert confirmed.confirmed
    assert dialog.outcome == confirmed
    assert results == [QDialog.DialogCode.Accepted.value]
    with closing(sqlite3.connect(path)) as journal:
        rows = journal.execute("SELECT auth_id, confirmed, shown_at IS NOT NULL, workspace FROM attempt")
        assert rows.fetchall() == [(captured.auth_id, 1, 1, "Acme")]


def test_with_functions_of_the_application_no_master_token_is_needed(
    qtbot: QtBot, make: Make, backend: Backend
) -> None:
    dialog, heard = make(authorization_code=backend.code, authentications=backend.ids), Heard()
    heard.listen(dialog)
    Person(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: is_over(dialog), timeout=LIMIT_MS)
    assert heard.names == ["captured", "confirmed"]
    assert heard.signals[1][1].confirmed
    assert backend.threads == {"task"}  # never Qt's thread
    assert set(backend.asked) == {f"code {USER_ID}", f"list {USER_ID}"}


def test_without_a_list_it_captures_at_once_and_confirms_nothing(
    qtbot: QtBot, make: Make, backend: Backend
) -> None:
    dialog, heard = make(authorization_code=backend.code), Heard()
    heard.listen(dialog)
    Person(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: is_over(dialog), timeout=LIMIT_MS)
    assert heard.names == ["captured", "confirmed"]
    assert [outcome.confirmed for _, outcome in heard.signals] == [False, False]
    assert heard.signals[0][1].was_known is None
    assert listed(backend.client) == [heard.signals[0][1].auth_id]


AVA_ID = "14ee78f9-73d8-527a-bd84-7734b8424c08"


def test_an_authentication_is_edited(qtbot: QtBot, client: TrayClient, workspace: Workspace) -> None:
    before = client.authentications_of(AVA_ID)
    request = DialogRequest(AVA_ID, kind=DialogKind.EDIT, auth_id=before[1].auth_id)
    dialog, heard = AuthDialog(request, workspace=workspace, client=client), Heard()
    heard.listen(dialog)
    person = Person(dialog, "Save", (("Authentication name", "Another name"),))
    dialog.open()
    qtbot.waitUntil(lambda: is_over(dialog), timeout=LIMIT_MS)
    assert person.problems == []
    assert heard.names == ["captured", "confirmed"]
    outcome = heard.signals[1][1]
    assert (outcome.auth_id, outcome.was_known, outcome.confirmed) == (before[1].auth_id, True, True)
    assert client.authentications_of(AVA_ID)[1].name == "Another name"
    dialog.deleteLater()
    finish_deletions()


def test_how_it_goes_is_said_beneath_the_dialog(qtbot: QtBot, make: Make, backend: Backend) -> None:
    dialog = make(authorization_code=backend.code, timeout_s=110)
    loaded: list[bool] = []
    dialog._attempt.runner_made.connect(lambda runner: runner.loaded.connect(lambda: loaded.append(True)))
    dialog.open()
    qtbot.waitUntil(lambda: bool(loaded), timeout=LIMIT_MS)
    said = {label.accessibleName(): label for label in dialog.findChildren(QLabel) if label.accessibleName()}
    assert said["Progress"].text() == "Waiting for the dialog to be finished…"
    qtbot.waitUntil(lambda: said["Time left"].text().startswith("Out of time in 1:"), timeout=5_000)
    assert dialog.windowTitle() == "New authentication — Acme"
    (button,) = [found for found in dialog.findChildren(QPushButton) if found.isVisible()]
    assert button.text() == "Cancel"
    button.click()
    qtbot.waitUntil(lambda: is_over(dialog), timeout=LIMIT_MS)


def test_run_returns_the_outcome_after_its_confirmation(
    qtbot: QtBot, client: TrayClient, workspace: Workspace, request_made: DialogRequest
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.show()

    class Filled(AuthDialog):
        """Somebody fills it in."""

        def show(self) -> None:
            Person(self)
            super().show()

        def exec(self) -> int:
            Person(self)
            return super().exec()

    outcome = Filled.run(request_made, workspace=workspace, client=client, parent=host)
    assert (outcome.kind, outcome.confirmed) == (OutcomeKind.CAPTURED, True)
    assert listed(client) == [outcome.auth_id]
    finish_deletions()
    assert host.findChildren(QDialog) == []


def test_run_survives_the_end_of_its_parent(
    qtbot: QtBot, client: TrayClient, workspace: Workspace, request_made: DialogRequest
) -> None:
    host = QWidget()
    host.show()
    QTimer.singleShot(500, host.deleteLater)
    outcome = AuthDialog.run(request_made, workspace=workspace, client=client, parent=host)
    assert outcome.kind is OutcomeKind.CLOSED
    finish_deletions()


@pytest.mark.parametrize("way", ["escape", "button", "reject", "close"])
def test_who_wants_out_gets_out_and_the_application_is_told_once(
    qtbot: QtBot, make: Make, client: TrayClient, way: str
) -> None:
    dialog, heard = make(client=client), Heard()
    heard.listen(dialog)
    loaded: list[bool] = []
    dialog._attempt.runner_made.connect(lambda runner: runner.loaded.connect(lambda: loaded.append(True)))
    dialog.open()
    qtbot.waitUntil(lambda: bool(loaded), timeout=LIMIT_MS)
    button = next(found for found in dialog.findChildren(QPushButton) if found.text() == "Cancel")
    ways: dict[str, Callable[[], object]] = {
        "escape": lambda: QTest.keyClick(dialog, Qt.Key.Key_Escape),
        "button": button.click,
        "reject": dialog.reject,
        "close": dialog.close,
    }
    ways[way]()
    qtbot.waitUntil(lambda: is_over(dialog), timeout=LIMIT_MS)
    assert heard.names == ["closed"]
    assert dialog.result() == QDialog.DialogCode.Rejected.value
    assert "closed here" in str(heard.signals[0][1].message)


def test_what_the_dialog_itself_says_is_passed_on(qtbot: QtBot, make: Make, client: TrayClient) -> None:
    dialog, heard = make(client=client), Heard()
    heard.listen(dialog)
    Person(dialog, button="Close")
    dialog.open()
    qtbot.waitUntil(lambda: is_over(dialog), timeout=LIMIT_MS)
    assert heard.names == ["closed"]
    assert dialog.outcome is not None
    assert dialog.outcome.exit_code is ExitCode.CLOSED
