"""The table that shows the timeline of an attempt."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from tray_auth_desktop.gui.columns import style_header
from tray_auth_desktop.gui.timeline_model import Column, TimelineFilter


class TimelineView(QTableView):
    """Rows are selected whole.

    Attributes:
        copy_action: Copies what is selected, for whoever connects it.
        page_action: Goes to the page that the current event came from, for whoever connects it.

    Signals:
        opened(): the person wants to see the current event in full: a click, or Enter.
    """

    opened = Signal()

    def __init__(self, events: TimelineFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(events)
        self.setAccessibleName("Timeline of the attempt")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self._set_up_columns()
        self.copy_action = QAction("&Copy events", self)
        self.copy_action.setShortcut(QKeySequence.StandardKey.Copy)
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.page_action = QAction("Go to its &page", self)
        self.page_action.setShortcut("Ctrl+G")
        self.page_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        details = QAction("Show &details", self)
        details.triggered.connect(self.opened)
        self.addActions([details, self.page_action, self.copy_action])
        self.clicked.connect(self.opened)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter shows the current event in full."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _set_up_columns(self) -> None:
        columns = self.horizontalHeader()
        style_header(columns)
        columns.setStretchLastSection(True)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        letter = self.fontMetrics().averageCharWidth()
        columns.resizeSection(Column.TIME, letter * 10)
        columns.resizeSection(Column.KIND, letter * 16)
