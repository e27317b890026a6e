"""How the parts share the window."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from tray_auth_desktop.gui.attempt_view import Parts
from tray_auth_desktop.gui.scrolling import scrolled

_WIDTHS_PX = (312, 512, 456)
_HEIGHTS_PX = (560, 160)
_SPLIT_PX = 5
_READABLE_PX = 320
_QT_MAX_PX = 16_777_215


class Arrangement(QObject):
    """The movable arrangement: three columns, and the timeline beneath them.

    The keyboard goes through the parts in the order in which they get their place here.

    Attributes:
        rows: Everything; the timeline is its second part.
        columns: The three columns.
    """

    def __init__(self, parts: Parts, parent: QWidget) -> None:
        super().__init__(parent)
        self._timeline = parts.timeline
        self._opened = QByteArray()
        self.rows = QSplitter(Qt.Orientation.Vertical, parent)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        for widget in _places(parts):
            self.columns.addWidget(widget)
        self.columns.setStretchFactor(1, 3)
        self.columns.setStretchFactor(2, 2)
        self.columns.setSizes(list(_WIDTHS_PX))
        self.rows.addWidget(self.columns)
        self.rows.addWidget(parts.timeline)
        self.rows.setStretchFactor(0, 1)
        self.rows.setSizes(list(_HEIGHTS_PX))
        for splitter in (self.columns, self.rows):
            splitter.setHandleWidth(_SPLIT_PX)
            splitter.setChildrenCollapsible(False)
        parts.timeline.collapsed.connect(self._on_collapsed)

    def take_from(self, other: Arrangement) -> None:
        """Divide the room as another arrangement does."""
        self.restore(other.columns.saveState(), other.opened_rows(), other.is_collapsed)

    def restore(self, columns: QByteArray, rows: QByteArray, is_collapsed: bool) -> None:
        """Divide the room as it was; a state that cannot be read changes nothing.

        Args:
            columns: What `saveState` of the columns returned.
            rows: What `opened_rows` returned.
            is_collapsed: Whether only the timeline's head is shown.
        """
        self.columns.restoreState(columns)
        self.rows.restoreState(rows)
        for splitter in (self.columns, self.rows):  # part of the state, but none of ours to restore
            splitter.setHandleWidth(_SPLIT_PX)
            splitter.setChildrenCollapsible(False)
        self._timeline.toggle.setChecked(not is_collapsed)

    @property
    def is_collapsed(self) -> bool:
        """Whether only the timeline's head is shown."""
        return not self._timeline.toggle.isChecked()

    def opened_rows(self) -> QByteArray:
        """Return the state of the rows as it is, or was, while the timeline is open."""
        return self._opened if self.is_collapsed else self.rows.saveState()

    def _on_collapsed(self, is_collapsed: bool) -> None:
        if is_collapsed:
            self._opened = self.rows.saveState()  # sizes are not known before the first layout, but these are
            head = self._timeline.head_height
            self._timeline.setMaximumHeight(head)
            self.rows.setSizes([sum(self.rows.sizes()) - head, head])
        else:
            self._timeline.setMaximumHeight(_QT_MAX_PX)
            self.rows.restoreState(self._opened)


def _places(parts: Parts) -> tuple[QWidget, ...]:
    return (
        _Place(parts.form, 30, (0, 0, 0, 0)),
        _Place(parts.centre, 0, (8, 16, 8, 16)),
        _Place(_right_side(parts), 34, (0, 0, 0, 0)),
    )


class _Place(QWidget):
    """Keeps a column wide enough to be read, and for what it holds.

    Args:
        widget: The column.
        letters: How wide it is at least, in letters of the system's font.
        margins: Around it, in pixels: left, top, right, bottom.
    """

    def __init__(self, widget: QWidget, letters: int, margins: tuple[int, int, int, int]) -> None:
        super().__init__()
        self._letters = letters
        self._margins_px = margins[0] + margins[2]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*margins)
        # Holds the column open. To be asked by Qt for the least width instead takes 2 ms: it asks 300 times.
        self._column.addStrut(self._readable_px())
        self._column.addWidget(widget)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Grow with the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            first = self._column.itemAt(0)
            strut = first.spacerItem() if first is not None else None
            if strut is not None:
                strut.changeSize(self._readable_px(), 0)
                self._column.invalidate()

    def _readable_px(self) -> int:
        letters_px = self.fontMetrics().averageCharWidth() * self._letters
        return min(letters_px, _READABLE_PX) - self._margins_px


def _right_side(parts: Parts) -> QWidget:
    side = QWidget()
    layout = QVBoxLayout(side)
    layout.setContentsMargins(8, 16, 16, 16)
    layout.setSpacing(16)
    layout.addWidget(parts.result)
    layout.addWidget(parts.recovered)
    layout.addWidget(parts.table, 1)
    return scrolled(side)
