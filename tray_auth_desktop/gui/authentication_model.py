"""A user's authentications as an item model that filters and sorts itself. Quick with 100,000 rows."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from tray_auth_desktop.core.authentication_cells import cells_of
from tray_auth_desktop.gui.authentication_order import Arranged, Arranger, Sort
from tray_auth_desktop.gui.authentication_rows import Rows
from tray_auth_desktop.gui.sliced_work import SlicedWork
from tray_auth_desktop.gui.theme import fixed_font
from tray_auth_desktop.gui.word_filter import has_words, words_of

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Authentication

_Role = Qt.ItemDataRole
#: The word of a row's badge, as the data of its first cell; None where there is none.
BADGE_ROLE = _Role.UserRole + 16
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_ROLES = frozenset(
    {_Role.DisplayRole, _Role.ToolTipRole, _Role.FontRole, _Role.AccessibleTextRole, BADGE_ROLE}
)
#: Badges of what an attempt made, or a change.
NEW, UPDATED = "New", "Updated"
#: How many rows are read in at once: about 6 ms. The rest waits for the next part, or for the whole.
_MOST_APPENDED = 3_000
#: Rows removed one by one; beyond that it is quicker to begin anew.
_MOST_REMOVALS = 20


class Column(IntEnum):
    """The columns, from left to right."""

    NAME = 0
    SERVICE = 1
    ENVIRONMENT = 2
    AUTH_ID = 3


_HEADERS = ("Name", "Service", "Environment", "authId")


class AuthenticationModel(QAbstractTableModel):
    """Takes a list in parts or whole; what takes long is done in slices, and shown once it is done.

    While a list grows, new rows stand at the end and are sorted in from time to time. A list that takes
    another's place is built beside it: until it is whole, the one before stays.

    Attributes:
        now: What is shown.
        before: What was shown before; for whoever keeps a place while the model is reset.

    Signals:
        counted(): there are more or fewer rows, or others.
    """

    counted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = self.before = Arranged(Rows(), None, (), range(0), 0)
        self._sort: Sort | None = None
        self._words: tuple[str, ...] = ()
        self._arranger = Arranger()
        self._incoming: Rows | None = None
        self._whole: tuple[Rows, Sequence[Authentication]] | None = None
        self._badges: dict[str, str] = {}
        self.work = SlicedWork(self)

    @property
    def total(self) -> int:
        """How many authentications there are, shown or not."""
        return len(self._rows)

    @property
    def _rows(self) -> Rows:
        return self.now.rows

    @property
    def _shown(self) -> Sequence[int]:
        return self.now.shown

    def begin_load(self) -> None:
        """A list will come: where there is none yet, its parts are shown as they come."""
        self._incoming = Rows() if len(self._rows) else self._rows

    def show_part(self, listed: Sequence[Authentication]) -> None:
        """Take what has come of a list so far."""
        if self._incoming is None or not self._incoming.agrees_with(listed):
            self._incoming = Rows() if len(self._rows) else self._rows
        before = len(self._incoming)
        self._incoming.append(listed[before : before + _MOST_APPENDED])
        if self._incoming is not self._rows or self.work.is_running:
            return
        self._show_from(before)
        self.counted.emit()
        if self._sort is not None and len(self._rows) >= 2 * self._arranger.sorted_count(self._rows):
            self._arrange()

    def show_all(self, listed: Sequence[Authentication]) -> None:
        """Take a whole list; order and filter stay."""
        incoming, self._incoming = self._incoming, None
        if incoming is None or not incoming.agrees_with(listed):
            incoming = Rows()
        is_shown = incoming is self._rows and len(incoming) == len(listed)
        if is_shown and self._sort is None and not self.work.is_running:
            return
        self._whole = (incoming, listed)
        self._arrange()

    def end_load(self) -> bool:
        """The rest of a list will not come. Returns whether what is shown is only a part of one."""
        is_part = self._incoming is self._rows and len(self._rows) > 0
        self._incoming = None
        return is_part

    def clear(self) -> None:
        """Forget everything but order and filter."""
        self._badges.clear()
        self._incoming = self._whole = None
        self.work.cancel()
        self._take(Arranged(Rows(), self._sort, self._words, range(0), 0))

    def set_filter(self, text: str) -> None:
        """Show only rows that hold every word of a text."""
        words = words_of(text)
        if words != self._words:
            self._words = words
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; a negative one is the server's order."""
        self._sort = Sort(column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._arrange()

    def mark(self, auth_id: str, badge: str) -> None:
        """Give a row a badge, now or as soon as it is listed."""
        self._badges[auth_id.lower()] = badge
        self._tell_changed(self.row_of(auth_id))

    def badge_of(self, auth_id: str) -> str:
        """Return the badge of an id; empty if it has none."""
        return self._badges.get(auth_id.lower(), "")

    def remove(self, auth_ids: Iterable[str]) -> None:
        """Take out what does not exist any more."""
        gone = {at for at in map(self._rows.position_of, auth_ids) if at >= 0}
        rows = self.rows_at(gone)
        if len(rows) <= _MOST_REMOVALS:  # one by one, so that the current row goes to the next one
            for row in reversed(rows):
                self.beginRemoveRows(_NO_PARENT, row, row)
                self.now = replace(self.now, shown=[*self._shown[:row], *self._shown[row + 1 :]])
                self.endRemoveRows()
        self._take_over(self._rows.without(gone))

    def exchange(self, changed: Authentication) -> None:
        """Show one authentication otherwise, as it was just changed."""
        self._take_over(self._rows.with_changed(changed))

    def _take_over(self, rows: Rows) -> None:
        self._whole = (rows, rows.items)
        self._arrange()

    def authentication(self, row: int) -> Authentication:
        """Return what a row shows."""
        return self._rows.items[self._shown[row]]

    def cell(self, row: int, column: int) -> tuple[str, str]:
        """Return the text of a cell, and its badge; for who paints many of them."""
        authentication = self.authentication(row)
        badge = self.badge_of(authentication.auth_id) if column == Column.NAME else ""
        return cells_of(authentication)[column], badge

    def shown(self) -> tuple[Authentication, ...]:
        """Return everything that is shown, from top to bottom."""
        items = self._rows.items
        return tuple(items[at] for at in self._shown)

    def row_of(self, auth_id: str) -> int:
        """Return the row that shows an id, or -1."""
        return self.row_at(self._rows.position_of(auth_id))

    def row_at(self, position: int) -> int:
        """Return the row that shows a position, or -1."""
        try:
            return self._shown.index(position)
        except ValueError:
            return -1

    def rows_at(self, positions: Collection[int]) -> list[int]:
        """Return the rows that show some positions, from top to bottom."""
        if len(positions) <= _MOST_REMOVALS:
            return sorted(row for row in map(self.row_at, positions) if row >= 0)
        return [row for row, at in enumerate(self._shown) if at in positions]

    def moved(self, positions: Iterable[int]) -> set[int]:
        """Return where the same authentications are now; while the model is reset for another list."""
        if self.before.rows is self._rows:
            return set(positions)
        before, now = self.before.rows.items, self._rows.items
        places: dict[str, int] = {}
        found = set()
        for at in filter(lambda at: at >= 0, positions):
            auth_id = before[at].auth_id
            if at < len(now) and now[at].auth_id == auth_id:
                found.add(at)
                continue
            places = places or {one.auth_id: place for place, one in enumerate(now)}
            found.add(places.get(auth_id, -1))
        return found - {-1}

    def _arrange(self) -> None:
        self.work.start(self._arranged(), self._take)

    def _arranged(self) -> Generator[None, None, Arranged]:
        """Read the list in if there is one, then do what was asked for last."""
        rows = self._rows
        if self._whole is not None:
            rows, listed = self._whole
            yield from rows.take_rest_of(listed)
        return (yield from self._arranger.arrange(rows, self._sort, self._words, self.now))

    def _take(self, arranged: Arranged) -> None:
        """Show what was arranged, and after it what has come meanwhile."""
        if self._whole is not None and arranged.rows is self._whole[0]:
            self._whole = None
        is_empty = not len(arranged.rows) and not len(self._rows)
        if (arranged.rows is self._rows or is_empty) and arranged.shown == self._shown:
            self.now = arranged
        else:
            self.beginResetModel()
            self.before, self.now = self.now, arranged
            self.endResetModel()
            self.before = self.now  # let go of rows that are not needed any more
        self._show_from(arranged.covered)
        self.counted.emit()

    def _show_from(self, start: int) -> None:
        """Append the rows that have come, as far as they match."""
        rows, words = self._rows, self.now.words
        fresh: Sequence[int] = range(start, len(rows))
        if words:
            fresh = [at for at in fresh if has_words(rows.haystacks[at], words)]
        if not fresh:
            self.now = replace(self.now, covered=len(rows))
            return
        count, are_ranges = len(self._shown), isinstance(self._shown, range) and isinstance(fresh, range)
        shown: Sequence[int] = range(len(rows)) if are_ranges else [*self._shown, *fresh]
        self.beginInsertRows(_NO_PARENT, count, count + len(fresh) - 1)
        is_in_order = self.now.is_in_order and self.now.sort is None
        self.now = replace(self.now, shown=shown, covered=len(rows), is_in_order=is_in_order)
        self.endInsertRows()

    def _tell_changed(self, row: int) -> None:
        if row >= 0:
            self.dataChanged.emit(self.index(row, Column.NAME), self.index(row, Column.AUTH_ID))

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Return a column's name, and what it means."""
        if orientation == Qt.Orientation.Vertical or role not in (_Role.DisplayRole, _Role.ToolTipRole):
            return None
        if role == _Role.ToolTipRole:
            from tray_auth_desktop.gui.glossary import explain, is_explained

            return explain(_HEADERS[section]) if is_explained(_HEADERS[section]) else None
        return _HEADERS[section]

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Return what a cell shows, says and is marked with."""
        if role not in _ROLES:
            return None
        column = index.column()
        text, badge = self.cell(index.row(), column)
        if role == _Role.DisplayRole:
            return text or "—"
        if role == _Role.ToolTipRole:
            return text
        if role == _Role.FontRole:
            return fixed_font() if column == Column.AUTH_ID else None
        if role == BADGE_ROLE:
            return badge or None
        return f"{badge}: {text}" if badge else text
