"""Columns of a table: their heads look the same everywhere, and what was kept of them is restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tray_auth_desktop.gui.theme import give_style

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray
    from PySide6.QtWidgets import QHeaderView

ALIGNED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def style_header(header: QHeaderView) -> None:
    """Let the columns' names be quiet, and in line with the cells beneath them."""
    give_style(header, "header")
    header.setHighlightSections(False)
    header.setDefaultAlignment(ALIGNED)


def restore_columns(header: QHeaderView, kept: QByteArray) -> None:
    """Take over what `saveState` returned; with another number of columns it is none of this version's."""
    if not kept.isEmpty():
        made = header.saveState()
        count = header.count()
        if not header.restoreState(kept) or header.count() != count:
            header.restoreState(made)
