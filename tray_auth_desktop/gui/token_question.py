"""Asks for a workspace's master token when the vault has none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.theme import scaled_font
from tray_auth_desktop.gui.workspace_field import WHERE_TOKEN, SecretField
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.workspaces.token_text import cleaned_token, token_complaint

_WIDTH_LETTERS = 80


class TokenQuestion(QDialog):
    """Shown with `open()`; it does not block.

    Args:
        workspace: Name of the workspace.
        vault: Which vault the token can be kept in, as `Vault.describe` says it; empty if there is none.
        reason: Why it is asked for, when that is not plain.

    Signals:
        given(Secret, bool): the token, and whether it is to be kept in the vault.
    """

    given = Signal(object, bool)

    def __init__(
        self, workspace: str, *, vault: str = "", reason: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Master token")
        self._has_vault = bool(vault)
        title = WrappedLabel(f"Master token of the workspace {workspace}", self)
        title.setFont(scaled_font(title, 1.2, is_bold=True))
        self._reason = WrappedLabel(reason or _reason(vault), self)
        self.token = SecretField("Master &token", _check, WHERE_TOKEN, self)
        self.keep = QCheckBox("&Keep it in the vault", self)
        self.keep.setChecked(self._has_vault)
        self.keep.setVisible(self._has_vault)
        self._place = WrappedLabel(_place_words(vault), self)
        self._place.setAccessibleName("Where the token is kept")
        self._buttons = QDialogButtonBox(self)
        self.use_button = self._buttons.addButton("&Use it", QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out(title)
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)
        self.token.edited.connect(self._show_state)
        self._show_state()
        self.token.setFocus()

    def _lay_out(self, title: QWidget) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for part in (title, self._reason, self.token, self.keep, self._place):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_LETTERS)

    def _show_state(self) -> None:
        self.use_button.setEnabled(bool(self.token.text) and not self.token.complaint)

    def _on_accepted(self) -> None:
        if self.token.insist():
            self.token.setFocus()
            return
        token = cleaned_token(Secret(self.token.text))
        keep = self._has_vault and self.keep.isChecked()
        self.token.set_text("")
        self.given.emit(token, keep)
        self.accept()


def _check(text: str) -> str:
    return token_complaint(text) if text else "must not be empty"


def _reason(vault: str) -> str:
    return "The vault has none for this workspace." if vault else "It is kept nowhere on this computer."


def _place_words(vault: str) -> str:
    if vault:
        return f"The vault is {vault}. Otherwise it is forgotten when the program ends."
    return (
        "There is no vault on this computer: the token is forgotten when the program ends. To be asked no "
        "more, put it into the environment variable TRAY_MASTER_TOKEN. It is never written to a file."
    )
