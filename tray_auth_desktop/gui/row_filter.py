"""A filter before an item model: the rows that hold every word of a text."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from tray_auth_desktop.gui.word_filter import has_words, haystack_of, words_of


class RowFilter(QSortFilterProxyModel):
    """Looks into all columns. For models of a few hundred rows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def set_filter(self, text: str) -> None:
        """Show only rows that hold every word of a text."""
        self.beginFilterChange()
        self._words = words_of(text)
        self.endFilterChange()

    def texts(self, row: int) -> tuple[str, ...]:
        """Return the cells of a row that is shown."""
        columns = range(self.columnCount())
        return tuple(str(self.index(row, column).data() or "") for column in columns)

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the cells of all rows that are shown, from top to bottom."""
        return tuple(self.texts(row) for row in range(self.rowCount()))

    def filterAcceptsRow(  # noqa: N802 - Qt's name
        self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """Whether a row is shown."""
        model = self.sourceModel()
        cells = [model.index(source_row, column, source_parent) for column in range(model.columnCount())]
        return has_words(haystack_of(*(str(cell.data() or "") for cell in cells)), self._words)
