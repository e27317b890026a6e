"""Brings back a choice that a dialog was opened for before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from tray_auth_desktop.onboarding.tasks import Tasks

if TYPE_CHECKING:
    from tray_auth_desktop.onboarding.recents import RecentChoice, Recents

_LETTERS = 70


class RecentButton(QToolButton):
    """A menu of recent choices; without any, it says how one comes there.

    Signals:
        recalled(RecentChoice): this one is wanted again.
    """

    recalled = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._recents: Recents | None = None
        self._workspace = ""
        self.choices: tuple[RecentChoice, ...] = ()
        self.setText("&Recent")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("Choose again what a dialog was opened for before")
        self.setAccessibleName("Recent choices")
        self.clicked.connect(self.open_menu)
        self.hide()

    def use(self, recents: Recents, workspace: str) -> None:
        """Remember the choices of a workspace from now on."""
        self._recents, self._workspace = recents, workspace
        self.choices = ()
        self.show()
        self._tasks.submit(lambda: recents.of(workspace), self._on_read, self._on_failed)

    def remember(self, choice: RecentChoice) -> None:
        """Put a choice first."""
        recents, workspace = self._recents, self._workspace
        if recents is not None:
            self._tasks.submit(lambda: recents.add(workspace, choice), self._on_read, self._on_failed)

    def open_menu(self) -> None:
        """Show the recent choices."""
        menu = QMenu("Recent choices", self)
        menu.setToolTipsVisible(True)
        for choice in self.choices:
            menu.addAction(self._action(choice, menu))
        if not self.choices:
            empty = menu.addAction("Nothing yet: what a dialog is opened for appears here")
            empty.setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _action(self, choice: RecentChoice, menu: QMenu) -> QAction:
        text = f"{choice.label} · {choice.detail}"
        short = text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1]}…"
        action = QAction(short.replace("&", "&&"), menu)
        action.setToolTip(f"{choice.label}\n{choice.detail}")
        action.triggered.connect(lambda: self.recalled.emit(choice))
        return action

    def _on_read(self, choices: tuple[RecentChoice, ...]) -> None:
        self.choices = choices

    def _on_failed(self, _error: Exception) -> None:
        """What cannot be read is as good as none."""
