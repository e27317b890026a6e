"""Waiting for what no signal announces, while the event loop runs."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tray_auth_desktop.qa.waiting import wait_for


class _Nothing(QObject):
    """Has a signal that nobody emits."""

    happened = Signal()


def pause(seconds: float) -> None:
    """Let the event loop run for some time."""
    nothing = _Nothing()
    wait_for(lambda: False, nothing.happened, seconds)
