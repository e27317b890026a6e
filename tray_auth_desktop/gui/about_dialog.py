"""What runs here: versions, paths, the vault. Copied as Markdown for a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tray_auth_desktop import __version__
from tray_auth_desktop.gui.state_line import StateLine, WrappedLabel
from tray_auth_desktop.gui.text_table import TextTable
from tray_auth_desktop.gui.theme import scaled_font
from tray_auth_desktop.onboarding.tasks import Task, Tasks

Facts = Sequence[tuple[str, str]]

_WIDTH_LETTERS, _HEIGHT_LINES = 110, 34
_ICON_PX = 48
_WHAT = (
    "Opens Tray's auth-only dialog, captures the authId, and shows it beside the end user's authentications. "
    "MIT licence."
)


class AboutDialog(QDialog):
    """Asks for the facts in the background: the vault and the web engine may take their time.

    Args:
        load: Returns names and values; called on a worker thread.
        tasks: Runs it.

    Signals:
        copied(str): this text is on the clipboard.
    """

    copied = Signal(str)

    def __init__(self, load: Callable[[], Facts], tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._load, self._tasks = load, tasks
        self._facts: Facts = ()
        self._task: Task | None = None
        self.setWindowTitle("About Tray Auth Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = TextTable("facts", ("What", "Which"), self, wide=1)
        self.line = StateLine("facts", self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.copy_button = buttons.addButton("&Copy as Markdown", QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(self._head())
        layout.addWidget(self.line)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * _WIDTH_LETTERS, metrics.height() * _HEIGHT_LINES)
        self.copy_button.clicked.connect(self.copy)
        self.table.copied.connect(self.copied)
        self.line.retried.connect(self.load)
        self.load()

    def _head(self) -> QHBoxLayout:
        picture = QLabel(self)
        parent = self.parentWidget()
        icon = parent.windowIcon() if parent is not None else QGuiApplication.windowIcon()
        picture.setPixmap(icon.pixmap(_ICON_PX, _ICON_PX))
        picture.setVisible(not icon.isNull())
        title = QLabel(f"Tray Auth Desktop {__version__}", self)
        title.setFont(scaled_font(title, 1.3, is_bold=True))
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        texts = QVBoxLayout()
        texts.addWidget(title)
        texts.addWidget(WrappedLabel(_WHAT, self))
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        return head

    def load(self) -> None:
        """Ask for the facts, again if it failed."""
        self.copy_button.setEnabled(False)
        self.line.wait("Looking up versions, paths and the vault…")
        self._task = self._tasks.submit(self._load, self._on_loaded, self._on_failed)

    def done(self, result: int) -> None:
        """Close; what is still looked up is of no use any more."""
        if self._task is not None:
            self._task.cancel()
        super().done(result)

    def copy(self) -> None:
        """Put everything on the clipboard, as a table in Markdown."""
        text = as_markdown(self._facts)
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)

    def _on_loaded(self, facts: Facts) -> None:
        self._facts = facts
        self.line.clear()
        self.table.set_rows(facts)
        self.copy_button.setEnabled(True)

    def _on_failed(self, error: Exception) -> None:
        self.line.fail(
            getattr(error, "explanation", "") or f"It could not be found out: {type(error).__name__}."
        )


def as_markdown(facts: Facts) -> str:
    """Return facts as a table in Markdown, as issue trackers show it."""
    lines = ["| What | Which |", "|---|---|"]
    lines += [f"| {_cell(name)} | {_cell(value)} |" for name, value in facts]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
