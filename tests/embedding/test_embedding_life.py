"""The dialog inside an application: what goes wrong there, and what becomes of the dialog itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.embedding.embedded_dialog import Make, is_over, listed
from tests.embedding.host_bench import LIMIT_MS, USER_ID, Backend, Heard, Person, finish_deletions
from tray_auth_desktop import (
    AuthDialog,
    Authentication,
    DialogRequest,
    ExitCode,
    Hosts,
    OutcomeKind,
    TrayClient,
    UsageError,
    Workspace,
)

if TYPE_CHECKING:
    from tray_auth_desktop.standin import StandIn

pytestmark = pytest.mark.webengine


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
