"""Things to choose from, as an item model that finds by words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tray_auth_desktop.gui.word_filter import haystack_of, is_narrower, words_of

DETAIL_ROLE = Qt.ItemDataRole.UserRole + 1
TILE_ROLE = Qt.ItemDataRole.UserRole + 2
ICON_ROLE = Qt.ItemDataRole.UserRole + 3
_ROWS_AT_ONCE = 500
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose.

    Attributes:
        key: What it is known by.
        label: What it is called.
        detail: A second, quieter line.
        also: More to find it by.
        has_tile: Whether a letter tile stands before it.
        icon: Address of a picture that takes the tile's place.
    """

    key: str
    label: str
    detail: str = ""
    also: str = ""
    has_tile: bool = False
    icon: str = ""
    haystack: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        haystack = haystack_of(self.label, self.detail, self.also, self.key)
        object.__setattr__(self, "haystack", haystack)


class ChoiceModel(QAbstractListModel):
    """Choices, reduced to those that hold every word searched for.

    Of many matches only the first are rows, and further ones become rows as a view comes to
    their end: to lay out 20,000 rows takes a view longer than a keystroke may.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._by_key: dict[str, Choice] = {}
        self._matches: list[Choice] = []
        self._rows = 0
        self._words: tuple[str, ...] = ()
        self._also: frozenset[str] = frozenset()

    def set_choices(self, choices: Iterable[Choice]) -> None:
        """Take other choices; the search stays."""
        choices = tuple(choices)
        if choices is self._choices:
            return
        self._choices = choices
        self._by_key = {choice.key: choice for choice in self._choices}
        self._show(self._found(self._choices))

    def set_filter(self, text: str) -> None:
        """Show only what holds every word of a text."""
        words, before = words_of(text), self._words
        has_all = bool(before) and not self._also and is_narrower(words, before)
        self._words, self._also = words, frozenset()
        self._show(self._found(self._matches if has_all else self._choices))

    def set_also(self, keys: Iterable[str]) -> None:
        """Show some whatever words they hold: somebody who knows better named them for the same search."""
        self._also = frozenset(keys) if self._words else frozenset()
        self._show(self._found(self._choices))

    @property
    def match_count(self) -> int:
        """How many match, whether they are rows yet or not."""
        return len(self._matches)

    @property
    def has_more_rows(self) -> bool:
        """Whether further matches can become rows."""
        return self._rows < len(self._matches)

    def show_more_rows(self, until: int = 0) -> None:
        """Make further matches rows; at least up to the row that is asked for, and some beyond it."""
        self._insert_up_to(max(self._rows, until) + _ROWS_AT_ONCE)

    def choice_at(self, row: int) -> Choice | None:
        """Return what a row shows."""
        return self._matches[row] if 0 <= row < self._rows else None

    def row_of(self, key: str) -> int:
        """Return the row that shows a key, or -1; it becomes a row if it is none yet."""
        row = next((row for row, choice in enumerate(self._matches) if choice.key == key), -1)
        if row >= self._rows:
            self.show_more_rows(row)
        return row

    def find(self, key: str) -> Choice | None:
        """Return the choice of a key, whether it matches or not."""
        return self._by_key.get(key)

    def labelled(self, label: str) -> tuple[Choice, ...]:
        """Return all choices of exactly this label, whatever its case."""
        return tuple(choice for choice in self._choices if choice.label.casefold() == label.casefold())

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return how many are rows."""
        return 0 if parent.isValid() else self._rows

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what the delegate paints and a screen reader reads."""
        choice = self.choice_at(index.row())
        if choice is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (choice.label, choice.detail)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (choice.label, choice.detail)))
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: choice.label,
            DETAIL_ROLE: choice.detail,
            TILE_ROLE: choice.label if choice.has_tile else None,
            ICON_ROLE: choice.icon,
        }
        return values.get(role)

    def _found(self, choices: Sequence[Choice]) -> list[Choice]:
        """Return those that match, by one quick pass for each word."""
        found = list(choices)
        for word in self._words:
            found = [choice for choice in found if word in choice.haystack]
        if self._also:
            kept = {choice.key for choice in found}
            found += [choice for choice in choices if choice.key in self._also and choice.key not in kept]
        return found

    def _show(self, matches: list[Choice]) -> None:
        """Show others; what is only added to leaves views where they are."""
        before = len(self._matches)
        is_added_to = before > 0 and matches[:before] == self._matches
        had_all_rows = self._rows == before
        if not is_added_to:
            self.beginResetModel()
            self._matches, self._rows = matches, min(_ROWS_AT_ONCE, len(matches))
            self.endResetModel()
        else:
            self._matches = matches
            if had_all_rows:
                self._insert_up_to(before + _ROWS_AT_ONCE)

    def _insert_up_to(self, count: int) -> None:
        count = min(count, len(self._matches))
        if count > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, count - 1)
            self._rows = count
            self.endInsertRows()
