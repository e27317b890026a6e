"""Waits until a process is told to stop."""

from __future__ import annotations

import signal
import socket

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class UntilStopped:
    """From its making on, Ctrl-C and SIGTERM end `wait` and nothing else. For a process's main thread.

    Python's own handlers run between two steps of the main thread: one that has to take a lock may find
    it taken by the very step it came after, and one that comes just before a wait does not end it. So
    the signal is written into a socket, and that is waited for.
    """

    def __init__(self) -> None:
        self._heard, self._told = socket.socketpair()
        self._told.setblocking(False)
        for number in _SIGNALS:
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)

    def stop(self) -> None:
        """End `wait`, from any thread."""
        self._told.send(b"\0")

    def wait(self) -> None:
        """Wait until the process is told to stop, or was told already."""
        self._heard.recv(1)
