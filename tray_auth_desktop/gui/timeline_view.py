"""The table that shows the timeline of an attempt."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from tray_auth_desktop.gui.columns import style_header
from tray_auth_desktop.gui.timeline_model import Column, TimelineFilter


class TimelineView(QTableView):
    """Rows are selected whole.

    Attributes:
        copy_action: Copies what is selected, for whoever connects it.
    """

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
        self.addAction(self.copy_action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _set_up_columns(self) -> None:
        columns = self.horizontalHeader()
        style_header(columns)
        columns.setStretchLastSection(True)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        letter = self.fontMetrics().averageCharWidth()
        columns.resizeSection(Column.TIME, letter * 10)
        columns.resizeSection(Column.KIND, letter * 16)
