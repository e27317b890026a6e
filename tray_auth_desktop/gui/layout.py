"""How the parts share the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from tray_auth_desktop.gui.attempt_view import Parts
from tray_auth_desktop.gui.scrolling import scrolled
from tray_auth_desktop.gui.timeline_panel import TimelinePanel

_WIDTHS_PX = (312, 512, 456)
_HEIGHTS_PX = (560, 160)
_SPLIT_PX = 5
_QT_MAX_PX = 16_777_215


def arrange(parts: Parts, parent: QWidget) -> QSplitter:
    """Return the movable arrangement: three columns, and the timeline beneath them.

    The keyboard goes through the parts in the order in which they get their place here.
    """
    columns = QSplitter(Qt.Orientation.Horizontal)
    for widget in (_scaled(parts.form, 30), _framed(parts.centre), _right_side(parts)):
        columns.addWidget(widget)
    columns.setStretchFactor(1, 3)
    columns.setStretchFactor(2, 2)
    columns.setSizes(list(_WIDTHS_PX))
    rows = QSplitter(Qt.Orientation.Vertical, parent)
    rows.addWidget(columns)
    rows.addWidget(parts.timeline)
    rows.setStretchFactor(0, 1)
    rows.setSizes(list(_HEIGHTS_PX))
    for splitter in (columns, rows):
        splitter.setHandleWidth(_SPLIT_PX)
        splitter.setChildrenCollapsible(False)
    _give_room_when_collapsed(rows, parts.timeline)
    return rows


def _give_room_when_collapsed(rows: QSplitter, timeline: TimelinePanel) -> None:
    opened: list[int] = list(_HEIGHTS_PX)

    def on_collapsed(is_collapsed: bool) -> None:
        nonlocal opened
        if is_collapsed:
            opened = rows.sizes()
            timeline.setMaximumHeight(timeline.head_height)
            rows.setSizes([sum(opened) - timeline.head_height, timeline.head_height])
        else:
            timeline.setMaximumHeight(_QT_MAX_PX)
            rows.setSizes(opened)

    timeline.collapsed.connect(on_collapsed)


def _right_side(parts: Parts) -> QWidget:
    side = QWidget()
    layout = QVBoxLayout(side)
    layout.setContentsMargins(8, 16, 16, 16)
    layout.setSpacing(16)
    layout.addWidget(parts.result)
    layout.addWidget(parts.recovered)
    layout.addWidget(parts.table, 1)
    return _scaled(scrolled(side), 34)


def _framed(widget: QWidget) -> QWidget:
    frame = QWidget()
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(8, 16, 8, 16)
    layout.addWidget(widget)
    return frame


def _scaled(widget: QWidget, letters: int) -> QWidget:
    """Keep a column wide enough to be read, in letters of the system's font."""
    widget.setMinimumWidth(min(widget.fontMetrics().averageCharWidth() * letters, 320))
    return widget
