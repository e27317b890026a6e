"""The textbook bridge: the dialog alone in a web view, stock `qwebchannel.js` in its page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFile, QIODevice, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineScript
from PySide6.QtWebEngineWidgets import QWebEngineView

from tests.capture.rig import CaptureRig, finish_deletions, run_until
from tests.capture.ways import Deed, Way, serve_way
from tests.onboarding.attempt_bench import AUTH_ID

_PATH = "/external/auth/create/acme"
#: How long a message may take; it takes some 10 ms where it comes at all.
_WAIT_MS = 700


class _Bridge(QObject):
    arrived = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    @Slot(str)
    def posted(self, text: str) -> None:
        """Hear a message."""
        self.texts.append(text)
        if AUTH_ID in text:
            self.arrived.emit()


class _Page(QWebEnginePage):
    def createWindow(self, _type: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        """Open windows of the dialog as a view would."""
        return QWebEnginePage(self.profile(), self)


def is_delivered(way: Way, rig: CaptureRig) -> bool:
    """Whether the textbook bridge hears the finish of one fresh dialog."""
    serve_way(way, rig.pages, rig.other, _PATH)
    profile, bridge, view = QWebEngineProfile(), _Bridge(), QWebEngineView()
    page = _Page(profile, view)
    channel = QWebChannel(page)
    channel.registerObject("bridge", bridge)
    page.setWebChannel(channel)
    page.scripts().insert(_script())
    view.setPage(page)
    view.show()
    page.windowCloseRequested.connect(view.close)
    if way.deed is Deed.PERSON_CLOSES:
        page.loadFinished.connect(view.close)
    limit = QTimer(singleShot=True, interval=_WAIT_MS)
    limit.timeout.connect(bridge.arrived)
    limit.start()
    run_until(bridge.arrived.connect, lambda: page.load(QUrl(rig.pages.origin + _PATH)))
    is_there = any(AUTH_ID in text for text in bridge.texts)
    view.setPage(None)  # type: ignore[arg-type]  # Qt takes a null page; the stubs do not say so
    page.deleteLater()
    view.deleteLater()
    finish_deletions()
    profile.deleteLater()
    finish_deletions()
    return is_there


def _script() -> QWebEngineScript:
    library = QFile(":/qtwebchannel/qwebchannel.js")
    library.open(QIODevice.OpenModeFlag.ReadOnly)
    text = bytes(library.readAll().data()).decode()
    script = QWebEngineScript()
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld.value)
    own = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    script.setSourceCode(f"{text}\n{own}")
    return script
