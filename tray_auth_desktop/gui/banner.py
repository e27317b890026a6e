"""The line on top that names the workspace, and lines of notice beneath it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.gui.grounds import Bar
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolButton, SymbolLabel
from tray_auth_desktop.gui.theme import Tone, scaled_font

_STAND_IN = "Stand-in — a local test service. Nothing here reaches Tray."


class WorkspaceBanner(Bar):
    """Says unmistakably where what is done here takes effect."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(
            QPalette.ColorRole.Window if workspace.is_stand_in else QPalette.ColorRole.Button, parent
        )
        if workspace.is_stand_in:
            self.setPalette(_stand_in_palette())
        name = WrappedLabel(workspace_words(workspace), self)
        name.setFont(scaled_font(name, 1.0, is_bold=True))
        name.setAccessibleName("Workspace")
        where = QLabel("On this computer" if workspace.is_stand_in else dialog_origin(workspace), self)
        where.setTextFormat(Qt.TextFormat.PlainText)
        where.setToolTip("Where the dialog is served from")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.addWidget(SymbolLabel("info", parent=self))
        layout.addWidget(name, 1)
        layout.addWidget(where)


class Notices(QWidget):
    """Lines that the person can dismiss one by one; hidden while there is none."""

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

    def add(self, text: str) -> None:
        """Show a line; one that is on show already is not repeated."""
        if text in self._shown:
            return
        line = Bar(QPalette.ColorRole.Base, self)
        words = WrappedLabel(text, line)
        words.setAccessibleName("Notice")
        dismiss = SymbolButton("close", "Dismiss this notice", line)
        dismiss.setAccessibleDescription(text)
        dismiss.clicked.connect(lambda: self._dismiss(text))
        layout = QHBoxLayout(line)
        layout.setContentsMargins(16, 4, 8, 4)
        layout.addWidget(SymbolLabel("warning", Tone.WARNING, line))
        layout.addWidget(words, 1)
        layout.addWidget(dismiss)
        self._lines.addWidget(line)
        self._shown[text] = line
        self.show()

    def _dismiss(self, text: str) -> None:
        self._shown.pop(text).deleteLater()
        self.setVisible(bool(self._shown))


def _stand_in_palette() -> QPalette:
    """Return a yellow ground with dark text: it must look like nothing else, in both schemes."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("#ffd166"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#33260a"))
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
