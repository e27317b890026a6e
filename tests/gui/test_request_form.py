"""From choices to a request, and the one primary button."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.gui.form_bench import SLACK, FormStage, left
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.models import Scope, ServiceEnvironment
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.errors import NetworkError

__all__ = ["left"]


def primary_of(stage: FormStage) -> QPushButton:
    buttons = stage.form.findChildren(QPushButton)
    return next(button for button in buttons if button.text() in ("&Open dialog", "&Cancel"))


def test_the_button_says_what_is_missing(left: FormStage) -> None:
    form, button = left.form, primary_of(left)
    assert not button.isEnabled()
    assert button.accessibleDescription() == "Choose an end user, a service and an environment first."
    left.load()
    form.user_picker.choose("user-1")
    assert button.accessibleDescription() == "Choose a service and an environment first."
    form.service_picker.choose("svc-salesforce")
    left.until(lambda: form.environment_picker.state_text == "3 to choose from")
    assert button.accessibleDescription() == "Choose an environment first."
    assert not button.isEnabled()
    form.environment_picker.choose("env-sf-1")
    assert button.isEnabled()


def test_a_single_environment_is_chosen_by_itself(left: FormStage) -> None:
    left.choose(service="svc-twilio")
    assert left.form.request() == DialogRequest("user-1", "svc-twilio", "env-twilio", service_name="twilio")
    assert left.form.subject == Subject("Michael Scott", "Twilio", "Production")


def test_another_service_drops_the_environment(left: FormStage) -> None:
    left.choose(service="svc-slack")
    form = left.form
    assert form.environment_picker.key == "env-slack"
    form.service_picker.choose("svc-salesforce")
    assert form.environment_picker.key == ""
    assert form.request() is None
    left.until(lambda: form.environment_picker.state_text == "3 to choose from")
    assert not form.environment_picker.key


def test_environments_come_with_the_default_first_and_readable_names(left: FormStage) -> None:
    left.choose(service="svc-salesforce")
    picker = left.form.environment_picker
    picker.field.open_list()
    rows = picker.field.completion_list.model()
    assert [str(rows.index(row, 0).data()) for row in range(rows.rowCount())] == [
        "Production",
        "OAuth 2 environment (env-sf-2)",
        "Acme app",
    ]
    picker.choose("env-sf-2")
    assert picker.field.text() == "OAuth 2 environment (env-sf-2)"


def test_environments_of_the_same_title_are_told_apart(left: FormStage) -> None:
    left.client.environments["twilio", "2"] = (
        ServiceEnvironment("aaaaaaaa-1", "Production", "token"),
        ServiceEnvironment("bbbbbbbb-2", "Production", "token"),
    )
    left.choose(service="svc-twilio")
    left.form.environment_picker.choose("bbbbbbbb-2")
    assert left.form.environment_picker.state_text == "Token · bbbbbbbb"


def test_failed_environments_keep_the_service_and_retry(left: FormStage) -> None:
    left.client.failing["environments"] = NetworkError("Not reached.")
    form = left.form
    left.load()
    form.service_picker.choose("svc-slack")
    left.until(lambda: form.environment_picker.state_text.startswith("Not reached."))
    assert form.service_picker.key == "svc-slack"
    left.client.failing.clear()
    form.environment_picker.retried.emit()
    left.until(lambda: form.environment_picker.key == "env-slack")


def test_opening_is_asked_for_with_what_is_chosen(left: FormStage) -> None:
    left.choose()
    left.form.scope_picker.check("chat:write")
    with left.bot.waitSignal(left.form.opened):
        QTest.mouseClick(primary_of(left), Qt.MouseButton.LeftButton)
    assert left.form.request() == DialogRequest(
        "user-1", "svc-slack", "env-slack", ("chat:write",), service_name="slack"
    )


@pytest.fixture
def slow_double_click(qapp: QApplication) -> Iterator[None]:
    """Let a second click count as one of a double click until a test says otherwise, however slow it is."""
    interval_ms = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(60_000)
    yield
    qapp.setDoubleClickInterval(interval_ms)


@pytest.mark.usefixtures("slow_double_click")
def test_while_an_attempt_runs_the_button_cancels_and_nothing_can_be_changed(left: FormStage) -> None:
    left.choose()
    form, button = left.form, primary_of(left)
    request, cancels = form.request(), []
    form.cancelled.connect(lambda: cancels.append(1))
    form.set_running(True)
    assert button.text() == "&Cancel"
    assert not form.user_picker.field.isEnabled()
    assert not form.scope_picker.isEnabled()
    button.click()
    assert cancels == [], "the second click of a double click"
    QApplication.setDoubleClickInterval(1)
    left.until(lambda: form.has_been_running_for_ms > 1)
    button.click()
    assert cancels == [1]
    form.set_running(False)
    assert button.text() == "&Open dialog"
    assert form.user_picker.field.isEnabled()
    assert form.request() == request


def test_what_cannot_be_asked_for_is_said_instead_of_failing(left: FormStage) -> None:
    odd = ServiceEnvironment("env-twilio", "Production", "token", (Scope("bad\u200bscope"),))
    left.client.environments["twilio", "2"] = (odd,)
    left.choose(service="svc-twilio")
    left.form.scope_picker.check("bad\u200bscope")
    assert left.form.request() is None
    assert "not printable" in primary_of(left).accessibleDescription()
    assert not primary_of(left).isEnabled()


# Versions of a service.


def test_the_newest_version_is_chosen_and_older_ones_can_be(left: FormStage) -> None:
    left.choose(service="svc-slack")
    form = left.form
    box = form.service_picker.version_choice
    assert box.isVisible()
    assert [box.itemText(row) for row in range(box.count())] == ["Version 4 (newest)", "Version 3"]
    assert box.currentIndex() == 0
    QTest.keyClick(box, Qt.Key.Key_Down)
    left.until(lambda: form.environment_picker.key == "env-slack-3")
    request = form.request()
    assert request is not None
    assert (request.service_id, request.service_environment_id) == ("svc-slack-3", "env-slack-3")
    form.service_picker.choose("svc-twilio")
    assert not box.isVisible()


def test_a_service_can_be_chosen_by_the_id_of_an_older_version(left: FormStage) -> None:
    left.load()
    left.form.service_picker.choose("svc-slack-3")
    left.until(lambda: left.form.environment_picker.key == "env-slack-3")
    assert left.form.service_picker.version_choice.currentText() == "Version 3"
    assert left.client.calls.count("environments") == 1


def test_a_reload_keeps_the_older_version(left: FormStage) -> None:
    left.choose(service="svc-slack-3")
    left.until(lambda: left.form.environment_picker.key == "env-slack-3")
    left.catalog.load_services()
    left.until(lambda: left.form.service_picker.is_loaded)
    assert left.form.service_picker.service is not None
    assert left.form.service_picker.service.service_id == "svc-slack-3"
    assert left.form.environment_picker.key == "env-slack-3"


# A solution instance, and extra parameters.


def test_a_solution_instance_takes_the_place_of_service_and_environment(left: FormStage) -> None:
    left.load()
    form = left.form
    form.user_picker.choose("user-1")
    form.extras.toggle.click()
    form.extras.is_solution.click()
    assert form.solution.isVisible()
    assert not form.service_picker.isVisible()
    assert form.missing() == ("a solution instance id", "an external auth id")
    QTest.keyClicks(form.solution.instance_id, " 11111111-2222 ")
    QTest.keyClicks(form.solution.external_auth_id, "external_slack_authentication")
    assert form.request() == DialogRequest(
        "user-1",
        kind=DialogKind.SOLUTION,
        solution_instance_id="11111111-2222",
        external_auth_id="external_slack_authentication",
    )
    assert form.subject == Subject("Michael Scott", "external_slack_authentication")
    form.extras.toggle.click()
    assert "solution instance" in form.extras.toggle.text(), "what is folded away says so"
    assert form.solution.isVisible()


def test_an_id_that_cannot_stand_in_an_address_is_refused_at_once(left: FormStage) -> None:
    left.load()
    form = left.form
    form.user_picker.choose("user-1")
    form.extras.is_solution.setChecked(True)
    form.solution.set_ids("../admin", "x")
    assert form.request() is None
    assert "solution instance id" in primary_of(left).accessibleDescription()


def test_extra_parameters_go_with_the_request(left: FormStage) -> None:
    left.choose(service="svc-twilio")
    form = left.form
    form.extras.toggle.click()
    form.extras.parameters.set_parameters((("skipTitleField", "true"), ("", "")))
    request = form.request()
    assert request is not None
    assert request.extra_parameters == (("skipTitleField", "true"),)
    assert "1 parameter" in form.extras.toggle.text()


def test_reserved_and_nameless_parameters_are_refused(left: FormStage) -> None:
    left.choose(service="svc-twilio")
    form = left.form
    for pair, word in ((("code", "x"), "code"), (("scopes[]", "x"), "scopes[]"), (("", "alone"), "alone")):
        form.extras.parameters.set_parameters((pair,))
        assert form.request() is None
        assert word in primary_of(left).accessibleDescription()
    form.extras.parameters.set_parameters(())
    assert form.request() is not None


def test_a_parameter_can_be_added_and_removed_by_keyboard(left: FormStage) -> None:
    left.choose(service="svc-twilio")
    form = left.form
    form.extras.toggle.click()
    rows = form.extras.parameters
    add = next(one for one in rows.findChildren(QPushButton) if "Add" in one.text())
    add.setFocus()
    QTest.keyClick(add, Qt.Key.Key_Space)
    line = QApplication.focusWidget()
    assert line is not None
    assert line.accessibleName() == "Name of parameter 1"
    QTest.keyClicks(line, "lang")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    value = QApplication.focusWidget()
    assert value is not None
    QTest.keyClicks(value, "de")
    assert rows.parameters() == (("lang", "de"),)


def test_the_wheel_does_not_change_the_version_by_accident(left: FormStage) -> None:
    left.choose(service="svc-slack")
    box = left.form.service_picker.version_choice
    left.form.user_picker.field.setFocus()
    place = QPointF(box.rect().center())
    event = QWheelEvent(
        place, QPointF(box.mapToGlobal(place.toPoint())), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)
    assert box.currentIndex() == 0
    assert left.form.service_picker.service == SLACK
