"""The form of one workspace: the common fields first, the others folded. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.gui.flow import FlowLayout
from tray_auth_desktop.gui.state_line import StateLine, WrappedLabel
from tray_auth_desktop.gui.theme import give_style
from tray_auth_desktop.gui.workspace_field import WHERE_TOKEN, CheckedField, Labelled, SecretField
from tray_auth_desktop.gui.workspace_hosts import WorkspaceHosts
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.workspaces.entry import WorkspaceEntry
from tray_auth_desktop.workspaces.fields import complaint, name_complaint
from tray_auth_desktop.workspaces.token_text import cleaned_token, token_complaint

#: Region, where it is, and the Tray app's address that belongs to it (protocol notes §1).
REGIONS = (
    ("us", "United States", "app.tray.io"),
    ("eu1", "Europe (Ireland)", "app.eu1.tray.io"),
    ("ap1", "Asia Pacific (Sydney)", "app.ap1.tray.io"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form, saved or not.

    Attributes:
        entry: All fields but the secrets; what was typed may be wrong.
        hosts_text: The lines of dialog hosts as they were typed; None as in `entry`.
        token, proxy_password: As they were typed.
    """

    entry: WorkspaceEntry
    hosts_text: str | None = None
    token: str = field(default="", repr=False)
    proxy_password: str = field(default="", repr=False)


class WorkspaceForm(QWidget):
    """Shows and takes one workspace.

    Args:
        is_taken: Whether another workspace than this one (old name, new name) has that name.

    Signals:
        edited(): something in it is another now.
        submitted(): the person wants it saved, and nothing in it is wrong.
        reverted(): the person wants it as it was.
    """

    edited = Signal()
    submitted = Signal()
    reverted = Signal()

    def __init__(self, is_taken: Callable[[str, str], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_taken = is_taken
        self._shown = Draft(WorkspaceEntry(""))
        self._is_filling = False
        self._build()
        self._lay_out()
        self._connect_all()
        self._show_state()

    def _build(self) -> None:
        self.name = CheckedField("&Name", self._check_name, "What you call it, such as Acme EU.", parent=self)
        self._regions = QComboBox(self)
        self._regions.view().setAccessibleName("Regions")
        for region, place, address in REGIONS:
            self._regions.addItem(f"{place} — {address}", region)
        self.region = Labelled(
            "&Region", self._regions, "The address of the Tray app that you log in to.", parent=self
        )
        self.embedded_id = CheckedField(
            "Embedded &ID",
            lambda text: complaint("embedded_id", text),
            "In the Tray app, in the Embedded settings. The dialog's address needs it.",
            parent=self,
        )
        self.token = SecretField("Master &token", _token_check, WHERE_TOKEN, parent=self)
        self.hosts = WorkspaceHosts(self)
        self.save_button = QPushButton("&Save and test", self)
        self.revert_button = QPushButton("&Undo changes", self)
        self._reason = WrappedLabel(parent=self)
        self.state = StateLine("saving the workspace", self)

    def _lay_out(self) -> None:
        give_style(self.save_button, "primary_button")
        self._reason.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._reason.setAccessibleName("Why it cannot be saved yet")
        buttons = FlowLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.revert_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for part in (self.name, self.region, self.embedded_id, self.token, self.hosts):
            layout.addWidget(part)
        layout.addLayout(buttons)
        layout.addWidget(self._reason)
        layout.addWidget(self.state)

    def _connect_all(self) -> None:
        for part in (self.name, self.embedded_id, self.token, self.hosts):
            part.edited.connect(self._on_edited)
        self._regions.currentIndexChanged.connect(self._on_edited)
        for line in (self.name, self.embedded_id, self.token):
            line.field.returnPressed.connect(self.submit)
        self.save_button.clicked.connect(self.submit)
        self.revert_button.clicked.connect(self.reverted)
        self.state.retried.connect(self.submit)
        self.state.setFocusProxy(self.save_button)

    @property
    def is_edited(self) -> bool:
        """Whether something in it is other than what was saved."""
        draft = self.draft
        is_other = bool(draft.token or draft.proxy_password) or not self._shown.entry.name
        return is_other or draft.entry != self._shown.entry

    @property
    def draft(self) -> Draft:
        """What stands in the form."""
        texts = self.hosts.texts
        entry = replace(
            self._shown.entry,
            name=self.name.text,
            region=self._regions.currentData(),
            embedded_id=self.embedded_id.text,
            dialog_hosts=self.hosts.hosts.pairs,
            **texts,
        )
        return Draft(entry, self.hosts.hosts.text, self.token.text, self.hosts.password.text)

    @property
    def old_name(self) -> str:
        """What the workspace is called in the file; empty if it is not there yet."""
        return self._shown.entry.name

    @property
    def typed_token(self) -> Secret | None:
        """The token that was typed; None if none was."""
        return cleaned_token(Secret(self.token.text)) if self.token.text else None

    @property
    def typed_password(self) -> Secret | None:
        """The proxy's password that was typed; None if none was."""
        text = self.hosts.password.text
        return Secret(text) if text else None

    def fill(self, saved: WorkspaceEntry, draft: Draft | None = None) -> None:
        """Show a workspace: as it is saved, or with what was typed and not saved yet.

        Args:
            saved: As it stands in the file; without a name if it does not yet.
            draft: What was typed.
        """
        self._is_filling = True
        self._shown = Draft(saved)
        shown = draft or self._shown
        self.name.set_text(shown.entry.name)
        self._regions.setCurrentIndex(max(0, self._regions.findData(shown.entry.region)))
        self.embedded_id.set_text(shown.entry.embedded_id)
        self.hosts.show_entry(shown.entry, shown.hosts_text)
        self.token.set_text(shown.token)
        self.hosts.password.set_text(shown.proxy_password)
        self.token.hide_text()
        self.hosts.password.hide_text()
        self.state.clear()
        self._is_filling = False
        self._show_state()

    def set_vault_words(self, token_words: str, vault_words: str) -> None:
        """Say where the token goes, and what is there already."""
        self.token.set_hint(f"{WHERE_TOKEN} {token_words}")
        self.hosts.set_vault_words(vault_words)

    def submit(self) -> None:
        """Save, or go to the first field that is wrong."""
        fields = (self.name, self.embedded_id, self.token)
        wrong = [field for field in fields if field.insist()]
        if wrong:
            wrong[0].setFocus()
        elif self.hosts.complaints:
            self.hosts.set_open(True)
            self.hosts.setFocus()
        elif self.is_edited:
            self.submitted.emit()
        self._show_state()

    def set_saving(self, is_saving: bool) -> None:
        """While it is saved, it is not saved again."""
        self.save_button.setEnabled(not is_saving)
        if is_saving:
            self.state.wait("Saving…", is_quiet=True)
        else:
            self.state.clear()
            self._show_state()

    def _check_name(self, text: str) -> str:
        if why := name_complaint(text):
            return why
        return "is another workspace's already" if self._is_taken(self.old_name, text) else ""

    def _on_edited(self) -> None:
        if not self._is_filling:
            self._show_state()
            self.edited.emit()

    def _show_state(self) -> None:
        wrong = [field.complaint for field in (self.name, self.embedded_id, self.token) if field.complaint]
        reason = ""
        if not self.name.text:
            reason = "Give it a name to save it."
        elif wrong or self.hosts.complaints:
            reason = "Something above cannot be saved as it is."
        elif not self.is_edited:
            reason = "Saved. Change something to save it again."
        elif not self.embedded_id.text:
            reason = "Without an Embedded ID lists can be shown, but no dialog can be opened."
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.save_button.setEnabled(self.is_edited and not wrong and not self.hosts.complaints)
        self.save_button.setAccessibleDescription(reason)
        self.revert_button.setVisible(self.is_edited)
        self.revert_button.setText("&Undo changes" if self.old_name else "&Discard")


def _token_check(text: str) -> str:
    return token_complaint(text) if text else ""
