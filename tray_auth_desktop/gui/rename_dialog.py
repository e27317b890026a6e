"""Gives an authentication another name: in Tray's dialog, or by the API with the credentials once more."""

from __future__ import annotations

import json

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.gui.grounds import Field
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolLabel
from tray_auth_desktop.gui.theme import Tone, scaled_font
from tray_auth_desktop.onboarding.authentication_work import AuthenticationWork
from tray_auth_desktop.onboarding.user_work import WorkFailed
from tray_auth_desktop.secrets import Secret

_WHY = (
    "Tray changes a name only together with the credentials, and does not hand those out. The simplest way "
    "is to re-authenticate: Tray's own dialog lets you change the name. What was stored before is replaced."
)
_BY_API = (
    "Or give the credentials again, as the JSON object that the service asks for, such as "
    '{"access_token": "…"}. They replace the ones that are stored; this program sends them and keeps none.'
)
_WIDTH_LETTERS = 64


class RenameDialog(QDialog):
    """A refusal is shown, and the name that was typed stays.

    Signals:
        edit_wanted(): Tray's dialog is to do it.
        renamed(str): the authentication has this name now.
        doubted(): nobody knows whether it has: the list should be fetched again.
    """

    edit_wanted = Signal()
    renamed = Signal(str)
    doubted = Signal()

    def __init__(
        self,
        authentication: Authentication,
        user_id: str,
        work: AuthenticationWork,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._authentication, self._user_id, self._work = authentication, user_id, work
        self.setWindowTitle("Rename the authentication")
        self.name = Field(self)
        self.name.setText(authentication.name)
        self.name.selectAll()
        self.credentials = Field(self)
        self.credentials.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit_button = QPushButton("Re-&authenticate…", self)
        self.rename_button = QPushButton("&Rename by the API", self)
        self._cancel = QPushButton("&Cancel", self)
        self._symbol = SymbolLabel("warning", Tone.PROBLEM, self)
        self._message = WrappedLabel(parent=self)
        self._message.setAccessibleName("How the renaming goes")
        self._lay_out()
        self._say("")
        self.edit_button.setDefault(True)
        self.edit_button.clicked.connect(self._on_edit)
        self.rename_button.clicked.connect(self._on_rename)
        self.rename_button.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self.name.textChanged.connect(self._refresh)
        self.credentials.textChanged.connect(self._refresh)
        self._refresh()

    def _lay_out(self) -> None:
        title = WrappedLabel(f"Rename “{self._authentication.label}”", self)
        title.setFont(scaled_font(title, 1.2, is_bold=True))
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(WrappedLabel(_WHY, self))
        row = QHBoxLayout()
        row.addWidget(self.edit_button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addSpacing(8)
        layout.addWidget(WrappedLabel(_BY_API, self))
        for text, field in (("New &name", self.name), ("Cr&edentials (JSON)", self.credentials)):
            label = QLabel(text, self)
            label.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            layout.addWidget(label)
            layout.addWidget(field)
        said = QHBoxLayout()
        said.addWidget(self._symbol)
        said.addWidget(self._message, 1)
        layout.addLayout(said)
        layout.addStretch(1)
        buttons = QDialogButtonBox(parent=self)
        buttons.addButton(self.rename_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self._cancel, QDialogButtonBox.ButtonRole.RejectRole)
        layout.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_LETTERS)

    @property
    def message(self) -> str:
        """What is said of the renaming."""
        return self._message.text()

    def done(self, result: int) -> None:
        """Forget what was typed into the masked field."""
        self.credentials.clear()
        super().done(result)

    def _refresh(self) -> None:
        has_all = bool(self.name.text().strip()) and bool(self.credentials.text().strip())
        self.rename_button.setEnabled(has_all and not self._work.is_changing)
        # Enter does what was prepared: who typed credentials must not lose them to the other way.
        is_by_api = bool(self.credentials.text())
        self.edit_button.setDefault(not is_by_api)
        self.rename_button.setDefault(is_by_api)

    def _on_edit(self) -> None:
        self.edit_wanted.emit()
        self.reject()

    def _on_rename(self) -> None:
        if not self.rename_button.isEnabled():
            return
        text = self.credentials.text().replace("\u2028", "\n")  # what Qt makes of a pasted line break
        if not _is_object(text):
            self._say(
                "The credentials are no JSON object: it begins with { and ends with }.", is_problem=True
            )
            self.credentials.setFocus()
            return
        name = self.name.text().strip()
        self._set_busy(True)
        self._say("Renaming the authentication…")
        self._work.rename(
            self._user_id,
            self._authentication.auth_id,
            name,
            Secret(text),
            lambda: self._on_renamed(name),
            self._on_failed,
        )

    def _on_renamed(self, name: str) -> None:
        self.renamed.emit(name)
        self.accept()

    def _on_failed(self, failed: WorkFailed) -> None:
        self._set_busy(False)
        self._say(failed.explanation, is_problem=True)
        if failed.is_doubtful:
            self.doubted.emit()

    def _set_busy(self, is_busy: bool) -> None:
        for widget in (self.name, self.credentials, self.edit_button):
            widget.setEnabled(not is_busy)
        self.rename_button.setEnabled(not is_busy)

    def _say(self, text: str, *, is_problem: bool = False) -> None:
        self._message.setText(text)
        self._message.setForegroundRole(
            QPalette.ColorRole.WindowText if is_problem else QPalette.ColorRole.PlaceholderText
        )
        self._message.setVisible(bool(text))
        self._symbol.setVisible(is_problem)


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
