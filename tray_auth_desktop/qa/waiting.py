"""Waiting for what Qt brings: the event loop runs until a signal has made a condition true."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance


def wait_for(is_so: Callable[[], bool], changed: SignalInstance, timeout_s: float) -> bool:
    """Run the event loop until a condition holds. Returns whether it does.

    Args:
        is_so: The condition; looked at anew whenever `changed` is emitted.
        changed: Emitted when it may have become true.
        timeout_s: After so many seconds it is given up.

    Raises:
        RuntimeError: the application is ending, so nothing more will come.
    """
    loop = QEventLoop()
    limit = QTimer(singleShot=True, interval=max(0, round(timeout_s * 1_000)))
    limit.timeout.connect(loop.quit)
    changed.connect(loop.quit)
    limit.start()
    try:
        while not is_so() and limit.isActive():
            if loop.exec() == -1:
                raise RuntimeError("The application is ending; nothing more can be waited for.")
    finally:
        changed.disconnect(loop.quit)
        limit.stop()
    return is_so()
