"""Ctrl-C, SIGTERM and a terminal that is closed, while Qt's event loop runs."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from tray_auth_desktop.cli.early_stop import STOP_SIGNALS, was_told_to_stop


class StopSignals(QObject):
    """Calls back on Qt's thread when the program is told to stop.

    Python runs a signal's handler only between two of its own instructions, and none runs
    while Qt waits. So the signal's number is also written to a socket that Qt listens to.
    """

    def __init__(self, on_stop: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_stop = on_stop
        self._ours, self._pythons = socket.socketpair()
        for end in (self._ours, self._pythons):
            end.setblocking(False)
        signal.set_wakeup_fd(self._pythons.fileno(), warn_on_full_buffer=False)
        for number in STOP_SIGNALS:
            signal.signal(number, _heard)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_activated)

    def deliver_early_ones(self) -> None:
        """Call back for a signal that came before this object was there, once the event loop runs."""
        if was_told_to_stop():
            QTimer.singleShot(0, self, self._on_stop)

    def close(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        self._ours.close()
        self._pythons.close()

    def _on_activated(self) -> None:
        if self._ours.recv(64):
            self._on_stop()


def _heard(_number: int, _frame: FrameType | None) -> None:
    """Take the place of Python's own handler; the number arrives by the socket."""
