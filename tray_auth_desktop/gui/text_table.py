"""A small table of texts with a filter above it: sorted by a click on a column, copied with Ctrl+C."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from tray_auth_desktop.gui.filter_line import FilterLine
from tray_auth_desktop.gui.theme import give_style
from tray_auth_desktop.gui.word_filter import has_words, haystack_of, words_of

_ALIGNED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


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
        self._filter = _RowFilter(self)
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
        self.filter_line.textChanged.connect(self._on_filter_changed)

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
        give_style(columns, "header")
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
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
                item.setTextAlignment(_ALIGNED)
            self._model.appendRow(items)

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Return what is shown, from top to bottom."""
        return tuple(self._row(row) for row in range(self._filter.rowCount()))

    def copy_rows(self) -> None:
        """Copy the selected rows, cells parted by tabs."""
        selected = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        text = "\n".join("\t".join(self._row(row)) for row in selected)
        if text:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)

    def _row(self, row: int) -> tuple[str, ...]:
        columns = range(self._filter.columnCount())
        return tuple(str(self._filter.index(row, column).data() or "") for column in columns)

    def _on_filter_changed(self, text: str) -> None:
        self._filter.set_words(words_of(text))


class _RowFilter(QSortFilterProxyModel):
    """Shows the rows that hold every word."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def set_words(self, words: tuple[str, ...]) -> None:
        """Show only what holds these."""
        self.beginFilterChange()
        self._words = words
        self.endFilterChange()

    def filterAcceptsRow(  # noqa: N802 - Qt's name
        self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """Whether a row is shown."""
        model = self.sourceModel()
        cells = [model.index(source_row, column, source_parent) for column in range(model.columnCount())]
        return has_words(haystack_of(*(str(cell.data() or "") for cell in cells)), self._words)
