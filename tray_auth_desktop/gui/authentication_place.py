"""Keeps a person's place in the table while its rows are filtered, sorted or fetched again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QObject
from PySide6.QtWidgets import QTableView

from tray_auth_desktop.gui.authentication_model import AuthenticationModel

_Flag = QItemSelectionModel.SelectionFlag


@dataclass(frozen=True)
class _Place:
    """Positions, not rows: they stay while rows come and go.

    Attributes:
        selected: What is selected, shown or not.
        current: Where the keyboard is, shown or not; -1 for nowhere.
        row: In which row that was.
        anchor: What should stay where it is on the screen; -1 for nothing.
        height: How many rows it is from the top.
        scrolled: The row at the top.
    """

    selected: frozenset[int] = field(default_factory=frozenset)
    current: int = -1
    row: int = -1
    column: int = 0
    anchor: int = -1
    height: int = 0
    scrolled: int = 0


class PlaceKeeper(QObject):
    """What a filter hides stays selected, and is found again without it, unless something else was chosen."""

    def __init__(self, view: QTableView, model: AuthenticationModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self._place = _Place()
        self._unfiltered: _Place | None = None
        self._is_restoring = False
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        view.selectionModel().selectionChanged.connect(self.forget)
        view.selectionModel().currentChanged.connect(self.forget)

    def forget(self) -> None:
        """Something else was chosen: what a filter hid is not meant any more."""
        if not self._is_restoring:
            self._place, self._unfiltered = _Place(), None

    def selected_rows(self) -> list[int]:
        """Return the selected rows, from top to bottom."""
        return sorted({row for span in self._spans() for row in range(span.top(), span.bottom() + 1)})

    def selected_count(self) -> int:
        """Return how many rows are selected."""
        return sum(span.height() for span in self._spans())

    def _spans(self) -> list[QItemSelectionRange]:
        if not self._model.rowCount():
            return []  # to make these classes known to Python takes milliseconds of the start
        selection = self._view.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def _keep(self) -> None:
        shown = self._model.now.shown
        selected = self._place.selected.union(shown[row] for row in self.selected_rows())
        place = replace(self._place, selected=selected, scrolled=self._view.verticalScrollBar().value())
        current = self._view.currentIndex()
        if current.isValid():
            place = replace(place, current=shown[current.row()], row=current.row(), column=current.column())
        self._place = self._anchored(place, current.row())

    def _anchored(self, place: _Place, row: int) -> _Place:
        """Hold on to the current row if it is in sight, else to the one at the top."""
        shown, top = self._model.now.shown, place.scrolled
        last = self._view.rowAt(self._view.viewport().height() - 1)
        if top <= row < len(shown) and (last < 0 or row <= last):
            return replace(place, anchor=shown[row], height=row - top)
        return replace(place, anchor=shown[top] if top < len(shown) else -1, height=0)

    def _restore(self) -> None:
        before, now = self._model.before, self._model.now
        place = self._moved(self._place)
        if place.current >= 0:
            place = replace(place, row=-1)
        if before.words and not now.words and self._unfiltered is not None:
            unfiltered = self._moved(self._unfiltered)
            place = replace(place, anchor=unfiltered.anchor, height=unfiltered.height)
        if now.words and not before.words:
            self._unfiltered = place
        elif not now.words:
            self._unfiltered = None
        if before.sort != now.sort and place.anchor != place.current:
            place = replace(place, anchor=-1)
        self._place = replace(place, row=-1)
        self._is_restoring = True
        self._select(place)
        self._is_restoring = False
        self._view.executeDelayedItemsLayout()  # the scroll bar does not know yet how many rows there are
        row = self._model.row_at(place.anchor)
        self._view.verticalScrollBar().setValue(row - place.height if row >= 0 else place.scrolled)

    def _moved(self, place: _Place) -> _Place:
        moved = self._model.moved
        return replace(
            place,
            selected=frozenset(moved(place.selected)),
            current=max(moved([place.current]), default=-1),
            anchor=max(moved([place.anchor]), default=-1),
        )

    def _select(self, place: _Place) -> None:
        selection, model = QItemSelection(), self._model
        for first, last in _spans(model.rows_at(place.selected)):
            selection.select(model.index(first, 0), model.index(last, model.columnCount() - 1))
        if not selection.isEmpty():
            self._view.selectionModel().select(selection, _Flag.ClearAndSelect)
        row = model.row_at(place.current)
        if place.current < 0 <= place.row:  # it is gone: stay near
            row = min(place.row, model.rowCount() - 1)
        if row >= 0:
            self._view.selectionModel().setCurrentIndex(model.index(row, place.column), _Flag.NoUpdate)


def _spans(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Return rows in order as pairs of the first and the last of those without a gap."""
    spans: list[tuple[int, int]] = []
    for row in rows:
        if spans and spans[-1][1] == row - 1:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    return spans
