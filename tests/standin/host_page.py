"""A web page that opens the dialog as an integrator's does, in a real engine, and what it hears."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtWebEngineCore import QWebEngineFrame, QWebEnginePage, QWebEngineProfile
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import Page, PageServer

LIMIT_MS = 60_000
_ANSWER_S = 1.0
_HTML = """<!doctype html><meta charset="utf-8"><title>[]</title><script>
const heard = [];
addEventListener("message", ({ origin, data }) => {
  heard.push({ origin, data });
  document.title = JSON.stringify(heard);
});
</script>"""


class Window(QWebEnginePage):
    """A window of the browser; it may open others."""

    def __init__(self, profile: QWebEngineProfile, windows: list[Window]) -> None:
        super().__init__(profile)
        self._windows = windows
        self._windows.append(self)
        self.is_loaded = False
        self.is_crashed = False
        self.loadFinished.connect(self._on_loaded)
        self.renderProcessTerminated.connect(self._on_terminated)
        self.windowCloseRequested.connect(self._on_close_requested)

    def createWindow(self, _type: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        return Window(self.profile(), self._windows)

    def javaScriptConsoleMessage(self, *_said: Any) -> None:
        """Refusals and denials are said on the console too; the tests look at what comes of them."""

    def _on_loaded(self) -> None:
        self.is_loaded = True

    def _on_terminated(self, status: QWebEnginePage.RenderProcessTerminationStatus, _code: int) -> None:
        self.is_crashed = status != QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus

    def _on_close_requested(self) -> None:
        self._windows.remove(self)
        self.deleteLater()


class HostPage:
    """The page, and the person who acts on the windows it opens."""

    def __init__(self, qtbot: QtBot, pages: PageServer) -> None:
        self._qtbot = qtbot
        self._profile = QWebEngineProfile()
        self._windows: list[Window] = []
        self.origin = pages.origin
        pages.pages["/host"] = Page(_HTML)
        self._page = Window(self._profile, self._windows)
        with qtbot.waitSignal(self._page.loadFinished, timeout=LIMIT_MS):
            self._page.load(QUrl(f"{pages.origin}/host"))

    @property
    def heard(self) -> list[dict[str, Any]]:
        """What it heard so far: origin and data."""
        heard: list[dict[str, Any]] = json.loads(self._page.title() or "[]")
        return heard

    @property
    def popups(self) -> list[Window]:
        """The windows that are open beside the page itself."""
        return self._windows[1:]

    def open(self, address: str) -> Window:
        """Open the dialog in a window."""
        window = self.open_at_once(address)
        self.wait(lambda: window.is_loaded)
        return window

    def open_at_once(self, address: str) -> Window:
        """Open the dialog in a window, and do not wait until it has loaded."""
        known = len(self.popups)
        self._page.runJavaScript(f"void window.open({json.dumps(address)})")
        self.wait(lambda: len(self.popups) > known)
        return self.popups[-1]

    def open_framed(self, address: str) -> str:
        """Open the dialog in a frame; return where that leads, as scripts in it see it."""
        self.run(
            self._page,
            "const frame = document.createElement('iframe'); frame.onload = () => window.isFramed = true;"
            f"frame.src = {json.dumps(address)}; document.body.append(frame)",
        )
        self.until(self._page, "window.isFramed")
        return str(self.run_framed("location.href"))

    def run_framed(self, script: str) -> Any:
        """Run a script in the frame and return what comes of it."""
        return self.run(self._page.mainFrame().children()[0], script)

    def fill(self, window: Window, **fields: str) -> None:
        """Fill fields by their ids, once they are there."""
        for name, text in fields.items():
            found = f"document.getElementById({json.dumps(name)})"
            self.until(window, f"!!{found}")
            self.run(window, f"{found}.value = {json.dumps(text)}")

    def press(self, window: Window, button: str = "submit") -> None:
        """Press a button by its id, once it can be pressed."""
        self.until(window, f"document.getElementById('{button}')?.disabled === false")
        window.runJavaScript(f"document.getElementById('{button}').click()")

    def run(self, window: Window | QWebEngineFrame, script: str) -> Any:
        """Run a script and return what comes of it; again where the window has gone elsewhere meanwhile."""
        results: list[Any] = []
        asked = 0.0

        def ask() -> bool:
            nonlocal asked
            if not results and time.monotonic() - asked > _ANSWER_S:
                asked = time.monotonic()
                window.runJavaScript(script, 0, results.append)
            return bool(results)

        self.wait(ask)
        return results[0]

    def until(self, window: Window, script: str) -> None:
        """Wait until a script gives something true."""
        self.wait(lambda: bool(self.run(window, script)))

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition holds."""
        self._qtbot.waitUntil(condition, timeout=LIMIT_MS)

    def close(self) -> None:
        """Take all windows down, and then what they share."""
        for window in reversed(self._windows):
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        self._profile.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
