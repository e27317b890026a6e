"""Asks for what a new end user needs, and stays until there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tray_auth_desktop.gui.check_box import CheckBox
from tray_auth_desktop.gui.dialog_fit import grow_to_fit
from tray_auth_desktop.gui.grounds import Field
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolLabel
from tray_auth_desktop.gui.theme import Tone
from tray_auth_desktop.onboarding.user_work import UserWork, WorkFailed

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import EndUser

_TEST_USER = (
    "For trying things out: Tray may stop a test user's workflows after 72 hours and keeps fewer logs. "
    "Leave it off for customers."
)
_EXTERNAL = "The id that your own application knows this customer by; it should be unique."
_WIDTH_LETTERS = 56


class NewUserDialog(QDialog):
    """Makes an end user. A refusal is shown and nothing that was typed is lost.

    Where no answer came, nobody knows whether the user was made: then it is looked for
    instead of made twice.

    Signals:
        made(EndUser): there is a new end user, or the one that was found instead.
    """

    made = Signal(object)

    def __init__(self, work: UserWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._is_busy = False
        self._is_creating = False
        self._is_warned = False
        self._may_exist = ""
        self.setWindowTitle("New end user")
        self.name = Field(self)
        self.external_user_id = Field(self)
        self.is_test_user = CheckBox("&Test user", self)
        self._symbol = SymbolLabel("warning", Tone.PROBLEM, self)
        self._message = WrappedLabel(parent=self)
        self._message.setAccessibleName("What is wrong")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, parent=self)
        self._create = QPushButton("C&reate", self)
        self._look = QPushButton("&Look for it", self)
        self._look.setAccessibleDescription("Look whether the end user was made although no answer came")
        buttons.addButton(self._look, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self._create, QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out(buttons)
        buttons.rejected.connect(self.reject)
        self._create.clicked.connect(self._on_create)
        self._look.clicked.connect(self._on_look)
        for line in (self.name, self.external_user_id):
            line.textChanged.connect(self._on_edited)
        self._create.setDefault(True)
        self._say("")
        self._on_edited()

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(4)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_LETTERS)
        for text, line, meaning in (
            ("&Name", self.name, "What people call this customer."),
            ("E&xternal user id", self.external_user_id, _EXTERNAL),
        ):
            label = QLabel(text, self)
            label.setBuddy(line)
            line.setAccessibleName(text.replace("&", ""))
            line.setAccessibleDescription(meaning)
            layout.addWidget(label)
            layout.addWidget(line)
            layout.addWidget(_quiet(meaning, self))
            layout.addSpacing(8)
        self.is_test_user.setAccessibleDescription(_TEST_USER)
        layout.addWidget(self.is_test_user)
        layout.addWidget(_quiet(_TEST_USER, self))
        layout.addSpacing(8)
        message = QHBoxLayout()
        message.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        message.addWidget(self._message, 1)
        layout.addLayout(message)
        layout.addStretch(1)
        layout.addWidget(buttons)

    @property
    def message(self) -> str:
        """What the dialog says about what went wrong, or is under way."""
        return self._message.text()

    def problem(self) -> str:
        """Return why what was typed cannot be sent; empty if it can."""
        name, external = self.name.text().strip(), self.external_user_id.text().strip()
        if not name:
            return "The name is missing."
        if not external:
            return "The external user id is missing."
        if not name.isprintable() or not external.isprintable():
            return "Name and id cannot hold invisible characters; type them instead of pasting them."
        return ""

    def reject(self) -> None:
        """Go; while the end user is being made only when asked twice, as that is not taken back."""
        if self._is_creating and not self._is_warned:
            self._is_warned = True
            self._say("The end user is being made, which cannot be taken back. Cancel again to leave unseen.")
            return
        self._work.leave()
        super().reject()

    def _on_edited(self) -> None:
        problem = self.problem()
        self._create.setEnabled(not problem and not self._is_busy)
        self._create.setToolTip(problem)
        if self._may_exist and self.external_user_id.text().strip() != self._may_exist:
            self._may_exist = ""
            self._say("")
        self._look.setVisible(bool(self._may_exist))

    def _on_create(self) -> None:
        if self.problem() or self._is_busy:
            return
        self._set_busy("Creating the end user…")
        self._is_creating, self._is_warned = True, False
        self._work.create(
            self.name.text().strip(),
            self.external_user_id.text().strip(),
            True if self.is_test_user.isChecked() else None,
            self._on_made,
            self._on_failed,
        )

    def _on_made(self, user: EndUser) -> None:
        self._set_busy("")
        self.made.emit(user)
        self.accept()

    def _on_failed(self, failed: WorkFailed) -> None:
        self._set_busy("")
        if failed.is_doubtful:
            self._may_exist = self.external_user_id.text().strip()
            self._say(
                f"{failed.explanation} The end user may have been made all the same: "
                "look for it before you create it again."
            )
        else:
            self._say(f"{failed.explanation} Nothing was made; change what is wrong and try again.")
        self._on_edited()
        # Disabled while it was under way, the fields lost the keyboard: Enter must not be Cancel now.
        (self._look if self._may_exist else self.external_user_id).setFocus()

    def _on_look(self) -> None:
        external = self._may_exist
        self._set_busy("Looking for the end user…")
        self._work.look_for(external, self._on_looked, self._on_look_failed)

    def _on_looked(self, users: tuple[EndUser, ...]) -> None:
        self._set_busy("")
        if users:
            self._on_made(users[-1])
            return
        self._may_exist = ""
        self._say(
            "There is no end user of this external user id, so it was not made. It is safe to create it now; "
            "on a slow server wait a moment and look into the list first."
        )
        self._on_edited()

    def _on_look_failed(self, failed: WorkFailed) -> None:
        self._set_busy("")
        self._say(f"{failed.explanation} Whether the end user was made is still not known; look again.")
        self._on_edited()

    def _set_busy(self, doing: str) -> None:
        self._is_busy, self._is_creating = bool(doing), False
        for widget in (self.name, self.external_user_id, self.is_test_user, self._look):
            widget.setEnabled(not doing)
        self._say(doing, is_problem=False)
        self._on_edited()

    def _say(self, text: str, *, is_problem: bool = True) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self._symbol.setVisible(bool(text) and is_problem)
        grow_to_fit(self)


def _quiet(text: str, parent: QWidget) -> WrappedLabel:
    label = WrappedLabel(text, parent)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
