"""Dialogs whose texts grow: what wraps needs more height than a window gives by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def grow_to_fit(window: QWidget) -> None:
    """Make a window high enough for all its texts at the width it has; never lower than it is."""
    layout = window.layout()
    if layout is None:
        return
    layout.activate()
    needed = layout.totalHeightForWidth(max(window.width(), window.minimumWidth()))
    if needed > window.height():
        window.resize(max(window.width(), window.minimumWidth()), needed)
