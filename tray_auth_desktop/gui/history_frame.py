"""What the page of past attempts consists of, and where each part stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from tray_auth_desktop.gui.filter_line import FilterLine
from tray_auth_desktop.gui.history_details import HistoryDetails
from tray_auth_desktop.gui.history_model import HistoryModel
from tray_auth_desktop.gui.history_view import HistoryView
from tray_auth_desktop.gui.state_line import StateLine, WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolButton
from tray_auth_desktop.gui.theme import scaled_font
from tray_auth_desktop.gui.word_filter import none_matches


class HistoryFrame(QWidget):
    """Title, buttons, filter, state, table, and beneath it the timeline, which is hidden at first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = HistoryModel(self)
        self._title = QLabel("History", self)
        self._title.setFont(scaled_font(self._title, 1.25, is_bold=True))
        self.timeline_button = QPushButton("Show &timeline", self)
        self.repeat_button = QPushButton("Re&peat", self)
        self.export_button = QPushButton("E&xport…", self)
        self.export_button.setToolTip("Write the attempts that are shown to a file, as JSON or CSV")
        self.refresh_button = SymbolButton("refresh", "Refresh the history (F5)", self)
        self.filter_line = FilterLine("Filter the history", "Filter by any word: name, id, outcome…", self)
        self.line = StateLine("the history", self)
        self.view = HistoryView(self.model, self)
        self.details = HistoryDetails(self)
        self.details.hide()
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._blank = WrappedLabel(parent=self)
        self.line.setFocusProxy(self.view)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        for button in (self.timeline_button, self.repeat_button, self.export_button, self.refresh_button):
            head.addWidget(button)
        self._blank.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._blank.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._blank.setAccessibleName("History: nothing to show")
        body = QWidget(self)
        self._body = QStackedLayout(body)
        self._body.addWidget(self.view)
        self._body.addWidget(self._blank)
        self.splitter.addWidget(body)
        self.splitter.addWidget(self.details)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.filter_line)
        layout.addWidget(self.line)
        layout.addWidget(self.splitter, 1)

    @property
    def title(self) -> str:
        """What the page is called, with its counts."""
        return self._title.text()

    @property
    def blank_text(self) -> str:
        """What is said in place of the table, or an empty text while it is on show."""
        return self._blank.text() if self._body.currentWidget() is self._blank else ""

    def show_counts(self, total: int, empty: str) -> None:
        """Say how many there are; where no row is shown, why."""
        shown, read = self.model.rowCount(), self.model.read_count
        filtered = shown != read
        count = f" ({shown} of {total})" if filtered else f" ({total})"
        self._title.setText(f"History{count if total else ''}")
        none = none_matches(total, "attempt") if total else empty
        looking = "Looking through earlier attempts…"
        self._blank.setText(looking if total and self.model.has_more else none)
        self._body.setCurrentWidget(self.view if shown else self._blank)
        self.export_button.setEnabled(shown > 0)

    def allow(self, *, has_current: bool, why_not_repeated: str) -> None:
        """Switch on what can be done with the current attempt; what cannot says why."""
        self.timeline_button.setEnabled(has_current)
        self.view.timeline_action.setEnabled(has_current)
        for action in (self.repeat_button, self.view.repeat_action):
            action.setEnabled(not why_not_repeated)
            action.setToolTip(why_not_repeated or "Open the dialog again for the same, with a new code")
        self.view.copy_id_action.setEnabled(any(one.auth_id for one in self.view.selected_attempts()))
