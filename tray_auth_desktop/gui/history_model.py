"""Past attempts as an item model that sorts and filters itself. Quick with ten thousand rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPixmap

from tray_auth_desktop.gui.history_cells import (
    HEADERS,
    MEANINGS,
    Column,
    Row,
    outcome_sign,
    row_of,
    sort_key,
    tool_tip,
)
from tray_auth_desktop.gui.symbols import symbol_pixmap
from tray_auth_desktop.gui.theme import fixed_font, tone_color
from tray_auth_desktop.gui.word_filter import has_words, words_of
from tray_auth_desktop.onboarding.past_attempt import PastAttempt

#: The name of the symbol beside an outcome.
SYMBOL_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractTableModel):
    """Keeps every row it was given, in the order asked for, and shows those that hold every word.

    Signals:
        more_wanted(): a view has come to the end of what was read so far.
    """

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._shown: list[Row] = []
        self._words: tuple[str, ...] = ()
        self._order = (int(Column.WHEN), Qt.SortOrder.DescendingOrder)
        self.has_more = False

    @property
    def is_newest_first(self) -> bool:
        """Whether rows are in the order in which they are read."""
        return self._order == (Column.WHEN, Qt.SortOrder.DescendingOrder)

    @property
    def read_count(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._rows)

    @property
    def oldest_id(self) -> str:
        """The attempt that began first of all that were read; empty if there is none."""
        return self._rows[-1].attempt.attempt_id if self._rows else ""

    def replace(self, attempts: Sequence[PastAttempt]) -> None:
        """Take other rows in place of those that are there."""
        self._take([row_of(attempt) for attempt in attempts])

    def renew(self, latest: Sequence[PastAttempt]) -> None:
        """Take the latest attempts anew; the others stay, unless some between them were never read."""
        renewed = {attempt.attempt_id for attempt in latest}
        if renewed.isdisjoint(row.attempt.attempt_id for row in self._rows):
            self.replace(latest)
            return
        kept = [row for row in self._rows if row.attempt.attempt_id not in renewed]
        self._take([*(row_of(attempt) for attempt in latest), *kept])

    def append(self, older: Sequence[PastAttempt]) -> None:
        """Take attempts that are older than all others."""
        rows = [row_of(attempt) for attempt in older]
        self._rows += rows
        matching = [row for row in rows if self._matches(row)]
        if not matching:
            return
        first = len(self._shown)
        self.beginInsertRows(QModelIndex(), first, first + len(matching) - 1)
        self._shown += matching
        self.endInsertRows()
        if not self.is_newest_first:
            self.sort(*self._order)

    def set_filter(self, text: str) -> None:
        """Show only rows that hold every word of a text."""
        self.beginResetModel()
        self._words = words_of(text)
        self._show()
        self.endResetModel()

    def attempt_at(self, row: int) -> PastAttempt:
        """Return the attempt of a row that is shown."""
        return self._shown[row].attempt

    def cells_at(self, row: int) -> tuple[str, ...]:
        """Return what a row shows."""
        return self._shown[row].cells

    def row_of(self, attempt_id: str) -> int:
        """Return the row of an attempt, or -1."""
        shown = enumerate(self._shown)
        return next((row for row, found in shown if found.attempt.attempt_id == attempt_id), -1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; a column below 0 means newest first. Selection and current cell follow."""
        self._order = (column, order) if column >= 0 else (int(Column.WHEN), Qt.SortOrder.DescendingOrder)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self.attempt_at(index.row()).attempt_id for index in before]
        self._arrange()
        rows = {row.attempt.attempt_id: number for number, row in enumerate(self._shown)}
        after = [self.index(rows[name], index.column()) for name, index in zip(ids, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _take(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self._rows.sort(key=sort_key(Column.WHEN), reverse=True)
        self._show()
        self.endResetModel()

    def _show(self) -> None:
        self._shown = [row for row in self._rows if self._matches(row)]
        if not self.is_newest_first:
            self._arrange()

    def _arrange(self) -> None:
        """Sort what is shown; of equal rows the newest comes first."""
        column, order = self._order
        self._shown.sort(key=sort_key(Column.WHEN), reverse=True)
        if not self.is_newest_first:
            self._shown.sort(key=sort_key(column), reverse=order == Qt.SortOrder.DescendingOrder)

    def _matches(self, row: Row) -> bool:
        return not self._words or has_words(row.haystack, self._words)

    def canFetchMore(self, parent: _Index) -> bool:  # noqa: N802 - Qt's name
        """Whether older attempts are still to be read."""
        return not parent.isValid() and self.has_more

    def fetchMore(self, parent: _Index) -> None:  # noqa: N802 - Qt's name
        """Ask for them."""
        if not parent.isValid():
            self.more_wanted.emit()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's name and meaning."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return MEANINGS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, says and is marked with."""
        reader = _READERS.get(role)
        return reader(self._shown[index.row()], index.column()) if reader is not None else None


def _isolated(text: str) -> str:
    """Return a text that keeps its own direction where everything is read from right to left."""
    is_mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return f"\u2068{text}\u2069" if text and is_mirrored else text


def _alignment(_row: Row, column: int) -> object:
    return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter if column == Column.DURATION else None


def _decoration(row: Row, column: int) -> QPixmap | None:
    if column != Column.OUTCOME:
        return None
    symbol, tone = outcome_sign(row.attempt)
    palette = QGuiApplication.palette()
    color = tone_color(tone, palette) if tone else palette.text().color()
    return symbol_pixmap(symbol, color, 1.0)


_READERS: dict[int, Callable[[Row, int], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda row, column: _isolated(row.cells[column]) or "—",
    Qt.ItemDataRole.ToolTipRole: tool_tip,
    Qt.ItemDataRole.AccessibleTextRole: lambda row, column: row.cells[column],
    Qt.ItemDataRole.FontRole: lambda _row, column: fixed_font() if column == Column.AUTH_ID else None,
    Qt.ItemDataRole.TextAlignmentRole: _alignment,
    Qt.ItemDataRole.DecorationRole: _decoration,
    SYMBOL_ROLE: lambda row, column: outcome_sign(row.attempt)[0] if column == Column.OUTCOME else None,
}
