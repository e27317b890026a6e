"""What stands folded at the foot of the form is seen once it is opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.form_bench import FormStage, left

__all__ = ["left"]


def test_what_more_holds_comes_into_view(left: FormStage, qtbot: QtBot) -> None:
    left.load()
    form = left.form
    form.user_picker.choose("user-1")
    form.service_picker.choose("svc-slack")
    left.until(lambda: bool(form.environment_picker.key))  # what comes later moves everything
    form.resize(300, 420)
    assert form.extras.parameters.visibleRegion().isEmpty()
    form.extras.toggle.setFocus()
    QTest.keyClick(form.extras.toggle, Qt.Key.Key_Space)
    parameters = form.extras.parameters
    qtbot.waitUntil(lambda: parameters.visibleRegion().boundingRect().height() == parameters.height())
