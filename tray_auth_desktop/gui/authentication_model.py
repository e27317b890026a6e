"""A user's authentications as an item model, and the filter before it. Quick with ten thousand rows."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from tray_auth_desktop.gui.choices import TILE_ROLE
from tray_auth_desktop.gui.theme import fixed_font
from tray_auth_desktop.gui.word_filter import has_words, haystack_of, words_of

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Authentication

IS_NEW_ROLE = Qt.ItemDataRole.UserRole + 3
_Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, from left to right."""

    NAME = 0
    SERVICE = 1
    ENVIRONMENT = 2
    AUTH_ID = 3


_HEADERS = ("Name", "Service", "Environment", "authId")


def cells_of(authentication: Authentication) -> tuple[str, str, str, str]:
    """Return what the columns show; what Tray left out is empty."""
    service, environment = authentication.service, authentication.service_environment
    return (
        authentication.name,
        service.label if service else "",
        environment.label if environment else "",
        authentication.auth_id,
    )


class AuthenticationModel(QAbstractTableModel):
    """Keeps its rows in the order asked for.

    Sorting a list once is far cheaper than the comparisons of a proxy, each of which asks for two cells.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str, str, str]] = []
        self._haystacks: list[str] = []
        self._new_id = ""
        self._order: tuple[int, Qt.SortOrder] | None = None

    def set_authentications(self, listed: Sequence[Authentication], new_id: str = "") -> None:
        """Take another list; the order asked for stays.

        Args:
            listed: In the server's order.
            new_id: The one to mark as new.
        """
        self.beginResetModel()
        self._rows = [cells_of(authentication) for authentication in listed]
        self._new_id = new_id
        self._arrange()
        self.endResetModel()

    def set_new(self, auth_id: str) -> None:
        """Mark another row as new."""
        marked = {self._new_id, auth_id}
        self._new_id = auth_id
        for row in filter(lambda row: row >= 0, map(self.row_of, marked)):
            self.dataChanged.emit(self.index(row, Column.NAME), self.index(row, Column.AUTH_ID))

    def auth_id(self, row: int) -> str:
        """Return the id of a row."""
        return self._rows[row][Column.AUTH_ID]

    def row_of(self, auth_id: str) -> int:
        """Return the row of an id, or -1."""
        return next((row for row, cells in enumerate(self._rows) if cells[Column.AUTH_ID] == auth_id), -1)

    def haystack(self, row: int) -> str:
        """Return what a row is found by."""
        return self._haystacks[row]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; persistent indexes (selection, current cell) follow their rows."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self.auth_id(index.row()) for index in before]
        self._order = (column, order) if column >= 0 else None
        self._arrange()
        rows = {cells[Column.AUTH_ID]: row for row, cells in enumerate(self._rows)}
        after = [
            self.index(rows[auth_id], index.column()) for auth_id, index in zip(ids, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        if self._order is not None:
            column, order = self._order
            self._rows.sort(
                key=lambda cells: (cells[column] == "", cells[column].casefold()),
                reverse=order == Qt.SortOrder.DescendingOrder,
            )
        self._haystacks = [haystack_of(*cells) for cells in self._rows]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's name."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, says and is marked with."""
        cells, column = self._rows[index.row()], index.column()
        text = cells[column]
        if role == Qt.ItemDataRole.DisplayRole:
            return text or "—"
        if role == Qt.ItemDataRole.ToolTipRole:
            return text
        if role == Qt.ItemDataRole.FontRole:
            return fixed_font() if column == Column.AUTH_ID else None
        if role == TILE_ROLE:
            return text if column == Column.SERVICE and text else None
        is_new = cells[Column.AUTH_ID] == self._new_id
        if role == IS_NEW_ROLE:
            return is_new and column == Column.NAME
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"New: {text}" if is_new and column == Column.NAME else text
        return None


class AuthenticationFilter(QSortFilterProxyModel):
    """Shows the rows that hold every word; sorting is left to the model behind it."""

    def __init__(self, model: AuthenticationModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words: tuple[str, ...] = ()
        self.setSourceModel(model)

    def set_filter(self, text: str) -> None:
        """Show only rows that hold every word of a text."""
        self.beginFilterChange()
        self._words = words_of(text)
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, _source_parent: _Index) -> bool:  # noqa: N802 - Qt's name
        """Whether a row is shown."""
        return not self._words or has_words(self._model.haystack(source_row), self._words)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Let the model sort itself."""
        self._model.sort(column, order)
