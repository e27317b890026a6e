"""The timeline of the current attempt: collapsible, filtered, copied. Bottom of the window."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from tray_auth_desktop.core.counts import counted
from tray_auth_desktop.core.timeline import EventKind
from tray_auth_desktop.gui.columns import restore_columns
from tray_auth_desktop.gui.filter_line import FilterLine
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolButton
from tray_auth_desktop.gui.text_button import FoldButton
from tray_auth_desktop.gui.timeline_buttons import ExportButton, FindingsButton
from tray_auth_desktop.gui.word_filter import none_matches

if TYPE_CHECKING:  # the table is made for the first event: 3 ms of the window's first paint
    from tray_auth_desktop.core.timeline import TimelineEvent
    from tray_auth_desktop.gui.timeline_details import TimelineDetails
    from tray_auth_desktop.gui.timeline_model import TimelineFilter, TimelineModel
    from tray_auth_desktop.gui.timeline_reader import TimelineReader
    from tray_auth_desktop.gui.timeline_view import TimelineView

_LEAST_LINES = 4
_BOTTOM_PX = 8
_EMPTY = "Nothing has happened yet. What a dialog does is listed here while it is open."
_ALL, _PROBLEMS = "All kinds", "Problems"
#: With these events it is known what to make of those before.
_ENDS = frozenset({EventKind.OUTCOME, EventKind.CONFIRMATION})


class TimelinePanel(QWidget):
    """Shows what happens while it happens; follows the end only while the person is there.

    Signals:
        copied(str): this text is on the clipboard.
        collapsed(bool): whether only the head is shown now.
        export_asked(str): the person wants the timeline as a file of this format.
    """

    copied = Signal(str)
    collapsed = Signal(bool)
    export_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems = 0
        self._kept_columns = QByteArray()
        self.toggle = FoldButton("", self)
        self.filter_line = FilterLine("Filter the timeline", "Filter the timeline", self)
        self._kinds = QComboBox(self)
        self._copy = SymbolButton("copy", "Copy the events that are shown", self)
        self.findings_button, self.export_button = FindingsButton(self), ExportButton(self)
        self._blank = WrappedLabel(_EMPTY, self)
        self._set_up_head()
        self._lay_out()
        self._connect_all()
        self._show_title()

    def _set_up_head(self) -> None:
        self.toggle.setChecked(True)
        self._kinds.addItem(_ALL, None)
        self._kinds.addItem(_PROBLEMS, _PROBLEMS)
        for kind in EventKind:
            self._kinds.addItem(kind.label, kind.value)
        self._kinds.setAccessibleName("Kind of events to show")
        self._kinds.view().setAccessibleName("Kinds of events")
        self.filter_line.setMaximumWidth(self.fontMetrics().averageCharWidth() * 48)

    def _lay_out(self) -> None:
        self._head = head = QHBoxLayout()
        head.setContentsMargins(0, 4, 0, 4)
        head.setSpacing(8)
        head.addWidget(self.toggle)
        head.addStretch(1)
        head.addWidget(self.filter_line, 2)
        head.addWidget(self._kinds)
        for button in (self._copy, self.findings_button, self.export_button):
            head.addWidget(button)
        self._rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, _BOTTOM_PX)
        layout.setSpacing(0)
        self._blank.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._blank.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._blank.setAccessibleName("Timeline: nothing to show")
        self._blank.setMinimumHeight(self.fontMetrics().height() * _LEAST_LINES)
        layout.addLayout(head)
        layout.addWidget(self._blank, 1)

    def _connect_all(self) -> None:
        self.toggle.toggled.connect(self._on_toggled)
        self.filter_line.textChanged.connect(self._on_filter_changed)
        self._kinds.currentIndexChanged.connect(self._on_filter_changed)
        self._copy.clicked.connect(self.copy_shown)
        self.findings_button.chosen.connect(self._on_finding_chosen)
        self.export_button.chosen.connect(self.export_asked)

    @cached_property
    def _model(self) -> TimelineModel:
        from tray_auth_desktop.gui.timeline_model import TimelineModel

        return TimelineModel(self)

    @cached_property
    def _filter(self) -> TimelineFilter:
        from tray_auth_desktop.gui.timeline_model import TimelineFilter

        return TimelineFilter(self._model, self)

    @cached_property
    def view(self) -> TimelineView:
        """What shows the events."""
        from tray_auth_desktop.gui.timeline_view import TimelineView

        view = TimelineView(self._filter, self)
        view.setMinimumHeight(self._blank.minimumHeight())
        view.copy_action.triggered.connect(self.copy_selected)
        self._body.addWidget(view)
        self._body.addWidget(self.details)
        self._body.setStretchFactor(0, 3)
        self._body.setStretchFactor(1, 2)
        self._rows.insertWidget(1, self._body, 1)
        self.setTabOrder(self.export_button, view)
        restore_columns(view.horizontalHeader(), self._kept_columns)
        self._apply_filter()
        return view

    @cached_property
    def _body(self) -> QSplitter:
        body = QSplitter(Qt.Orientation.Horizontal, self)
        body.setChildrenCollapsible(False)
        body.hide()
        return body

    @cached_property
    def details(self) -> TimelineDetails:
        """What shows one event in full."""
        from tray_auth_desktop.gui.timeline_details import TimelineDetails

        details = TimelineDetails(self)
        details.copied.connect(self.copied)
        return details

    @cached_property
    def _reader(self) -> TimelineReader:
        from tray_auth_desktop.gui.timeline_reader import TimelineReader

        reader = TimelineReader(self._model, self._filter, self.view, self.details)
        reader.filter_in_the_way.connect(self._show_all)
        return reader

    @property
    def _is_made(self) -> bool:
        return "view" in self.__dict__

    def column_state(self) -> QByteArray:
        """Return what is to be kept of the columns."""
        return self.view.horizontalHeader().saveState() if self._is_made else self._kept_columns

    def restore_columns(self, kept: QByteArray) -> None:
        """Let the columns be as they were kept."""
        self._kept_columns = kept
        if self._is_made:
            restore_columns(self.view.horizontalHeader(), kept)

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
        if event.observation.kind in _ENDS:
            self.findings_button.show_findings(self._reader.check())
        if is_at_end:
            self.view.scrollToBottom()
        self._show_title()

    def clear(self) -> None:
        """Another attempt starts."""
        if self._is_made:
            self._model.clear()
            self._reader.forget()
        self.findings_button.show_findings(())
        self._problems = 0
        self._show_title()

    def lines(self) -> tuple[str, ...]:
        """Return the events that are shown, as lines of text."""
        return tuple(self._line(row) for row in range(self._filter.rowCount())) if self._is_made else ()

    def copy_selected(self) -> None:
        """Copy the selected events, one a line."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        self._copy_lines([self._line(row) for row in rows])

    def copy_shown(self) -> None:
        """Copy all events that are shown, one a line."""
        self._copy_lines(list(self.lines()))

    def _line(self, row: int) -> str:
        from tray_auth_desktop.gui.timeline_model import line_of

        source = self._filter.mapToSource(self._filter.index(row, 0))
        return line_of(self._model.event_at(source.row()))

    def _copy_lines(self, lines: list[str]) -> None:
        if lines:
            text = "\n".join(lines)
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes the details."""
        if event.key() == Qt.Key.Key_Escape and self._is_made and self.details.isVisibleTo(self):
            self._reader.close()
        else:
            super().keyPressEvent(event)

    def _on_finding_chosen(self, number: int) -> None:
        self._reader.go_to_finding(number)

    def _show_all(self) -> None:
        self.filter_line.clear()
        self._kinds.setCurrentIndex(0)

    def _on_toggled(self, is_open: bool) -> None:
        for widget in (self.filter_line, self._kinds, self._copy, self.export_button):
            widget.setVisible(is_open)
        self._show_title()
        self.collapsed.emit(not is_open)

    def _on_filter_changed(self) -> None:
        if self._is_made:
            self._apply_filter()
        self._show_body()

    def _apply_filter(self) -> None:
        wanted = self._kinds.currentData()
        only_problems = wanted == _PROBLEMS
        kind = EventKind(wanted) if wanted and not only_problems else None
        self._filter.set_filter(self.filter_line.text(), kind, only_problems=only_problems)

    @property
    def _total(self) -> int:
        return self._model.rowCount() if self._is_made else 0

    def _show_body(self) -> None:
        """Show the table, or why there is nothing in it."""
        is_open, total, shown = self.toggle.isChecked(), self._total, 0
        if self._is_made:
            shown = self._filter.rowCount()
            self._body.setVisible(is_open and shown > 0)
        self._blank.setVisible(is_open and shown == 0)
        self._blank.setText(none_matches(total, "event") if total else _EMPTY)

    def _show_title(self) -> None:
        self._show_body()
        count, problems = self._total, counted(self._problems, "problem")
        self.export_button.setEnabled(count > 0)
        words = f" · {problems}" if self._problems else ""
        self.toggle.setText(f"&Timeline ({count}){words}" if count else "&Timeline")
        is_open = self.toggle.isChecked()
        self.toggle.setAccessibleName(f"Timeline, {counted(count, 'event')}, {problems}")
        self.toggle.setToolTip("Hide the timeline" if is_open else "Show the timeline")
