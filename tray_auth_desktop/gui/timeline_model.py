"""The timeline of one attempt as an item model of bounded size, and the filter before it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QGuiApplication, QPixmap

from tray_auth_desktop.core.timeline import EventKind, TimelineEvent
from tray_auth_desktop.gui.symbols import symbol_pixmap
from tray_auth_desktop.gui.theme import Tone, tone_color
from tray_auth_desktop.gui.word_filter import has_words, haystack_of, words_of

#: The oldest events make room beyond this; the journal keeps them all.
MAX_EVENTS = 5_000
#: How many go at once, so that a flood does not move all rows for each event.
_DROPPED_AT_ONCE = 500
_HEADERS = ("ms", "Kind", "Event")
_Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, from left to right."""

    TIME = 0
    KIND = 1
    TEXT = 2


def text_of(event: TimelineEvent) -> str:
    """Return an event's line; a problem says so in words."""
    observation = event.observation
    return f"Problem: {observation.text}" if observation.is_problem else observation.text


def details_of(event: TimelineEvent) -> str:
    """Return the further facts of an event, one a line."""
    return "\n".join(f"{name}: {value}" for name, value in event.observation.details.items())


def line_of(event: TimelineEvent) -> str:
    """Return an event as a line of text, to be copied."""
    facts = details_of(event).replace("\n", "; ")
    cells = (str(event.at_ms), event.observation.kind.value, text_of(event), facts)
    return "\t".join(cells).rstrip("\t")


class TimelineModel(QAbstractTableModel):
    """Events in the order they happened."""

    def __init__(self, parent: QObject | None = None, *, max_events: int = MAX_EVENTS) -> None:
        super().__init__(parent)
        self._events: list[TimelineEvent] = []
        self._max_events = max_events

    def add(self, event: TimelineEvent) -> None:
        """Append an event; the oldest make room."""
        if len(self._events) >= self._max_events:
            count = min(_DROPPED_AT_ONCE, max(1, self._max_events // 10))
            self.beginRemoveRows(QModelIndex(), 0, count - 1)
            del self._events[:count]
            self.endRemoveRows()
        row = len(self._events)
        self.beginInsertRows(QModelIndex(), row, row)
        self._events.append(event)
        self.endInsertRows()

    def clear(self) -> None:
        """Begin with an empty timeline: another attempt starts."""
        self.beginResetModel()
        self._events.clear()
        self.endResetModel()

    @property
    def events(self) -> Sequence[TimelineEvent]:
        """The events that are kept, in order."""
        return self._events

    def row_of(self, event: TimelineEvent) -> int:
        """Return the row of an event; -1 if it is not kept any more."""
        return next((row for row, kept in enumerate(self._events) if kept is event), -1)

    def event_at(self, row: int) -> TimelineEvent:
        """Return the event of a row."""
        return self._events[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return how many events are kept."""
        return 0 if parent.isValid() else len(self._events)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's name."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.TIME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        event, column = self._events[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (str(event.at_ms), event.observation.kind.value, text_of(event))[column]
        if role == Qt.ItemDataRole.ToolTipRole and column == Column.TEXT:
            return "\n".join(filter(None, (text_of(event), details_of(event))))
        if role == Qt.ItemDataRole.TextAlignmentRole and column == Column.TIME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DecorationRole and column == Column.TEXT and event.observation.is_problem:
            return _problem_pixmap()
        return None


class TimelineFilter(QSortFilterProxyModel):
    """Shows events of one kind, or all, that hold every word."""

    def __init__(self, model: TimelineModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words: tuple[str, ...] = ()
        self._kind: EventKind | None = None
        self._only_problems = False
        self.setSourceModel(model)

    def set_filter(self, text: str, kind: EventKind | None, *, only_problems: bool = False) -> None:
        """Show only events that hold every word of a text and are of a kind (None: of any)."""
        self.beginFilterChange()
        self._words, self._kind, self._only_problems = words_of(text), kind, only_problems
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, _source_parent: _Index) -> bool:  # noqa: N802 - Qt's name
        """Whether an event is shown."""
        event = self._model.event_at(source_row)
        observation = event.observation
        if self._kind is not None and observation.kind is not self._kind:
            return False
        if self._only_problems and not observation.is_problem:
            return False
        if not self._words:
            return True
        return has_words(haystack_of(text_of(event), observation.kind.value, details_of(event)), self._words)


def _problem_pixmap() -> QPixmap:
    color = tone_color(Tone.PROBLEM, QGuiApplication.palette())
    return symbol_pixmap("warning", color, 1.0)
