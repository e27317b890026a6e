"""The dialog inside an application of somebody else: real engine, real pages of the stand-in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.embedding.host_bench import LIMIT_MS, USER_ID, Backend, Heard, Person, finish_deletions
from tray_auth_desktop import (
    AuthDialog,
    Authentication,
    DialogKind,
    DialogRequest,
    ExitCode,
    Hosts,
    OutcomeKind,
    TrayClient,
    UsageError,
    Via,
    Workspace,
)

if TYPE_CHECKING:
    from tray_auth_desktop.standin import StandIn

pytestmark = pytest.mark.webengine
Make = Callable[..., AuthDialog]


def is_over(dialog: AuthDialog) -> bool:
    return dialog.outcome is not None and not dialog.isVisible()


def listed(client: TrayClient) -> list[str]:
    return [found.auth_id for found in client.authentications_of(USER_ID)]


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


def failing(error: Exception) -> Callable[[str], str]:
    def make_code(_user_id: str) -> str:
        raise error

    return make_code


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (
            failing(RuntimeError("the backend said token=deadbeefdeadbeef no")),
            "RuntimeError: the backend said",
        ),
        (failing(UsageError("No such user.", advice="Look again.")), "No such user. Look again."),
        (lambda _user_id: None, "returned NoneType"),
        (lambda _user_id: "", "returned str"),
    ],
    ids=["error", "our own error", "nothing", "empty"],
)
def test_a_function_that_fails_is_told_in_words_without_secrets(
    qtbot: QtBot, make: Make, function: Callable[[str], str], says: str
) -> None:
    dialog, heard = make(authorization_code=function), Heard()
    heard.listen(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: is_over(dialog), timeout=LIMIT_MS)
    assert heard.names == ["failed"]
    outcome = heard.signals[0][1]
    assert outcome.kind is OutcomeKind.API_ERROR
    assert says in str(outcome.message)
    assert "deadbeef" not in str(outcome.message)


@pytest.mark.parametrize(
    "of_list", [lambda auth_id: auth_id, lambda auth_id: {"id": auth_id, "name": "x"}, Authentication]
)
def test_a_list_can_be_given_in_several_forms(
    qtbot: QtBot, make: Make, backend: Backend, of_list: Callable[[str], object]
) -> None:
    def authentications(user_id: str) -> list[object]:
        return [of_list(auth_id) for auth_id in backend.ids(user_id)]

    dialog = make(authorization_code=backend.code, authentications=authentications)
    Person(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: is_over(dialog), timeout=LIMIT_MS)
    assert dialog.outcome is not None
    assert dialog.outcome.confirmed


def test_a_list_that_fails_costs_the_confirmation_not_the_result(
    qtbot: QtBot, make: Make, backend: Backend
) -> None:
    def broken(_user_id: str) -> list[str]:
        raise OSError("no backend")

    dialog, heard = make(authorization_code=backend.code, authentications=broken), Heard()
    heard.listen(dialog)
    Person(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: bool(heard.signals), timeout=LIMIT_MS)
    assert heard.names == ["captured"]
    dialog.reject()  # does not want to wait for the list
    qtbot.waitUntil(lambda: is_over(dialog), timeout=2_000)
    assert heard.names == ["captured"]
    assert dialog.result() == QDialog.DialogCode.Accepted.value


def test_a_dead_dialog_host_is_a_failure_with_what_to_do(
    qtbot: QtBot, make: Make, backend: Backend, workspace: Workspace
) -> None:
    dead = Workspace(
        "Dead",
        Hosts(workspace.hosts.graphql_url, workspace.hosts.rest_url, "http://127.0.0.1:9"),
        "x",
        "https://app.example",
    )
    dialog, heard = make(authorization_code=backend.code, workspace=dead), Heard()
    heard.listen(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: is_over(dialog), timeout=LIMIT_MS)
    assert heard.names == ["failed"]
    assert heard.signals[0][1].exit_code is ExitCode.NETWORK


def test_out_of_time(qtbot: QtBot, make: Make, client: TrayClient) -> None:
    dialog, heard = make(client=client, timeout_s=0.5), Heard()
    heard.listen(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: is_over(dialog), timeout=LIMIT_MS)
    assert heard.names == ["failed"]
    assert heard.signals[0][1].kind is OutcomeKind.TIMED_OUT


def test_it_can_be_opened_again_and_makes_another_code(qtbot: QtBot, make: Make, backend: Backend) -> None:
    dialog, heard = make(authorization_code=backend.code, authentications=backend.ids), Heard()
    heard.listen(dialog)
    Person(dialog)
    for _ in range(2):
        dialog.open()
        dialog.open()  # it is open: nothing more happens
        qtbot.waitUntil(lambda: is_over(dialog), timeout=LIMIT_MS)
    assert heard.names == ["captured", "confirmed"] * 2
    assert len({outcome.auth_id for _, outcome in heard.signals}) == 2
    assert backend.asked.count(f"code {USER_ID}") == 2


def test_two_dialogs_at_once_do_not_meet(qtbot: QtBot, make: Make, backend: Backend) -> None:
    dialogs = [make(authorization_code=backend.code) for _ in range(2)]
    for dialog in dialogs:
        Person(dialog)
        dialog.show()
    qtbot.waitUntil(lambda: all(map(is_over, dialogs)), timeout=LIMIT_MS)
    ids = {dialog.outcome.auth_id for dialog in dialogs if dialog.outcome}
    assert len(ids) == 2
    assert set(listed(backend.client)) == ids


@pytest.mark.parametrize("how", ["deleteLater", "parent", "in the slot"])
def test_it_can_be_deleted_at_any_time(
    qtbot: QtBot, make: Make, client: TrayClient, tmp_path: Path, how: str
) -> None:
    path = tmp_path / "journal.sqlite3"
    parent = QWidget()
    dialog, heard = make(client=client, journal_path=path, parent=parent), Heard()
    heard.listen(dialog)
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    loaded: list[bool] = []
    dialog._attempt.runner_made.connect(lambda runner: runner.loaded.connect(lambda: loaded.append(True)))
    if how == "in the slot":
        Person(dialog)
        dialog.captured.connect(lambda _outcome: dialog.deleteLater())
    dialog.show()
    if how != "in the slot":
        qtbot.waitUntil(lambda: bool(loaded), timeout=LIMIT_MS)
        (dialog if how == "deleteLater" else parent).deleteLater()
    qtbot.waitUntil(lambda: bool(gone), timeout=LIMIT_MS)
    finish_deletions()
    expected = "captured" if how == "in the slot" else "closed"
    with closing(sqlite3.connect(path)) as journal:
        assert journal.execute("SELECT outcome FROM attempt").fetchall() == [(expected,)]
    assert heard.names[:1] in ([expected], [])
    assert bool(heard.names) == (how != "parent")
    parent.deleteLater() if how != "parent" else None


def test_a_journal_that_cannot_be_written_does_not_stop_the_dialog(
    qtbot: QtBot, make: Make, client: TrayClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    dialog = make(client=client, journal_path=tmp_path / "file" / "journal.sqlite3")
    Person(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: is_over(dialog), timeout=LIMIT_MS)
    assert dialog.outcome is not None
    assert dialog.outcome.auth_id
    assert "not kept on disk" in caplog.text


def test_it_needs_something_that_makes_codes(workspace: Workspace, request_made: DialogRequest) -> None:
    with pytest.raises(UsageError, match="authorization codes"):
        AuthDialog(request_made, workspace=workspace)
    with pytest.raises(UsageError, match="above 0"):
        AuthDialog(request_made, workspace=workspace, authorization_code=lambda _user: "x", timeout_s=0)


def test_the_application_goes_on_working_beside_it(
    qtbot: QtBot, qapp: QApplication, make: Make, client: TrayClient, standin: StandIn
) -> None:
    ticks: list[int] = []
    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: ticks.append(len(ticks)))
    timer.start()
    dialog = make(client=client)
    Person(dialog)
    dialog.exec()
    timer.stop()
    assert len(ticks) > 3
    assert dialog.outcome is not None
    assert dialog.outcome.kind is OutcomeKind.CAPTURED
    assert qapp.quitOnLastWindowClosed()  # the application's own settings are as they were
