"""Starts Chromium, which takes longest of all, in such a way that other threads can work meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QMetaObject, Qt
from PySide6.QtWebEngineWidgets import QWebEngineView

from tray_auth_desktop.dialog import engine_flags


def start_engine(
    meanwhile: Callable[[], None] | None = None, proxy: str = "", *, only_loopback: bool = False
) -> None:
    """Start the engine's processes. Called on Qt's thread, once, before any profile is made.

    Args:
        meanwhile: Work for another thread; it may go on after this returns.
        proxy: See `DialogNetwork.proxy_at_start`.
        only_loopback: Whether pages may come from this computer only.
    """
    engine_flags.apply(proxy, only_loopback=only_loopback)
    view = QWebEngineView()
    if meanwhile is not None:
        threading.Thread(target=meanwhile, name="meanwhile", daemon=True).start()
    # WORKAROUND: whichever object of the engine is made first waits about 100 ms for its processes, and
    # the constructors of PySide6 hold Python's lock all that time. `invokeMethod` lets go of it, and
    # `stop` is the least that makes a page. View and page are gone at once (seen in 6.11.3).
    QMetaObject.invokeMethod(view, "stop", Qt.ConnectionType.DirectConnection)
