"""How the parts of the page of workspaces share it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from tray_auth_desktop.gui.theme import scaled_font

_LIST_LETTERS = 60
_WIDEST_LIST_PX = 420


def arrange(add: QWidget, rows: QWidget, state: QWidget, right: QWidget, page: QWidget) -> None:
    """Put the list with its title on one side, and what is chosen in it on the other.

    Args:
        add: The button that adds one.
        rows: The list.
        state: What there is to say about the list.
        right: The other side.
        page: All of it.
    """
    title = QLabel("Workspaces", page)
    title.setFont(scaled_font(title, 1.3, is_bold=True))
    head = QHBoxLayout()
    head.addWidget(title, 1)
    head.addWidget(add)
    side = QWidget(page)
    column = QVBoxLayout(side)
    column.setContentsMargins(16, 16, 8, 16)
    column.setSpacing(8)
    column.addLayout(head)
    column.addWidget(rows, 1)
    column.addWidget(state)
    splitter = QSplitter(Qt.Orientation.Horizontal, page)
    splitter.addWidget(side)
    splitter.addWidget(right)
    splitter.setStretchFactor(1, 1)
    splitter.setChildrenCollapsible(False)
    width = min(page.fontMetrics().averageCharWidth() * _LIST_LETTERS, _WIDEST_LIST_PX)
    splitter.setSizes([width, width * 2])
    layout = QHBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(splitter)
