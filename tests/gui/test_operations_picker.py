"""Scopes by what the connector must do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QPushButton

from tests.gui.form_bench import FormStage, left
from tray_auth_desktop.errors import NetworkError
from tray_auth_desktop.gui.operations_picker import OperationsPicker

__all__ = ["left"]


@pytest.fixture
def stage(left: FormStage) -> FormStage:
    left.choose()
    left.until(lambda: bool(left.form.environment_picker.key))
    return left


def opened(stage: FormStage) -> OperationsPicker:
    stage.form.scope_picker.by_operations.trigger()
    picker = stage.form.choices.operations_picker
    assert picker is not None
    return picker


def shown(picker: OperationsPicker) -> list[str]:
    rows = (picker.list.item(row) for row in range(picker.list.count()))
    return [item.text() for item in rows if not item.isHidden()]


def check(picker: OperationsPicker, text: str) -> None:
    """Check an operation by keyboard."""
    row = next(row for row in range(picker.list.count()) if picker.list.item(row).text() == text)
    picker.list.setCurrentRow(row)
    QTest.keyClick(picker.list, Qt.Key.Key_Space)


def take(picker: OperationsPicker) -> QPushButton:
    box = picker.findChild(QDialogButtonBox)
    assert box is not None
    return next(one for one in box.buttons() if "Use" in one.text())  # type: ignore[return-value]  # all are QPushButton


def test_the_scopes_of_checked_operations_are_taken_over_and_others_stay(stage: FormStage) -> None:
    stage.form.scope_picker.check("my:own")
    picker = opened(stage)
    stage.until(lambda: len(shown(picker)) == 3)
    assert not take(picker).isEnabled()
    check(picker, "Send message")
    check(picker, "List channels")
    assert picker.scopes() == ("chat:write", "chat:write.public", "channels:read")
    take(picker).click()
    assert stage.form.scope_picker.scopes() == (
        "channels:read", "chat:write", "my:own", "chat:write.public",
    )  # fmt: skip
    request = stage.form.request()
    assert request is not None
    assert "chat:write.public" in request.scopes, "one that the environment does not list is asked for too"


def test_each_operation_shows_its_scopes_and_can_be_found_by_them(stage: FormStage) -> None:
    picker = opened(stage)
    stage.until(lambda: len(shown(picker)) == 3)
    QTest.keyClicks(picker.filter_line, "channels:read")
    assert shown(picker) == ["List channels"]
    picker.filter_line.setText("needs no")
    assert shown(picker) == ["Parse a text"]
    check(picker, "Parse a text")
    assert picker.scopes() == ()
    assert not take(picker).isEnabled()


def test_other_versions_of_the_connector_can_be_looked_at_and_add_up(stage: FormStage) -> None:
    picker = opened(stage)
    box = picker.connector_choice
    assert [box.itemText(row) for row in range(box.count())] == ["slack 9.0 (newest)", "slack 8.1"]
    stage.until(lambda: len(shown(picker)) == 3)
    check(picker, "Send message")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    stage.until(lambda: shown(picker) == ["Search"])
    check(picker, "Search")
    assert picker.scopes() == ("chat:write", "chat:write.public", "search:read")
    box.setCurrentIndex(0)
    box.activated.emit(0)
    stage.until(lambda: len(shown(picker)) == 3)
    assert picker.list.item(0).checkState() == Qt.CheckState.Checked


def test_a_failure_can_be_retried_and_nothing_is_taken_by_cancelling(stage: FormStage) -> None:
    stage.client.failing["operations of slack"] = NetworkError("Not reached.", advice="Check it.")
    picker = opened(stage)
    stage.until(lambda: picker.state_text == "Not reached. Check it.")
    stage.client.failing.clear()
    retry = next(one for one in picker.findChildren(QPushButton) if one.accessibleName().startswith("Retry"))
    retry.click()
    stage.until(lambda: len(shown(picker)) == 3)
    check(picker, "Send message")
    picker.reject()
    assert stage.form.scope_picker.scopes() == ()


def test_a_connector_without_operations_says_what_to_do(left: FormStage) -> None:
    left.choose(service="svc-twilio")
    left.until(lambda: bool(left.form.environment_picker.key))
    picker = opened(left)
    left.until(lambda: "lists no operations" in picker.state_text)
    assert not picker.connector_choice.isVisible()


def test_without_a_service_there_is_a_reason(left: FormStage) -> None:
    left.load()
    assert left.form.why_no_operations() == "Choose a service and an environment first."
    left.form.choose_by_operations()
    assert left.form.choices.operations_picker is None
