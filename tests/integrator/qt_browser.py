"""Qt's web engine as a plain browser: none of the program's pages, scripts or bridges is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QUrl
from PySide6.QtWebEngineCore import QWebEngineFrame, QWebEnginePage, QWebEngineProfile, QWebEngineScript
from PySide6.QtWebEngineWidgets import QWebEngineView
from pytestqt.qtbot import QtBot

from tests.integrator.browsing import LIMIT_S, Where
from tray_auth_desktop.dialog.scripts import call

_LIMIT_MS = LIMIT_S * 1_000
_LOST_AFTER_MS = 15_000
#: What a script answers that has done what it should.
_DID = "done "
_World = QWebEngineScript.ScriptWorldId


class _Window(QWebEngineView):
    def __init__(self, browser: QtBrowser) -> None:
        super().__init__()
        self.setPage(_Page(browser, self))
        self.page().windowCloseRequested.connect(lambda: browser.drop(self))
        self.resize(700, 700)
        self.show()


class _Page(QWebEnginePage):
    def __init__(self, browser: QtBrowser, window: _Window) -> None:
        super().__init__(browser.profile, window)
        self._browser = browser

    def createWindow(self, _type: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        return self._browser.new_window().page()

    def javaScriptConsoleMessage(
        self, _level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, _line: int, _source: str
    ) -> None:
        self._browser.said.append(message)


class QtBrowser:
    """A person at a window of Qt's web engine."""

    def __init__(self, qtbot: QtBot) -> None:
        self.profile = QWebEngineProfile()
        self.said: list[str] = []
        self._qtbot = qtbot
        self._windows: list[_Window] = []
        self.new_window()

    def new_window(self) -> _Window:
        """Open a window."""
        window = _Window(self)
        self._windows.append(window)
        return window

    def drop(self, window: _Window) -> None:
        """Let go of a window that closes."""
        if window in self._windows:
            self._windows.remove(window)
            window.hide()
            window.deleteLater()

    def end(self) -> None:
        """Close everything; pages go before their profile."""
        for window in list(self._windows):
            self.drop(window)
        _delete_now()
        self.profile.deleteLater()
        _delete_now()

    def visit(self, address: str) -> None:
        with self._qtbot.waitSignal(self._windows[0].page().loadFinished, timeout=_LIMIT_MS):
            self._windows[0].load(QUrl(address))

    def fill(self, where: Where, label: str, value: str) -> None:
        self._act(where, {"action": "fill", "label": label, "value": value})

    def press(self, where: Where, text: str) -> None:
        self._act(where, {"action": "press", "label": text})

    def wait_for(self, where: Where, element_id: str, pattern: str) -> re.Match[str]:
        script = f"document.getElementById({json.dumps(element_id)})?.textContent"
        found: list[re.Match[str]] = []

        def is_there() -> bool:
            text = self._run(where, script, [])
            if isinstance(text, str) and (match := re.match(pattern, text)):
                found.append(match)
            return bool(found)

        self._until(is_there)
        return found[0]

    def wait_for_windows(self, count: int) -> None:
        self._until(lambda: len(self._windows) == count)

    def close(self, where: Where) -> None:
        self._until(lambda: len(self._windows) > where.window)
        self.drop(self._windows[where.window])

    def wait_for_console(self, pattern: str) -> None:
        self._until(lambda: any(re.search(pattern, line) for line in self.said))

    def _act(self, where: Where, step: dict[str, str]) -> None:
        # Before the page's own scripts have run, a pressed button does what no person would see it do.
        deed = call("driver.js", step).removesuffix(";")
        script = f'document.readyState === "complete" ? "{_DID}" + {deed} : "not there yet"'
        answers: list[object] = []
        # An answer can come after the page has gone elsewhere because of the deed.
        self._until(lambda: _DID in answers or self._run(where, script, answers) == _DID)

    def _run(self, where: Where, script: str, answers: list[object]) -> object:
        """Return what a script gives; None where its place is not there, or goes away meanwhile.

        Every answer is added to `answers`, those too that come late.
        """
        frame = self._frame(where)
        if frame is None:
            return None
        page, address, known = self._windows[where.window].page(), frame.url(), len(answers)
        page.destroyed.connect(lambda: answers.append(None))
        page.loadStarted.connect(lambda: answers.append(None))
        frame.runJavaScript(script, _World.ApplicationWorld.value, answers.append)
        # A frame that goes elsewhere can take the answer with it, and nothing says so.
        lost = QDeadlineTimer(_LOST_AFTER_MS)
        self._until(lambda: len(answers) > known or lost.hasExpired() or self._has_changed(where, address))
        return answers[-1] if len(answers) > known else None

    def _has_changed(self, where: Where, address: QUrl) -> bool:
        frame = self._frame(where)
        return frame is None or frame.url() != address

    def _frame(self, where: Where) -> QWebEngineFrame | None:
        if len(self._windows) <= where.window:
            return None
        page = self._windows[where.window].page()
        if page.isLoading() or page.url().isEmpty():
            return None
        main = page.mainFrame()
        if where.frame is None:
            return main
        return next((frame for frame in main.children() if frame.name() == where.frame), None)

    def _until(self, holds: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(holds, timeout=_LIMIT_MS)


def _delete_now() -> None:
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
