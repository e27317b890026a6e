"""The About dialog: facts that come later, an error that can be tried again, Markdown."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.gui.about_dialog import AboutDialog, as_markdown
from tray_auth_desktop.onboarding.tasks import Tasks

FACTS = [("Qt", "6.11.3"), ("Vault", "GNOME | KWallet\nor the like")]


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_it_shows_the_facts_when_they_are_there_and_copies_them(qtbot: QtBot, tasks: Tasks) -> None:
    gate = threading.Event()

    def load() -> list[tuple[str, str]]:
        assert gate.wait(10)
        return FACTS

    about = AboutDialog(load, tasks)
    qtbot.addWidget(about)
    about.show()
    assert not about.copy_button.isEnabled()
    gate.set()
    qtbot.waitUntil(about.copy_button.isEnabled)
    assert about.table.rows()[0] == ("Qt", "6.11.3")
    with qtbot.waitSignal(about.copied):
        about.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert text == as_markdown(FACTS)
    assert text.splitlines()[0] == "| What | Which |"


def test_a_cell_of_markdown_stays_one_cell() -> None:
    assert as_markdown(FACTS).splitlines()[-1] == r"| Vault | GNOME \| KWallet or the like |"


def test_a_failure_is_said_and_can_be_tried_again(qtbot: QtBot, tasks: Tasks) -> None:
    answers: list[object] = [TrayAuthError("It is locked.", advice="Unlock it."), FACTS]

    def load() -> list[tuple[str, str]]:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return FACTS

    about = AboutDialog(load, tasks)
    qtbot.addWidget(about)
    about.show()
    qtbot.waitUntil(lambda: "Unlock it." in about.line.text())
    next(button for button in about.line.findChildren(QPushButton) if button.text() == "Retry").click()
    qtbot.waitUntil(lambda: len(about.table.rows()) == 2)


def test_closing_it_early_does_no_harm(qtbot: QtBot, tasks: Tasks) -> None:
    gate, ended = threading.Event(), threading.Event()

    def load() -> list[tuple[str, str]]:
        assert gate.wait(10)
        ended.set()
        return FACTS

    about = AboutDialog(load, tasks)
    about.show()
    with qtbot.waitSignal(about.destroyed):
        about.close()
    gate.set()
    assert ended.wait(10)
    with qtbot.waitSignal(tasks.destroyed, timeout=50, raising=False):
        pass  # what comes back now is dropped
