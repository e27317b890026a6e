"""One workspace on the page: what can be done with it, its form, and the test of its connection."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.gui.connection_panel import ConnectionPanel
from tray_auth_desktop.gui.flow import FlowLayout
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolLabel
from tray_auth_desktop.gui.theme import Tone, scaled_font
from tray_auth_desktop.gui.workspace_form import WorkspaceForm
from tray_auth_desktop.workspaces.entry import STAND_IN

_STAND_IN = (
    "A local test service that comes with the program: end users, services and dialogs to try everything "
    "on. Nothing that is done here reaches Tray. It cannot be changed or removed."
)


class WorkspaceEditor(QWidget):
    """Shows a workspace of the file, a new one, or the stand-in.

    Signals:
        use_clicked(), test_clicked(), duplicate_clicked(), remove_clicked(): the buttons.
    """

    use_clicked = Signal()
    test_clicked = Signal()
    duplicate_clicked = Signal()
    remove_clicked = Signal()

    def __init__(self, form: WorkspaceForm, panel: ConnectionPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form, self._panel = form, panel
        self._title = WrappedLabel(parent=self)
        self._title.setFont(scaled_font(self._title, 1.3, is_bold=True))
        self._mark = QLabel("In use", self)
        self._mark_symbol = SymbolLabel("check", Tone.GOOD, self)
        self._about = WrappedLabel(_STAND_IN, self)
        self._about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.use_button = QPushButton("&Use this workspace", self)
        self.test_button = QPushButton("Test &connection", self)
        self.duplicate_button = QPushButton("Dup&licate", self)
        self.remove_button = QPushButton("Re&move…", self)
        self._notice_symbol = SymbolLabel("warning", Tone.WARNING, self)
        self._notice = WrappedLabel(parent=self)
        self._notice.setAccessibleName("About the master token")
        self._lay_out()
        self.use_button.clicked.connect(self.use_clicked)
        self.test_button.clicked.connect(self.test_clicked)
        self.duplicate_button.clicked.connect(self.duplicate_clicked)
        self.remove_button.clicked.connect(self.remove_clicked)
        self.show_notice("")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._title, 1)
        head.addWidget(self._mark_symbol)
        head.addWidget(self._mark)
        actions = FlowLayout()
        for button in (self.use_button, self.test_button, self.duplicate_button, self.remove_button):
            actions.addWidget(button)
        notice = QHBoxLayout()
        notice.addWidget(self._notice_symbol, 0, Qt.AlignmentFlag.AlignTop)
        notice.addWidget(self._notice, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._about)
        layout.addLayout(actions)
        layout.addLayout(notice)
        layout.addWidget(self._form)
        layout.addWidget(self._panel)
        layout.addStretch(1)

    @property
    def title(self) -> str:
        """What the workspace is called here."""
        return self._title.text()

    @property
    def notice(self) -> str:
        """What is said of its secrets."""
        return self._notice.text()

    def show_workspace(self, name: str, *, is_active: bool, is_saved: bool = True) -> None:
        """Show what can be done with a workspace.

        Args:
            name: Its name; `STAND_IN` for the stand-in, empty for a new one without a name yet.
            is_active: Whether it is in use.
            is_saved: Whether it stands in the file.
        """
        is_stand_in = name == STAND_IN
        self._title.setText("Stand-in" if is_stand_in else name or "New workspace")
        for mark in (self._mark, self._mark_symbol):
            mark.setVisible(is_active)
        self._about.setVisible(is_stand_in)
        self._form.setVisible(not is_stand_in)
        self.use_button.setVisible((is_saved or is_stand_in) and not is_active)
        self.use_button.setText("&Use the stand-in" if is_stand_in else "&Use this workspace")
        self.test_button.setVisible(is_saved or is_stand_in)
        for button in (self.duplicate_button, self.remove_button):
            button.setVisible(is_saved and not is_stand_in)

    def show_notice(self, text: str) -> None:
        """Say something about its secrets; empty says nothing."""
        self._notice.setText(text)
        self._notice.setVisible(bool(text))
        self._notice_symbol.setVisible(bool(text))
