"""The page of workspaces and what stands behind it: a real file, a vault, checks that follow a script."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.workspaces.memory_vault import MemoryVault
from tray_auth_desktop.core.connection_check import CheckResult, Verdict
from tray_auth_desktop.gui.token_question import TokenQuestion
from tray_auth_desktop.gui.workspaces_page import WorkspacesPage
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.workspaces.vault import Vault

TOKEN = "5ec7e7" * 7
BOOK = """\
# by hand
active = "acme"

[workspaces.acme]
region = "eu1"
embedded_id = "acme"

[workspaces.beta]
embedded_id = "beta"
"""
GOOD = CheckResult("Master token", Verdict.OK, "The master token is accepted.")
BAD = CheckResult("Dialog host", Verdict.FAILED, "Not reached. Check the network.")


@dataclass
class Checks:
    """Checks that answer as the test says; `gate` holds the second one back."""

    results: tuple[CheckResult, ...] = (GOOD, CheckResult("Region", Verdict.OK, "Right."))
    error: Exception | None = None
    gate: threading.Event | None = None
    asked: list[tuple[str, Secret | None]] = field(default_factory=list)

    def __call__(self, name: str, token: Secret | None) -> Iterator[CheckResult]:
        self.asked.append((name, token))
        if self.error is not None:
            raise self.error
        for number, result in enumerate(self.results):
            if number and self.gate is not None:
                assert self.gate.wait(10)
            yield result


class Stage:
    """The page with all that stands behind it."""

    def __init__(self, folder: Path, bot: QtBot, text: str | None) -> None:
        self.path, self.bot, self.checks, self.tasks = folder / "config.toml", bot, Checks(), Tasks()
        if text is not None:
            self.path.write_text(text)
        self.page = WorkspacesPage(self.path, Vault(limit_s=5), self.checks, self.tasks)
        self.used: list[str] = []
        self.given: list[tuple[str, Secret]] = []
        self.changes: list[None] = []
        self.page.use_requested.connect(self.used.append)
        self.page.token_given.connect(lambda name, token: self.given.append((name, token)))
        self.page.changed.connect(lambda: self.changes.append(None))
        self.page.resize(1100, 800)
        bot.addWidget(self.page, before_close_func=lambda _page: self.tasks.close())
        with bot.waitSignals(
            [self.page.store.book_read, self.page.store.vault_known], raising=text != "broken ="
        ):
            self.page.show()

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Return what the list shows now."""
        return self.page.list.rows

    def is_testing(self) -> bool:
        """Whether results are still to come."""
        return self.page.panel.is_running

    def type(self, **texts: str) -> None:
        """Type into fields by their names, as a person does."""
        form = self.page.form
        for name, text in texts.items():
            line = {"name": form.name, "embedded_id": form.embedded_id, "token": form.token}.get(name)
            edit = (line or form.hosts.field(name)).field
            edit.setFocus()
            edit.selectAll()
            QTest.keyClicks(edit, text)

    def save(self) -> None:
        """Save, and wait for it and the test."""
        with self.bot.waitSignals([self.page.changed, self.page.panel.ended]):
            QTest.mouseClick(self.page.form.save_button, Qt.MouseButton.LeftButton)

    def answer(self, text: str) -> None:
        """Press a button of the question on show."""
        question = self.page.questions.current
        assert isinstance(question, QMessageBox)
        (button,) = [button for button in question.buttons() if button.text() == text]
        button.click()

    def question(self) -> TokenQuestion:
        self.bot.waitUntil(lambda: isinstance(self.page.questions.current, TokenQuestion))
        question = self.page.questions.current
        assert isinstance(question, TokenQuestion)
        return question


def use_backend(stage: Stage, backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)
    with stage.bot.waitSignal(stage.page.store.vault_known):
        stage.page.reload()


@pytest.fixture
def backend() -> Iterator[MemoryVault]:
    """The vault that is found, in memory."""
    before = keyring.get_keyring()
    vault = MemoryVault()
    keyring.set_keyring(vault)
    yield vault
    keyring.set_keyring(before)


@pytest.fixture
def empty(tmp_path: Path, qtbot: QtBot, backend: MemoryVault) -> Stage:
    """The page where no workspace is set up."""
    return Stage(tmp_path, qtbot, None)


@pytest.fixture
def stage(tmp_path: Path, qtbot: QtBot, backend: MemoryVault) -> Stage:
    """The page with two workspaces."""
    return Stage(tmp_path, qtbot, BOOK)
