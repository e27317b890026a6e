"""From choices to a request, and the one primary button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.attempt import OutcomeKind
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.errors import NetworkError

if TYPE_CHECKING:
    from tests.gui.conftest import Stage


def primary_of(stage: Stage) -> QPushButton:
    buttons = stage.window.parts.form.findChildren(QPushButton)
    return next(button for button in buttons if button.text() in ("&Open dialog", "&Cancel"))


def test_the_button_says_what_is_missing(stage: Stage, qtbot: QtBot) -> None:
    button = primary_of(stage)
    assert not button.isEnabled()
    assert button.accessibleDescription() == "Choose an end user, a service and an environment first."
    stage.load()
    form = stage.window.parts.form
    qtbot.waitUntil(lambda: "to choose" in form.user_picker.state_text)
    form.user_picker.choose("user-1")
    assert button.accessibleDescription() == "Choose a service and an environment first."
    qtbot.waitUntil(lambda: "to choose" in form.service_picker.state_text)
    form.service_picker.choose("svc-salesforce")
    qtbot.waitUntil(lambda: form.environment_picker.state_text == "2 to choose from")
    assert button.accessibleDescription() == "Choose an environment first."
    assert not button.isEnabled()
    form.environment_picker.choose("env-sf-1")
    assert button.isEnabled()


def test_a_single_environment_is_chosen_by_itself(stage: Stage) -> None:
    stage.choose(service="svc-twilio")
    request = stage.window.parts.form.request()
    assert request == DialogRequest("user-1", "svc-twilio", "env-twilio")


def test_another_service_drops_the_environment(stage: Stage, qtbot: QtBot) -> None:
    stage.choose(service="svc-slack")
    form = stage.window.parts.form
    form.service_picker.choose("svc-salesforce")
    assert form.environment_picker.key == ""
    assert form.request() is None
    qtbot.waitUntil(lambda: form.environment_picker.state_text == "2 to choose from")
    assert not form.environment_picker.key


def test_an_environment_without_a_title_can_be_chosen(stage: Stage, qtbot: QtBot) -> None:
    stage.load()
    form = stage.window.parts.form
    qtbot.waitUntil(lambda: "to choose" in form.service_picker.state_text)
    form.service_picker.choose("svc-salesforce")
    qtbot.waitUntil(lambda: "2 to choose" in form.environment_picker.state_text)
    form.environment_picker.choose("env-sf-2")
    assert form.environment_picker.field.text() == "Untitled (env-sf-2)"


def test_failed_environments_keep_the_service_and_retry(stage: Stage, qtbot: QtBot) -> None:
    stage.client.failing["environments"] = NetworkError("Not reached.")
    form = stage.window.parts.form
    stage.load()
    qtbot.waitUntil(lambda: "to choose" in form.service_picker.state_text)
    form.service_picker.choose("svc-slack")
    qtbot.waitUntil(lambda: form.environment_picker.state_text.startswith("Not reached."))
    assert form.service_picker.key == "svc-slack"
    stage.client.failing.clear()
    form.environment_picker.retried.emit()
    qtbot.waitUntil(lambda: form.environment_picker.key == "env-slack")


def test_opening_starts_an_attempt_for_what_is_chosen(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    stage.window.parts.form.scope_picker.check("chat:write")
    QTest.mouseClick(primary_of(stage), Qt.MouseButton.LeftButton)
    assert stage.desk.requests == [DialogRequest("user-1", "svc-slack", "env-slack", ("chat:write",))]


def test_while_an_attempt_runs_the_button_cancels_and_nothing_can_be_changed(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.choose()
    button = primary_of(stage)
    button.click()
    form = stage.window.parts.form
    assert button.text() == "&Cancel"
    assert not form.user_picker.field.isEnabled()
    assert not form.scope_picker.isEnabled()
    button.click()
    assert stage.desk.cancels == 0, "the second click of a double click"
    interval_ms = QApplication.doubleClickInterval()
    qtbot.waitUntil(lambda: form.has_been_running_for_ms > interval_ms, timeout=5_000)
    button.click()
    assert (stage.desk.cancels, len(stage.desk.requests)) == (1, 1)
    stage.desk.fail(OutcomeKind.CLOSED, "Closed.")
    assert button.text() == "&Open dialog"
    assert form.user_picker.field.isEnabled()
    assert form.request() == stage.desk.requests[0]
