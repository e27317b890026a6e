"""The test of a connection on the page of workspaces."""

from __future__ import annotations

import threading

from PySide6.QtGui import QGuiApplication

from tests.gui.workspace_stage import BAD, GOOD, Stage, backend, stage
from tray_auth_desktop.errors import UsageError

__all__ = ["backend", "stage"]


# The test of the connection.


def test_results_come_one_by_one_and_the_rest_can_be_cancelled(stage: Stage) -> None:
    panel = stage.page.panel
    stage.checks.gate = threading.Event()
    stage.page.editor.test_button.click()
    stage.bot.waitUntil(lambda: panel.results == (GOOD,))
    assert stage.is_testing()
    panel.cancel_button.click()
    assert not stage.is_testing()
    assert "Cancelled" in panel.summary
    stage.checks.gate.set()
    stage.checks.gate = None
    with stage.bot.waitSignal(panel.ended):
        panel.retry_button.click()
    assert len(panel.results) == 2


def test_what_failed_is_said_with_what_to_do_and_can_be_copied(stage: Stage) -> None:
    stage.checks.results = (GOOD, BAD)
    panel = stage.page.panel
    with stage.bot.waitSignal(panel.ended) as ended:
        stage.page.editor.test_button.click()
    assert ended.args == [False]
    assert not panel.use_button.isVisible()
    panel.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert "Dialog host: does not work. Not reached. Check the network." in text
    assert "Master token: works" in text


def test_checks_that_cannot_be_made_are_a_result_too(stage: Stage) -> None:
    stage.checks.error = UsageError("The file cannot be read.", advice="Mend it.")
    with stage.bot.waitSignal(stage.page.panel.ended):
        stage.page.editor.test_button.click()
    assert stage.page.panel.results[0].text == "The file cannot be read. Mend it."


def test_results_of_another_workspace_are_not_left_on_show(stage: Stage) -> None:
    stage.checks.gate = threading.Event()
    stage.page.editor.test_button.click()
    stage.bot.waitUntil(lambda: bool(stage.page.panel.results))
    stage.page.select("beta")
    assert not stage.page.panel.isVisible()
    stage.checks.gate.set()
    stage.bot.wait(20)
    assert stage.page.panel.results == ()
