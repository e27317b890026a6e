"""The line on top that names the workspace, and lines of notice beneath it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.gui.grounds import Bar
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolButton, SymbolLabel
from tray_auth_desktop.gui.text_button import TextButton
from tray_auth_desktop.gui.theme import Tone, scaled_font

_STAND_IN = "Stand-in — a local test service. Nothing here reaches Tray."


class WorkspaceBanner(Bar):
    """Says unmistakably where what is done here takes effect, and lets the person go elsewhere.

    Signals:
        switch_asked(): the person wants the list of workspaces.
    """

    switch_asked = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(QPalette.ColorRole.Window, parent)
        self._symbol = SymbolLabel("info", parent=self)
        self._name = WrappedLabel("", self)
        self._name.setFont(scaled_font(self._name, 1.0, is_bold=True))
        self._name.setAccessibleName("Workspace")
        self._where = QLabel(self)
        self._where.setTextFormat(Qt.TextFormat.PlainText)
        self._where.setToolTip("Where the dialog is served from")
        self.switch_button = TextButton("S&witch", "down", self)
        self.switch_button.setToolTip("Work against another workspace (Ctrl+Shift+W)")
        self.switch_button.setAccessibleName("Switch workspace")
        self.switch_button.setAutoRaise(False)
        self.switch_button.clicked.connect(self.switch_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 12, 6)
        layout.setSpacing(8)
        layout.addWidget(self._symbol)
        layout.addWidget(self._name, 1)
        layout.addWidget(self._where)
        layout.addWidget(self.switch_button)
        self.show_workspace(workspace)

    def show_workspace(self, workspace: Workspace) -> None:
        """Name another workspace."""
        self.set_ground(QPalette.ColorRole.Window if workspace.is_stand_in else QPalette.ColorRole.Button)
        self.setPalette(_stand_in_palette() if workspace.is_stand_in else QPalette())
        self._name.setText(workspace_words(workspace))
        self._where.setText("On this computer" if workspace.is_stand_in else dialog_origin(workspace))

    @property
    def text(self) -> str:
        """What is said of the workspace."""
        return self._name.text()


@dataclass(frozen=True, slots=True)
class Remedy:
    """A button in a notice that does something about it.

    Attributes:
        text: What it is called.
        run: Does it. The notice goes then.
    """

    text: str
    run: Callable[[], object]


class Notices(QWidget):
    """Lines that the person can dismiss one by one; hidden while there is none.

    Signals:
        dismissed(str): the person has seen this line and wants it gone.
    """

    dismissed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._shown: dict[str, Bar] = {}
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is on show."""
        return tuple(self._shown)

    def add(self, text: str, remedy: Remedy | None = None, *, is_offer: bool = False) -> None:
        """Show a line; one that is on show already is not repeated.

        Args:
            text: What it says.
            remedy: What can be done about it right here.
            is_offer: Whether it is no warning.
        """
        if text in self._shown:
            return
        line = Bar(QPalette.ColorRole.Base, self)
        words = WrappedLabel(text, line)
        words.setAccessibleName("Notice")
        layout = QHBoxLayout(line)
        layout.setContentsMargins(16, 4, 8, 4)
        symbol, tone = ("info", None) if is_offer else ("warning", Tone.WARNING)
        layout.addWidget(SymbolLabel(symbol, tone, line))
        layout.addWidget(words, 1)
        if remedy is not None:
            layout.addWidget(self._remedy_button(text, remedy, line))
        dismiss = SymbolButton("close", "Dismiss this notice", line)
        dismiss.setAccessibleDescription(text)
        dismiss.clicked.connect(partial(self._on_dismissed, text))
        layout.addWidget(dismiss)
        self._lines.addWidget(line)
        self._shown[text] = line
        self.show()

    def remove(self, text: str) -> None:
        """Take a line away; one that is not on show is no error."""
        if text in self._shown:
            self._shown.pop(text).deleteLater()
            self.setVisible(bool(self._shown))

    def _remedy_button(self, text: str, remedy: Remedy, line: Bar) -> QPushButton:
        button = QPushButton(remedy.text, line)
        button.setAccessibleDescription(text)

        def on_clicked() -> None:
            self.remove(text)
            remedy.run()

        button.clicked.connect(on_clicked)
        return button

    def _on_dismissed(self, text: str) -> None:
        self.remove(text)
        self.dismissed.emit(text)


def _stand_in_palette() -> QPalette:
    """Return a yellow ground with dark text: it must look like nothing else, in both schemes."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("#ffd166"))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText, QPalette.ColorRole.Text):
        palette.setColor(role, QColor("#33260a"))
    palette.setColor(QPalette.ColorRole.Button, QColor("#ffe29c"))
    palette.setColor(QPalette.ColorRole.Mid, QColor("#b98a1e"))
    return palette


def workspace_words(workspace: Workspace) -> str:
    """Return the banner's words."""
    if workspace.is_stand_in:
        return _STAND_IN
    local = " — on this computer" if workspace.is_local else ""
    return f"Workspace: {workspace.name} (Embedded ID {workspace.embedded_id}){local}"


def dialog_origin(workspace: Workspace) -> str:
    """Return where a workspace's dialog is served from."""
    return str(Origin.parse(workspace.hosts.dialog_url))
