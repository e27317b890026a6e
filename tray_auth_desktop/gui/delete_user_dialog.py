"""Asks before an end user is deleted, and names what goes with it: there is no way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.core.counts import counted
from tray_auth_desktop.gui.dialog_fit import grow_to_fit
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.theme import scaled_font
from tray_auth_desktop.onboarding.user_work import UserWork, WorkFailed

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Authentication, EndUser

_NAMED = 5
_WIDTH_LETTERS = 60


class DeleteUserDialog(QDialog):
    """Counts the user's authentications, then lets the person decide. Cancel is the default.

    Signals:
        deleted(str): the end user of this id is gone.
    """

    deleted = Signal(str)

    def __init__(self, user: EndUser, work: UserWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._user, self._work = user, work
        self._is_deleting = False
        self._is_warned = False
        self.setWindowTitle("Delete the end user?")
        self._title = WrappedLabel(f"Delete the end user “{user.name or user.user_id}”?", self)
        self._title.setFont(scaled_font(self._title, 1.2, is_bold=True))
        self._ids = WrappedLabel(_ids_of(user), self)
        self._loss = WrappedLabel("Finding out what goes with it…", self)
        self._loss.setAccessibleName("What goes with the end user")
        self._message = WrappedLabel(parent=self)
        self._message.setAccessibleName("How the deletion goes")
        self._message.hide()
        buttons = QDialogButtonBox(parent=self)
        self._cancel = QPushButton("&Cancel", self)
        self._delete = QPushButton("&Delete the end user", self)
        buttons.addButton(self._delete, QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.addButton(self._cancel, QDialogButtonBox.ButtonRole.RejectRole)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        for label in (self._title, self._ids, self._loss, self._message):
            layout.addWidget(label)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_LETTERS)
        self._cancel.setDefault(True)
        self._cancel.setFocus()
        self._delete.setAutoDefault(False)
        self._delete.setEnabled(False)
        self._cancel.clicked.connect(self.reject)
        self._delete.clicked.connect(self._on_delete)
        work.authentications_of(user.user_id, self._on_counted, self._on_not_counted)

    @property
    def text(self) -> str:
        """All that the dialog says."""
        labels = (self._title, self._ids, self._loss, self._message)
        return "\n".join(label.text() for label in labels if label.text())

    def reject(self) -> None:
        """Go; while the end user is being deleted only when asked twice, as that is not taken back."""
        if self._is_deleting and not self._is_warned:
            self._is_warned = True
            self._say("The end user is being deleted, which cannot be taken back. Cancel again to leave.")
            return
        self._work.leave()
        super().reject()

    def _on_counted(self, listed: tuple[Authentication, ...]) -> None:
        self._say_loss(f"{_loss_of(listed)}\nThis cannot be undone.")

    def _on_not_counted(self, failed: WorkFailed) -> None:
        self._say_loss(
            f"How many authentications go with it could not be found out. {failed.explanation}\n"
            "Whatever there is goes with it, and its solution instances. This cannot be undone."
        )

    def _say_loss(self, text: str) -> None:
        self._loss.setText(text)
        self._delete.setEnabled(True)
        grow_to_fit(self)

    def _on_delete(self) -> None:
        self._delete.setEnabled(False)
        self._is_deleting, self._is_warned = True, False
        self._say("Deleting the end user…")
        self._work.delete(self._user.user_id, self._on_deleted, self._on_failed)

    def _on_deleted(self) -> None:
        self._is_deleting = False
        self.deleted.emit(self._user.user_id)
        self.accept()

    def _on_failed(self, failed: WorkFailed) -> None:
        self._is_deleting = False
        doubt = (
            "It may have been deleted all the same: close this and fetch the list again (F5)."
            if failed.is_doubtful
            else "Nothing was deleted."
        )
        self._say(f"{failed.explanation} {doubt}")
        self._delete.setEnabled(True)

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))
        grow_to_fit(self)


def _ids_of(user: EndUser) -> str:
    external = user.external_user_id or "none"
    return f"User id: {user.user_id}\nExternal user id: {external}"


def _loss_of(listed: tuple[Authentication, ...]) -> str:
    """Return what goes with a user: its authentications by name, and what nobody can count."""
    solutions = "Its solution instances are disabled and deleted with it."
    if not listed:
        return f"It has no authentications. {solutions}"
    names = [f"• {one.label}{_service_of(one)}" for one in listed[:_NAMED]]
    if len(listed) > _NAMED:
        names.append(f"• and {len(listed) - _NAMED} more")
    count, verb = counted(len(listed), "authentication"), "goes" if len(listed) == 1 else "go"
    return "\n".join((f"{count} {verb} with it:", *names, solutions))


def _service_of(authentication: Authentication) -> str:
    return f" ({authentication.service.label})" if authentication.service else ""
