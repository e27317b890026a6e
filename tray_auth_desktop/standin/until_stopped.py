"""Waits until a process is told to stop."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterable


class UntilStopped:
    """From its making on, signals to stop end `wait` and nothing else. For a process's main thread.

    Python's own handlers run between two steps of the main thread: one that has to take a lock may find
    it taken by the very step it came after, and one that comes just before a wait does not end it. So
    the signal is written into a socket, and that is waited for.

    Args:
        signals: Which ones; by default Ctrl-C and SIGTERM.
    """

    def __init__(self, signals: Iterable[signal.Signals] = (signal.SIGINT, signal.SIGTERM)) -> None:
        self._heard, self._told = socket.socketpair()
        self._told.setblocking(False)
        for number in signals:
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)

    def stop(self) -> None:
        """End `wait`, from any thread."""
        self._told.send(b"\0")

    def wait(self) -> None:
        """Wait until the process is told to stop, or was told already."""
        self._heard.recv(1)
