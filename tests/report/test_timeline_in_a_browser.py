"""The HTML export as a browser shows it, opened as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QUrl
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.report.attempts import BROKEN, FAILED, event
from tray_auth_desktop.core.timeline import EventKind
from tray_auth_desktop.report import export_text

pytestmark = pytest.mark.webengine
QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
LIMIT_MS = 40_000
#: As `BROKEN`, with a line and details that have nowhere to break.
WIDE = (*BROKEN, event(2_600, EventKind.CONSOLE, "w" * 400, source="s" * 400))
SHOWN = "JSON.stringify([...document.querySelectorAll('tbody tr:not([hidden])')].map((row) => row.id))"


class Requests(QWebEngineUrlRequestInterceptor):
    """Keeps what is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        self.asked.append(info.requestUrl().toString())


class Browser(QWebEnginePage):
    """A page that keeps its console's lines."""

    def __init__(self, profile: QWebEngineProfile, qtbot: QtBot) -> None:
        super().__init__(profile)
        self.said: list[str] = []
        self._qtbot = qtbot

    def javaScriptConsoleMessage(
        self, _level: QWebEnginePage.JavaScriptConsoleMessageLevel, text: str, _line: int, _source: str
    ) -> None:
        self.said.append(text)

    def evaluate(self, source: str) -> object:
        """Return what a script evaluates to."""
        found: list[object] = []
        self.runJavaScript(source, 0, found.append)
        self._qtbot.waitUntil(lambda: bool(found), timeout=LIMIT_MS)
        return found[0]


@pytest.fixture
def requests() -> Requests:
    return Requests()


@pytest.fixture
def browser(qapp: QApplication, qtbot: QtBot, requests: Requests, tmp_path: Path) -> Iterator[Browser]:
    path = tmp_path / "timeline.html"
    path.write_text(export_text(FAILED, WIDE, "html"), encoding="utf-8")
    profile = QWebEngineProfile(qapp)
    profile.setUrlRequestInterceptor(requests)
    page = Browser(profile, qtbot)
    with qtbot.waitSignal(page.loadFinished, timeout=LIMIT_MS):
        page.load(QUrl.fromLocalFile(str(path)))
    yield page
    page.deleteLater()
    profile.deleteLater()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


def narrow(browser: Browser, words: str = "", kind: str = "") -> object:
    """Filter, and return the ids of the rows that are left."""
    browser.evaluate(
        f"words.value = {words!r}; words.dispatchEvent(new Event('input'));"
        f"kind.value = {kind!r}; kind.dispatchEvent(new Event('change')); 0"
    )
    return browser.evaluate(SHOWN)


def test_it_asks_for_nothing_but_itself_and_has_no_errors(browser: Browser, requests: Requests) -> None:
    assert [QUrl(asked).scheme() for asked in requests.asked] == ["file"]
    assert browser.said == []
    assert browser.evaluate("getComputedStyle(document.querySelector('.outcome')).fontWeight") == "600"


def test_it_is_narrowed_by_kind_and_by_text(browser: Browser) -> None:
    assert narrow(browser, kind="code") == '["event-1"]'
    assert narrow(browser, kind="problem") == '["event-4","event-5","event-6"]'
    assert narrow(browser, "loading EMBEDDED") == '["event-3"]'
    assert narrow(browser, "environment", "message") == '["event-5"]'  # in its details
    assert browser.evaluate("count.textContent") == "1 of 8 events"
    assert narrow(browser, "nothing of this kind") == "[]"


def test_a_link_shows_its_event_whatever_the_filter_hides(browser: Browser) -> None:
    narrow(browser, kind="code")
    browser.evaluate("document.querySelector('a[href=\"#event-5\"]').click(); 0")
    browser._qtbot.waitUntil(
        lambda: browser.evaluate("document.querySelector('#event-5 details').open") is True, timeout=LIMIT_MS
    )
    assert browser.evaluate("document.getElementById('event-5').hidden") is False
    assert browser.evaluate("document.activeElement.id") == "event-5"


@pytest.mark.parametrize("width", [320, 420, 1_200])
def test_nothing_is_wider_than_the_window(qapp: QApplication, browser: Browser, width: int) -> None:
    view = QWebEngineView()
    view.setPage(browser)
    view.resize(width, 800)
    view.show()
    browser.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; }); 0")
    browser._qtbot.waitUntil(lambda: browser.evaluate("innerWidth") == width, timeout=LIMIT_MS)
    assert browser.evaluate(f"document.documentElement.scrollWidth <= {width}") is True
    view.deleteLater()
