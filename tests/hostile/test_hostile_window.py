"""The window while the API breaks: it says why, what was chosen and typed stays, and Retry works."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.hostile.faults import FAULTS, Fault
from tests.hostile.faulty_tray import EMBEDDED_ID, MASTER_TOKEN, SECRETS, FaultyTray, served
from tests.hostile.test_hostile_codes import LateClock
from tests.running_window import running_window
from tests.sizes import IS_FULL
from tray_auth_desktop.cli.window import WindowProgram
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.core.attempt import Outcome
from tray_auth_desktop.gui.picker import Picker
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn

if TYPE_CHECKING:
    from tray_auth_desktop.dialog.auth_dialog import AuthDialog

pytestmark = pytest.mark.webengine

LIMIT_MS = 40_000
_IN_SHORT = ("401", "503", "login page", "graphql errors", "half a body", "reset")
NAMES = [name for name in FAULTS if IS_FULL or name in _IN_SHORT]


@pytest.fixture
def tray() -> Iterator[FaultyTray]:
    with served(FaultyTray()) as server:
        server.listed = ["auth-0001"]
        yield server


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tray: FaultyTray, tmp_path: Path) -> Iterator[WindowProgram]:
    """The program's window, not yet on the screen: what it loads is the test's choice."""
    configuration = Configuration(
        embedded_id=EMBEDDED_ID,
        graphql_url=f"{tray.origin}/graphql",
        rest_url=tray.origin,
        dialog_url=tray.origin,
        master_token=Secret(MASTER_TOKEN),
        data_dir=tmp_path / "data",
        config_dir=tmp_path / "config",
    )
    with running_window(qapp, configuration) as program:
        yield program


def show(qtbot: QtBot, program: WindowProgram) -> None:
    with qtbot.waitSignal(program.window.first_painted, timeout=LIMIT_MS):
        program.window.show()


def choose(qtbot: QtBot, program: WindowProgram) -> None:
    """Choose end user and service, and wait for what that loads."""
    form = program.window.parts.form
    qtbot.waitUntil(lambda: form.user_picker.is_loaded and form.service_picker.is_loaded, timeout=LIMIT_MS)
    form.user_picker.choose("u-1")
    form.service_picker.choose("s-1")
    qtbot.waitUntil(lambda: form.request() is not None, timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: "auth-0001" in texts(program.window.parts.table), timeout=LIMIT_MS)


def texts(widget: QWidget) -> str:
    """Return all that a widget shows: labels, and the cells of its tables."""
    said = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    view = getattr(widget, "view", None)
    model = view.model() if view is not None else None
    if model is not None:
        cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(8)]
        said += [str(cell.data() or "") for cell in cells]
    return "\n".join(said)


def retry_of(widget: QWidget) -> QPushButton:
    """Return the one Retry button that a part of the window shows."""
    shown = [
        button
        for button in widget.findChildren(QPushButton)
        if button.text() == "Retry" and button.isVisibleTo(widget)
    ]
    assert len(shown) == 1, [button.accessibleName() for button in shown]
    return shown[0]


def check(said: str, fault: Fault) -> None:
    assert [word for word in fault.says if word not in said] == [], said
    assert not [secret for secret in SECRETS if secret in said]


@pytest.mark.parametrize("name", NAMES)
def test_lists_that_fail_are_there_after_retry(
    qtbot: QtBot, window: WindowProgram, tray: FaultyTray, name: str
) -> None:
    """From the first moment nothing can be had; what was typed meanwhile is still there."""
    fault = FAULTS[name]
    tray.fault = fault.strike
    show(qtbot, window)
    form = window.window.parts.form
    pickers: tuple[Picker, ...] = (form.user_picker, form.service_picker)
    for picker in pickers:
        qtbot.waitUntil(partial(_has_failed, picker), timeout=LIMIT_MS)
        check(picker.state_text, fault)
    QTest.keyClicks(form.user_picker.field, "ava")
    tray.fault = None

    for picker in pickers:
        QTest.mouseClick(retry_of(picker), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(partial(_is_loaded, picker), timeout=LIMIT_MS)

    assert form.user_picker.field.searched_text == "ava"
    QTest.keyClick(form.user_picker.field, Qt.Key.Key_Return)
    assert form.user_picker.key == "u-1"


def _has_failed(picker: Picker) -> bool:
    buttons = picker.findChildren(QPushButton)
    return any(button.text() == "Retry" and button.isVisibleTo(picker) for button in buttons)


def _is_loaded(picker: Picker) -> bool:
    return picker.is_loaded


@pytest.mark.parametrize("name", NAMES)
def test_authentications_that_fail_leave_those_before_and_come_by_retry(
    qtbot: QtBot, window: WindowProgram, tray: FaultyTray, name: str
) -> None:
    show(qtbot, window)
    choose(qtbot, window)
    form, table = window.window.parts.form, window.window.parts.table
    before = form.request()
    fault = FAULTS[name]
    tray.fault, tray.struck = fault.strike, ("viewer",)

    table.refreshed.emit()
    qtbot.waitUntil(lambda: any(word in texts(table) for word in fault.says[:1]), timeout=LIMIT_MS)

    check(texts(table), fault)
    assert "auth-0001" in texts(table), "what was there is gone"
    assert form.request() == before
    tray.fault, tray.listed = None, ["auth-0001", "auth-0002"]
    QTest.mouseClick(retry_of(table), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "auth-0002" in texts(table), timeout=LIMIT_MS)
    assert form.request() == before


def test_an_attempt_that_the_api_refuses_keeps_what_was_chosen(
    qtbot: QtBot, window: WindowProgram, tray: FaultyTray
) -> None:
    show(qtbot, window)
    choose(qtbot, window)
    form, guide = window.window.parts.form, window.window.parts.centre.guide
    before = form.request()
    tray.fault, tray.struck = FAULTS["500"].strike, ("generateAuthorizationCode",)

    with qtbot.waitSignal(window.desk.ended, timeout=LIMIT_MS):
        QTest.keyClick(window.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    check(guide.text, FAULTS["500"])
    assert form.request() == before
    tray.fault = None
    with qtbot.waitSignal(window.desk.dialog_made, timeout=LIMIT_MS):
        QTest.mouseClick(offered(guide), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(tray.reached.is_set, timeout=LIMIT_MS)
    with qtbot.waitSignal(window.desk.ended, timeout=LIMIT_MS):
        window.desk.cancel()


def offered(guide: QWidget) -> QPushButton:
    """Return the button that makes a new code."""
    (button,) = [
        found
        for found in guide.findChildren(QPushButton)
        if "new code" in found.text() and found.isVisibleTo(guide)
    ]
    return button


def test_an_expired_code_is_explained_and_one_click_makes_a_new_one(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    clock = LateClock()
    with StandIn(clock=clock, requests_per_s=10_000, burst=10_000) as stand_in:
        clock.stand_in = stand_in
        configuration = Configuration(
            embedded_id=stand_in.embedded_id,
            graphql_url=stand_in.graphql_url,
            rest_url=stand_in.rest_url,
            dialog_url=stand_in.dialog_url,
            master_token=Secret(stand_in.master_token),
            data_dir=tmp_path / "data",
            config_dir=tmp_path / "config",
        )
        with running_window(qapp, configuration) as program:
            _open_with_an_expired_code(qtbot, program)


def _open_with_an_expired_code(qtbot: QtBot, program: WindowProgram) -> None:
    show(qtbot, program)
    form, guide = program.window.parts.form, program.window.parts.centre.guide
    qtbot.waitUntil(lambda: form.user_picker.is_loaded and form.service_picker.is_loaded, timeout=LIMIT_MS)
    for picker, text in ((form.user_picker, "ava lind"), (form.service_picker, "twil")):
        QTest.keyClicks(picker.field, text)
        QTest.keyClick(picker.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.request() is not None, timeout=LIMIT_MS)
    outcomes: list[Outcome] = []
    program.desk.ended.connect(outcomes.append)

    QTest.keyClick(program.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(outcomes) == 1, timeout=LIMIT_MS)
    for word in ("refused its single-use code", "expired", "works once and for 5 minutes"):
        assert word in guide.text

    made: list[AuthDialog] = []
    program.desk.dialog_made.connect(made.append)
    QTest.mouseClick(offered(guide), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(made), timeout=LIMIT_MS)
    with qtbot.waitSignal(made[0].loaded, timeout=LIMIT_MS):
        pass
    assert len(outcomes) == 1, "the new code was refused as well"
    with qtbot.waitSignal(program.desk.ended, timeout=LIMIT_MS):
        program.desk.cancel()
