"""The timeline of the current attempt: collapsible, filtered, copied. Bottom of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tray_auth_desktop.core.timeline import EventKind, TimelineEvent
from tray_auth_desktop.gui.filter_line import FilterLine
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolButton
from tray_auth_desktop.gui.text_button import TextButton
from tray_auth_desktop.gui.theme import give_style
from tray_auth_desktop.gui.timeline_model import Column, TimelineFilter, TimelineModel, line_of

_BOTTOM_PX = 8
_EMPTY = "Nothing has happened yet. What a dialog does is listed here while it is open."
_ALL, _PROBLEMS = "All kinds", "Problems"


class TimelinePanel(QWidget):
    """Shows what happens while it happens; follows the end only while the person is there.

    Signals:
        copied(str): this text is on the clipboard.
        collapsed(bool): whether only the head is shown now.
    """

    copied = Signal(str)
    collapsed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems = 0
        self._model = TimelineModel(self)
        self._filter = TimelineFilter(self._model, self)
        self.toggle = TextButton("", "down", self)
        self.filter_line = FilterLine("Filter the timeline", "Filter the timeline", self)
        self._kinds = QComboBox(self)
        self._copy = SymbolButton("copy", "Copy the events that are shown", self)
        self.view = QTableView(self)
        self._blank = WrappedLabel(_EMPTY, self)
        self._set_up_head()
        self._set_up_view()
        self._lay_out()
        self._connect_all()
        self._show_title()

    def _set_up_head(self) -> None:
        give_style(self.toggle, "toggle")
        self.toggle.setCheckable(True)
        self.toggle.setChecked(True)
        self.toggle.setAutoRaise(True)
        self._kinds.addItem(_ALL, None)
        self._kinds.addItem(_PROBLEMS, _PROBLEMS)
        for kind in EventKind:
            self._kinds.addItem(kind.value.capitalize(), kind.value)
        self._kinds.setAccessibleName("Kind of events to show")
        self._kinds.view().setAccessibleName("Kinds of events")
        self.filter_line.setMaximumWidth(self.fontMetrics().averageCharWidth() * 48)

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self._filter)
        view.setAccessibleName("Timeline of the attempt")
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        columns = view.horizontalHeader()
        give_style(columns, "header")
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setStretchLastSection(True)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        letter = self.fontMetrics().averageCharWidth()
        columns.resizeSection(Column.TIME, letter * 10)
        columns.resizeSection(Column.KIND, letter * 16)
        copy = QAction("&Copy events", view)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_selected)
        view.addAction(copy)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        view.setMinimumHeight(self.fontMetrics().height() * 4)

    def _lay_out(self) -> None:
        self._head = head = QHBoxLayout()
        head.setContentsMargins(0, 4, 0, 4)
        head.setSpacing(8)
        head.addWidget(self.toggle)
        head.addStretch(1)
        head.addWidget(self.filter_line, 2)
        head.addWidget(self._kinds)
        head.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, _BOTTOM_PX)
        layout.setSpacing(0)
        self._blank.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._blank.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._blank.setAccessibleName("Timeline: nothing to show")
        self._blank.setMinimumHeight(self.view.minimumHeight())
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._blank, 1)

    def _connect_all(self) -> None:
        self.toggle.toggled.connect(self._on_toggled)
        self.filter_line.textChanged.connect(self._on_filter_changed)
        self._kinds.currentIndexChanged.connect(self._on_filter_changed)
        self._copy.clicked.connect(self.copy_shown)

    @property
    def head_height(self) -> int:
        """How high it is while it is collapsed."""
        margins = self.contentsMargins()
        return self._head.sizeHint().height() + margins.top() + margins.bottom() + _BOTTOM_PX

    def add(self, event: TimelineEvent) -> None:
        """Append an event."""
        bar = self.view.verticalScrollBar()
        is_at_end = bar.value() >= bar.maximum()
        self._model.add(event)
        self._problems += event.observation.is_problem
        if is_at_end:
            self.view.scrollToBottom()
        self._show_title()

    def clear(self) -> None:
        """Another attempt starts."""
        self._model.clear()
        self._problems = 0
        self._show_title()

    def lines(self) -> tuple[str, ...]:
        """Return the events that are shown, as lines of text."""
        return tuple(self._line(row) for row in range(self._filter.rowCount()))

    def copy_selected(self) -> None:
        """Copy the selected events, one a line."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        self._copy_lines([self._line(row) for row in rows])

    def copy_shown(self) -> None:
        """Copy all events that are shown, one a line."""
        self._copy_lines(list(self.lines()))

    def _line(self, row: int) -> str:
        source = self._filter.mapToSource(self._filter.index(row, 0))
        return line_of(self._model.event_at(source.row()))

    def _copy_lines(self, lines: list[str]) -> None:
        if lines:
            text = "\n".join(lines)
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)

    def _on_toggled(self, is_open: bool) -> None:
        for widget in (self.filter_line, self._kinds, self._copy):
            widget.setVisible(is_open)
        self._show_title()
        self.collapsed.emit(not is_open)

    def _on_filter_changed(self) -> None:
        wanted = self._kinds.currentData()
        only_problems = wanted == _PROBLEMS
        kind = EventKind(wanted) if wanted and not only_problems else None
        self._filter.set_filter(self.filter_line.text(), kind, only_problems=only_problems)
        self._show_body()

    def _show_body(self) -> None:
        """Show the table, or why there is nothing in it."""
        is_open, total, shown = self.toggle.isChecked(), self._model.rowCount(), self._filter.rowCount()
        self.view.setVisible(is_open and shown > 0)
        self._blank.setVisible(is_open and shown == 0)
        self._blank.setText(f"None of the {total} events matches the filter." if total else _EMPTY)

    def _show_title(self) -> None:
        self._show_body()
        count, problems = self._model.rowCount(), self._problems
        words = f" · {problems} {'problem' if problems == 1 else 'problems'}" if problems else ""
        self.toggle.setText(f"&Timeline ({count}){words}" if count else "&Timeline")
        is_open = self.toggle.isChecked()
        self.toggle.set_symbol("down" if is_open else "right")
        self.toggle.setAccessibleName(f"Timeline, {count} events, {problems} problems")
        self.toggle.setToolTip("Hide the timeline" if is_open else "Show the timeline")
