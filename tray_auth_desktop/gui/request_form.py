"""The left side: what is to be authenticated, and the one button that starts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.gui.guidance import RUNNING
from tray_auth_desktop.gui.request_choices import RequestChoices
from tray_auth_desktop.gui.scrolling import scrolled
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.theme import give_style
from tray_auth_desktop.gui.user_actions import NOBODY
from tray_auth_desktop.onboarding.catalog import Catalog

if TYPE_CHECKING:
    from tray_auth_desktop.gui.solution_fields import SolutionFields
    from tray_auth_desktop.onboarding.recents import RecentChoice, Recents


class RequestForm(QWidget):
    """The choices, and beneath them the button with the reason why it cannot be pressed yet.

    What a menu or a palette can offer: `new_user`, `copy_user_ids`, `delete_user` and
    `choose_by_operations`, each with a reason in `why_no_user` or `why_no_operations`, and
    `recent_button.open_menu`.

    Attributes:
        choices: All pickers; those that others speak of are attributes of the form too.

    Signals:
        changed(): another request, or none, is chosen now.
        user_chosen(object): a user id, or None.
        opened(): the person wants the dialog.
        cancelled(): the person wants out of the running attempt.
        copied(str): this went to the clipboard.
    """

    changed = Signal()
    user_chosen = Signal(object)
    opened = Signal()
    cancelled = Signal()
    copied = Signal(str)

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_running = False
        self._turned = QElapsedTimer()
        self._turned.start()
        self.choices = choices = RequestChoices(catalog, self)
        self.user_picker, self.service_picker = choices.user_picker, choices.service_picker
        self.environment_picker, self.scope_picker = choices.environment_picker, choices.scope_picker
        self.extras = choices.extras
        self.users, self.recent_button = choices.users, choices.recent_button
        self._button = QPushButton("&Open dialog", self)
        self._button.setProperty("isRunning", False)
        self._reason = WrappedLabel(parent=self)
        self._lay_out()
        choices.changed.connect(self._on_changed)
        choices.user_chosen.connect(self.user_chosen)
        choices.copied.connect(self.copied)
        self._button.clicked.connect(self._on_button)
        self._show_readiness()

    def _lay_out(self) -> None:
        give_style(self._button, "primary_button")
        self._reason.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._reason.setAccessibleName("Why the dialog cannot be opened yet")
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 16)
        foot.setSpacing(4)
        foot.addWidget(self._button)
        foot.addWidget(self._reason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scrolled(self.choices, self), 1)
        layout.addLayout(foot)

    @property
    def solution(self) -> SolutionFields:
        """Names a place in a solution instance."""
        return self.choices.solution

    @property
    def subject(self) -> Subject:
        """What is chosen, as people call it; parts that are not chosen are empty."""
        return self.choices.subject

    def missing(self) -> tuple[str, ...]:
        """Return what is still to be chosen."""
        return self.choices.missing()

    def problem(self) -> str:
        """Return why what is chosen cannot be asked for; empty if it can, or is not complete."""
        return self.choices.problem()

    def request(self) -> DialogRequest | None:
        """Return what is chosen, if that is all that is needed."""
        return self.choices.request()

    def restore(self, user_id: str) -> None:
        """Choose the end user chosen last, unless somebody is chosen already; fetched by id if need be."""
        self.choices.restore(user_id)

    def fill(self, request: DialogRequest, subject: Subject | None = None) -> None:
        """Choose all that a request asks for. What does not exist any more is said where it is missing.

        Args:
            request: For the editing of an authentication only what is known of it can be chosen.
            subject: What people called it.
        """
        self.choices.fill(request, subject or Subject())

    def use_recents(self, recents: Recents, workspace: str) -> None:
        """Offer the choices made before in a workspace, and keep those to come."""
        self.recent_button.use(recents, workspace)

    def recall(self, choice: RecentChoice) -> None:
        """Choose what was chosen before; the end user stays."""
        self.choices.recall(choice)

    def remember(self) -> None:
        """Keep what is chosen among the recent choices: the dialog is being opened for it."""
        self.choices.remember()

    def new_user(self) -> None:
        """Ask for what a new end user needs."""
        self.users.new_user()

    def copy_user_ids(self) -> None:
        """Copy both ids of the chosen end user."""
        self.users.copy_user_ids()

    def delete_user(self) -> None:
        """Delete the chosen end user, after a question."""
        self.users.delete_user()

    def choose_by_operations(self) -> None:
        """Let scopes be chosen by what a connector must do."""
        self.choices.choose_by_operations()

    def why_no_user(self) -> str:
        """Return why nothing can be done with an end user; empty if it can."""
        return "" if self.user_picker.user else NOBODY

    def why_no_operations(self) -> str:
        """Return why scopes cannot be chosen by operations; empty if they can."""
        return "" if self.choices.has_operations else "Choose a service and an environment first."

    @property
    def has_been_running_for_ms(self) -> int:
        """Milliseconds since the button last changed its meaning."""
        return self._turned.elapsed()

    def set_running(self, is_running: bool) -> None:
        """While an attempt runs, its choices cannot be changed and the button ends it."""
        self._is_running = is_running
        self._turned.restart()
        self.choices.setEnabled(not is_running)
        self._show_readiness()

    def _show_readiness(self) -> None:
        missing, problem = self.missing(), self.problem()
        self._button.setText("&Cancel" if self._is_running else "&Open dialog")
        self._button.setEnabled(self._is_running or not (missing or problem))
        if self._button.property("isRunning") is not self._is_running:
            self._button.setProperty("isRunning", self._is_running)
            self._button.style().polish(self._button)
        if self._is_running:
            reason = RUNNING
        elif missing:
            reason = f"Choose {_listed(missing)} first."
        else:
            reason = problem or "Ctrl+Enter opens it too."
        self._reason.setText(reason)
        self._button.setAccessibleDescription(reason)

    def _on_changed(self) -> None:
        self._show_readiness()
        self.changed.emit()

    def _on_button(self) -> None:
        if self._is_running:
            if self.has_been_running_for_ms > QApplication.doubleClickInterval():
                self.cancelled.emit()  # else it is the second click of the one that opened
        else:
            self.opened.emit()


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
