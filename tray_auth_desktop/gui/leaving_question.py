"""The question before a running attempt is left, by closing the window or for another workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

    from tray_auth_desktop.gui.ports import Desk


@dataclass(frozen=True, slots=True)
class Leave:
    """What the person wants to do, in words."""

    title: str
    verb: str
    button: str
    progress: str


CLOSE = Leave("Close the window?", "Closing", "Close the dialog and the window", "Closing…")
SWITCH = Leave(
    "Switch the workspace?",
    "Switching to another workspace",
    "Close the dialog and switch",
    "Switching the workspace…",
)


class LeavingQuestion(QObject):
    """Asks, ends the attempt, and goes on when it has ended: but a result that came meanwhile is seen first.

    Signals:
        progressed(str): one line on what is being waited for.
    """

    progressed = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._question: QMessageBox | None = None
        self._following: Callable[[], object] | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether the person has decided, and the attempt has not ended yet."""
        return self._following is not None

    def leave(self, desk: Desk, leave: Leave, following: Callable[[], object]) -> None:
        """Go on at once if no attempt runs; else ask first. While it asks, it asks nothing else."""
        if not desk.is_running:
            following()
        elif self._question is not None:
            self._question.raise_()
        elif not self.is_waiting:
            self._ask(desk, leave, following)

    def on_attempt_ended(self, outcome: Outcome) -> None:
        """The attempt has ended: what was waited for can go on."""
        if self._question is not None:
            self._question.reject()
        following, self._following = self._following, None
        if following is not None and outcome.kind is not OutcomeKind.CAPTURED:
            QTimer.singleShot(0, self, following)

    def _ask(self, desk: Desk, leave: Leave, following: Callable[[], object]) -> None:
        from PySide6.QtWidgets import QMessageBox

        question = QMessageBox(self._window)
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle(leave.title)
        question.setText("The dialog is still open.")
        question.setInformativeText(
            f"{leave.verb} ends the attempt. What was typed into the dialog is lost; "
            "an authentication that was already made is still looked for."
        )
        go = question.addButton(leave.button, QMessageBox.ButtonRole.DestructiveRole)
        keep = question.addButton("Keep it open", QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(keep)
        question.setEscapeButton(keep)
        question.finished.connect(
            lambda: self._on_answered(question.clickedButton() is go, desk, leave, following)
        )
        self._question = question
        question.open()

    def _on_answered(self, is_to_go: bool, desk: Desk, leave: Leave, following: Callable[[], object]) -> None:
        if self._question is not None:
            self._question.deleteLater()
            self._question = None
        if not is_to_go:
            return
        if not desk.is_running:
            following()
            return
        self._following = following
        self.progressed.emit(leave.progress)
        desk.cancel()
