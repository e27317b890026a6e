"""What the page of workspaces asks before it does what cannot be undone. None of it blocks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from tray_auth_desktop.gui.token_question import TokenQuestion
from tray_auth_desktop.secrets import Secret


class WorkspaceQuestions:
    """One question at a time.

    Args:
        parent: What they stand in front of.
    """

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._open: QDialog | None = None

    @property
    def current(self) -> QDialog | None:
        """The question on show."""
        return self._open

    def ask_remove(self, name: str, path: Path, on_yes: Callable[[], None]) -> None:
        """Ask whether a workspace shall go."""
        self._ask(
            f"Remove the workspace {name}?",
            f"Its entry in {path} goes, and its master token and proxy password in the vault. "
            "Nothing at Tray is changed, and past attempts stay in the history. This cannot be undone.",
            "Remove",
            on_yes,
        )

    def ask_discard(self, name: str, on_yes: Callable[[], None]) -> None:
        """Ask whether what was typed shall go."""
        self._ask(
            f"Discard what you typed for {name}?" if name else "Discard what you typed?",
            "What is saved stays as it is.",
            "Discard",
            on_yes,
        )

    def ask_token(self, name: str, vault: str, on_given: Callable[[Secret, bool], None]) -> None:
        """Ask for a workspace's master token."""
        if self._open is not None:
            return
        question = TokenQuestion(name, vault=vault, parent=self._parent)
        question.given.connect(on_given)
        self._show(question)

    def _ask(self, text: str, informative: str, verb: str, on_yes: Callable[[], None]) -> None:
        if self._open is not None:
            return
        question = QMessageBox(self._parent)
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle(f"{verb}?")
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setText(text)
        question.setInformativeText(informative)
        yes = question.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
        no = question.addButton("Keep it", QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(no)
        question.setEscapeButton(no)

        def answered() -> None:
            if question.clickedButton() is yes:
                on_yes()

        question.finished.connect(answered)
        self._show(question)

    def _show(self, question: QDialog) -> None:
        self._open = question
        question.finished.connect(self._on_finished)
        question.open()

    def _on_finished(self) -> None:
        if self._open is not None:
            self._open.deleteLater()
            self._open = None
