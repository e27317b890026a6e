"""The table of past attempts: selects several, copies cells, rows, authIds and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6 import QtWidgets
from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QKeyEvent, QKeySequence, QMouseEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tray_auth_desktop.gui.columns import style_header
from tray_auth_desktop.gui.history_cells import Column
from tray_auth_desktop.gui.history_model import SYMBOL_ROLE, HistoryModel
from tray_auth_desktop.gui.symbols import symbol_pixmap
from tray_auth_desktop.onboarding.past_attempt import PastAttempt, fields_of

_WIDTHS = {
    Column.WHEN: 27,
    Column.WORKSPACE: 15,
    Column.USER: 19,
    Column.WHAT: 30,
    Column.OUTCOME: 22,
    Column.AUTH_ID: 48,
    Column.VIA: 14,
    Column.CONFIRMED: 14,
}
_Index = QModelIndex | QPersistentModelIndex
_Key = QKeySequence.StandardKey
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HistoryCells(QStyledItemDelegate):
    """Paints the cells as the style does, but for what would be cut or not be seen."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802 - Qt's name
        """Cut ids in the middle: both ends tell them apart. On a selected row the symbol is as the text."""
        super().initStyleOption(option, index)
        if index.column() == Column.AUTH_ID:
            option.textElideMode = Qt.TextElideMode.ElideMiddle
        symbol = index.data(SYMBOL_ROLE)
        if symbol and option.state & QtWidgets.QStyle.StateFlag.State_Selected:
            color = option.palette.color(QPalette.ColorRole.HighlightedText)
            option.icon = QIcon(symbol_pixmap(symbol, color, 1.0))


class HistoryView(QTableView):
    """Rows are selected whole, but each cell can be copied.

    Attributes:
        timeline_action, repeat_action: Open the timeline, repeat; the page says when they can be used.
        copy_id_action, copy_cell_action, copy_row_action, copy_json_action: Copy.

    Signals:
        copied(str): this text is on the clipboard.
        opened(): the person wants to see the timeline of the current attempt.
        repeated(): the person wants the current attempt again.
        current_changed(): another row is the current one, or rows were selected.
    """

    copied = Signal(str)
    opened = Signal()
    repeated = Signal()
    current_changed = Signal()

    def __init__(self, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attempts = model
        self.setModel(model)
        self.setAccessibleName("Past attempts")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(HistoryCells(self))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._set_columns()
        self.timeline_action = self._add_action("Show &timeline", self.opened)
        self.copy_id_action = self._add_action("Copy &authId", self.copy_auth_ids)
        self.copy_cell_action = self._add_action("&Copy cell", self.copy_cell, _Key.Copy)
        self.copy_row_action = self._add_action("Copy &row", self.copy_rows)
        self.copy_json_action = self._add_action("Copy as &JSON", self.copy_json)
        self.repeat_action = self._add_action("Re&peat", self.repeated)
        self.customContextMenuRequested.connect(self._show_menu)
        self.selectionModel().selectionChanged.connect(self.current_changed)
        self.selectionModel().currentChanged.connect(self.current_changed)

    def _set_columns(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        columns = self.horizontalHeader()
        style_header(columns)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setSectionsMovable(True)
        columns.setStretchLastSection(True)
        columns.setSortIndicator(Column.WHEN, Qt.SortOrder.DescendingOrder)
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in _WIDTHS.items():
            columns.resizeSection(column, letter * letters)
        self.setSortingEnabled(True)

    def _add_action(
        self,
        text: str,
        slot: Callable[[], None] | SignalInstance,
        key: QKeySequence.StandardKey | None = None,
    ) -> QAction:
        action = QAction(text, self)
        if key is not None:
            action.setShortcut(key)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    def column_state(self) -> QByteArray:
        """Return widths, order and sorting of the columns, to be kept."""
        return self.horizontalHeader().saveState()

    def restore_columns(self, state: QByteArray) -> bool:
        """Take widths, order and sorting as they were kept. Returns whether they could be read."""
        header = self.horizontalHeader()
        if not header.restoreState(state):
            return False
        self._attempts.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        return True

    def current_attempt(self) -> PastAttempt | None:
        """Return the attempt of the current row."""
        index = self.currentIndex()
        return self._attempts.attempt_at(index.row()) if index.isValid() else None

    def selected_attempts(self) -> tuple[PastAttempt, ...]:
        """Return the attempts of the selected rows, from top to bottom."""
        return tuple(self._attempts.attempt_at(row) for row in self._selected_rows())

    def keep_place(self) -> tuple[str, int, int]:
        """Return what `restore_place` needs after the rows were replaced."""
        current = self.current_attempt()
        column = max(0, self.currentIndex().column())
        return current.attempt_id if current else "", column, self.verticalScrollBar().value()

    def restore_place(self, place: tuple[str, int, int]) -> None:
        """Select the row that was current and scroll to where the table was."""
        attempt_id, column, scrolled = place
        row = self._attempts.row_of(attempt_id) if attempt_id else -1
        if row >= 0:
            flags = QItemSelectionModel.SelectionFlag
            index = self._attempts.index(row, column)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.verticalScrollBar().setValue(scrolled)

    def copy_cell(self) -> None:
        """Copy the current cell; of several selected rows, all of them."""
        index = self.currentIndex()
        if len(self._selected_rows()) > 1:
            self.copy_rows()
        elif index.isValid():
            self._copy(self._attempts.cells_at(index.row())[index.column()])

    def copy_auth_ids(self) -> None:
        """Copy the authIds of the selected rows, one a line."""
        self._copy("\n".join(attempt.auth_id for attempt in self.selected_attempts() if attempt.auth_id))

    def copy_rows(self) -> None:
        """Copy the selected rows, cells parted by tabs, as spreadsheets take them."""
        rows = (self._attempts.cells_at(row) for row in self._selected_rows())
        self._copy("\n".join("\t".join(cells) for cells in rows))

    def copy_json(self) -> None:
        """Copy the selected attempts as JSON: one as an object, several as a list."""
        fields = [fields_of(attempt) for attempt in self.selected_attempts()]
        if fields:
            self._copy(json.dumps(fields[0] if len(fields) == 1 else fields, indent=2, ensure_ascii=False))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens the timeline; Qt's own copying knows but one cell."""
        if event.matches(_Key.Copy):
            self.copy_cell()
        elif event.key() in _ENTER and self.currentIndex().isValid():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A double click opens the timeline."""
        super().mouseDoubleClickEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the symbols anew when the colours change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def _selected_rows(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def _copy(self, text: str) -> None:
        if text:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)

    def _show_menu(self, at: QPoint) -> None:
        index: QModelIndex = self.indexAt(at)
        if not (index.isValid() or self.currentIndex().isValid()):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        menu.addActions([self.timeline_action, self.repeat_action])
        menu.addSeparator()
        menu.addActions(
            [self.copy_id_action, self.copy_cell_action, self.copy_row_action, self.copy_json_action]
        )
        menu.popup(self.viewport().mapToGlobal(at))
