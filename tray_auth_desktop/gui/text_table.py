"""A small table of texts with a filter above it: sorted by a click on a column, copied with Ctrl+C."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from tray_auth_desktop.gui.columns import ALIGNED, style_header
from tray_auth_desktop.gui.filter_line import FilterLine
from tray_auth_desktop.gui.row_filter import RowFilter


class TextTable(QWidget):
    """Rows of text; nothing in it can be changed.

    Args:
        what: What the rows are, such as "shortcuts".
        headers: The columns' names.
        wide: The column that takes the room that is left, and wraps.

    Signals:
        copied(str): this text is on the clipboard.
    """

    copied = Signal(str)

    def __init__(
        self, what: str, headers: Sequence[str], parent: QWidget | None = None, *, wide: int
    ) -> None:
        super().__init__(parent)
        self._wide = wide
        self._model = QStandardItemModel(0, len(headers), self)
        self._model.setHorizontalHeaderLabels(list(headers))
        self._filter = RowFilter(self)
        self._filter.setSourceModel(self._model)
        self.filter_line = FilterLine(f"Filter {what}", f"Filter {what}", self)
        self.view = QTableView(self)
        self.view.setAccessibleName(what.capitalize())
        self._set_up_view()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.filter_line)
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.filter_line)
        self.filter_line.textChanged.connect(self._filter.set_filter)

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self._filter)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setAlternatingRowColors(True)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setSortingEnabled(True)
        view.setWordWrap(True)
        view.verticalHeader().hide()
        view.verticalHeader().setMinimumSectionSize(self.fontMetrics().height() + 8)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns = view.horizontalHeader()
        style_header(columns)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(self._wide, QHeaderView.ResizeMode.Stretch)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        copy = QAction("&Copy rows", view)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_rows)
        view.addAction(copy)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def set_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows."""
        self._model.removeRows(0, self._model.rowCount())
        for row in rows:
            items = [QStandardItem(text) for text in row]
            for item in items:
                item.setTextAlignment(ALIGNED)
            self._model.appendRow(items)

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Return what is shown, from top to bottom."""
        return self._filter.rows()

    def copy_rows(self) -> None:
        """Copy the selected rows, cells parted by tabs."""
        selected = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        text = "\n".join("\t".join(self._filter.texts(row)) for row in selected)
        if text:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)
