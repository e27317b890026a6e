"""Columns of a table as they were kept: widths, order, sorting."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray
    from PySide6.QtWidgets import QHeaderView


def restore_columns(header: QHeaderView, kept: QByteArray) -> None:
    """Take over what `saveState` returned; with another number of columns it is none of this version's."""
    if not kept.isEmpty():
        made = header.saveState()
        count = header.count()
        if not header.restoreState(kept) or header.count() != count:
            header.restoreState(made)
