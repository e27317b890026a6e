"""Read what is typed or piped in, so that Ctrl-C is never missed meanwhile."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def wait_for_input() -> None:
    """Wait until standard input has something, or its end; on the main thread.

    Python hears a signal between two of its own instructions, or when it breaks off a system call. One that
    comes just before the call does neither, and the read would go on until the next line. So the
    signal's number is also written to a socket that is waited for together with the input.

    Raises:
        KeyboardInterrupt: the program is told to stop, with the handlers of `early_stop.interrupt`.
    """
    if sys.platform == "win32":  # where only sockets can be waited for
        return
    import select

    ours, pythons = socket.socketpair()
    with ours, pythons:
        pythons.setblocking(False)
        before = signal.set_wakeup_fd(pythons.fileno(), warn_on_full_buffer=False)
        try:
            select.select([sys.stdin, ours], [], [])
        finally:
            signal.set_wakeup_fd(before)


def typed_line(question: str) -> str | None:
    """Ask on stderr and return the line that is typed; None at the end of the input."""
    sys.stderr.write(question)
    sys.stderr.flush()
    wait_for_input()
    line = sys.stdin.readline()
    return line.strip() if line else None


def hidden_line(question: str) -> str | None:
    """The same, but nothing that is typed is shown."""
    if sys.platform == "win32":
        import getpass

        return getpass.getpass(question, sys.stderr).strip()
    with _unseen():
        return typed_line(question)


@contextmanager
def _unseen() -> Iterator[None]:
    """Let the terminal not show what is typed; whatever happens, it does so again afterwards."""
    import termios

    before = termios.tcgetattr(sys.stdin)
    unseen = [*before]
    unseen[3] = before[3] & ~termios.ECHO
    try:
        termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, unseen)
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, before)
        sys.stderr.write("\n")
        sys.stderr.flush()
