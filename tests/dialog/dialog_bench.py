"""Opens real dialogs of pages that a test serves, and keeps all that they say."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import TimeoutError as WaitTimeoutError
from pytestqt.qtbot import QtBot

from tests.conftest import Page, PageServer
from tray_auth_desktop.core.dialog_state import LoadFailure, WindowGone
from tray_auth_desktop.core.dialog_url import DialogLaunch
from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.presentation import AS_EVER, Presentation
from tray_auth_desktop.core.timeline import Observation
from tray_auth_desktop.core.window_message import (
    DialogEvent,
    DialogFinished,
    Rejected,
    Rejection,
    WindowMessage,
    parse_window_message,
)
from tray_auth_desktop.dialog.auth_dialog import AuthDialog
from tray_auth_desktop.dialog.factory import AuthDialogFactory
from tray_auth_desktop.dialog.popup_page import PopupPage
from tray_auth_desktop.dialog.scripts import World

AUTH_ID = "569adf96-3c05-40a6-b565-07e829d2c56d"
OPENER_ORIGIN = "https://app.example.com"
#: Long enough for a machine that is busy with other things; no test waits for it to pass.
PATIENCE_MS = 20_000
_SENTINEL = "sentinel"
_CLICK_AGAIN_S = 0.25


def post(target: str = "opener", *, target_origin: str = "*", **data: object) -> str:
    """Return a statement that posts `data` to a window; a finish unless told otherwise."""
    payload = data or {"type": "tray.authpopup.finish", "authType": "oauth", "authId": AUTH_ID}
    return f"{target}.postMessage({json.dumps(payload)}, {json.dumps(target_origin)});"


def sentinel(target: str = "opener") -> str:
    """Return a statement that posts what nobody waits for but the test: all before it has arrived."""
    return post(target, type=_SENTINEL)


def html(script: str, body: str = "") -> str:
    """Return a page with a body and a script that runs while the page is parsed."""
    return f"<!doctype html><meta charset=utf-8><title>page</title><body>{body}<script>{script}</script>"


def serve(
    server: PageServer, path: str, text: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> str:
    """Serve a page. Returns its address."""
    server.pages[path] = Page(text, dict(headers or {}), status)
    return server.origin + path


def drain() -> None:
    """Delete what was given to `deleteLater`."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


class DialogRun:
    """One dialog, and what it signalled so far."""

    def __init__(self, dialog: AuthDialog, qtbot: QtBot) -> None:
        self.dialog = dialog
        self.trusted_origin: Origin | None = None
        self.messages: list[WindowMessage] = []
        self.observations: list[Observation] = []
        self.failures: list[LoadFailure] = []
        self.gone: list[WindowGone] = []
        self.crashes: list[str] = []
        self.suspicions: list[str] = []
        self.loads = 0
        self._qtbot = qtbot
        dialog.message_received.connect(self.messages.append)
        dialog.observed.connect(self.observations.append)
        dialog.load_failed.connect(self.failures.append)
        dialog.gone.connect(self.gone.append)
        dialog.crashed.connect(self.crashes.append)
        dialog.result_suspected.connect(self.suspicions.append)
        dialog.loaded.connect(self._count_load)

    def _count_load(self) -> None:
        self.loads += 1

    def open(self, url: str) -> None:
        """Open the dialog at an address, whose origin is the trusted one."""
        self.trusted_origin = Origin.parse(url)
        widget = self.dialog.widget()
        widget.resize(400, 400)
        widget.show()
        self.dialog.open(DialogLaunch(url, self.trusted_origin, time.time()))

    @property
    def judged(self) -> list[DialogEvent | Rejected]:
        """What each message is worth, in order of arrival."""
        assert self.trusted_origin is not None
        return [parse_window_message(message, self.trusted_origin) for message in self.messages]

    @property
    def finishes(self) -> list[DialogFinished]:
        """The messages that would decide an attempt."""
        return [event for event in self.judged if isinstance(event, DialogFinished)]

    @property
    def rejections(self) -> list[Rejection]:
        """Why messages were rejected, in order; the test's own sentinel left out."""
        return [
            event.reason
            for event in self.judged
            if isinstance(event, Rejected) and event.type_name != _SENTINEL
        ]

    @property
    def texts(self) -> list[str]:
        """The lines for the timeline."""
        return [observation.text for observation in self.observations]

    def problem(self, start: str) -> Observation | None:
        """Return the first line that is marked as a problem and begins so."""
        return next(
            (seen for seen in self.observations if seen.is_problem and seen.text.startswith(start)), None
        )

    def page(self) -> PopupPage:
        """Return the dialog's page, which must be there."""
        page = self.dialog.page()
        assert page is not None
        return page

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Run the event loop until a condition holds; where it does not, say how far the dialog came."""
        try:
            self._qtbot.waitUntil(is_so, timeout=PATIENCE_MS)
        except WaitTimeoutError as error:
            raise AssertionError(f"waited in vain: {self._summary()}") from error

    def _summary(self) -> str:
        sources = [(message.source.value, message.size) for message in self.messages[:10]]
        ends = [*self.failures, *self.gone, *self.crashes][:5]
        return f"loads {self.loads}, messages {sources}, ends {ends}, last lines {self.texts[-8:]}"

    def has_sentinel(self) -> bool:
        """Whether the page's `sentinel()` has arrived."""
        return any(_SENTINEL in (message.payload or "") for message in self.messages)

    def wait_for_sentinel(self) -> None:
        """Wait until the page's `sentinel()` has arrived."""
        self.wait_until(self.has_sentinel)

    def wait_for_finish(self) -> None:
        """Wait until a finish that can be trusted has arrived."""
        self.wait_until(lambda: bool(self.finishes))

    def wait_for_load(self) -> None:
        """Wait until the dialog's page is there."""
        self.wait_until(lambda: self.loads > 0)

    def evaluate(
        self, source: str, page: QWebEnginePage | None = None, world: World = World.MainWorld
    ) -> object:
        """Return what a script in a page (by default the dialog's) evaluates to."""
        results: list[object] = []
        (page or self.page()).runJavaScript(source, world.value, results.append)
        self.wait_until(lambda: bool(results))
        return results[0]

    def close(self) -> None:
        """Let go of the dialog."""
        self.dialog.close_windows()
        self.dialog.dispose()


class DialogBench:
    """Makes dialogs for one test and takes them away after it."""

    def __init__(self, factory: AuthDialogFactory, qtbot: QtBot) -> None:
        self.factory = factory
        self._qtbot = qtbot
        self._runs: list[DialogRun] = []
        self._is_closed = False

    def make(self, presentation: Presentation = AS_EVER) -> DialogRun:
        """Return a dialog that is not open yet."""
        run = DialogRun(self.factory.make(presentation), self._qtbot)
        self._runs.append(run)
        return run

    def open(self, url: str) -> DialogRun:
        """Open a dialog at an address."""
        run = self.make()
        run.open(url)
        return run

    def forget(self, run: DialogRun) -> None:
        """Leave a dialog alone from now on: the test has disposed of it."""
        self._runs.remove(run)

    def close(self) -> None:
        """Let go of all dialogs, and of what Qt deletes later."""
        if self._is_closed:
            return
        self._is_closed = True
        for run in self._runs:
            run.close()
        self._runs.clear()
        self.factory.dispose()
        self.factory.deleteLater()
        drain()


def windows_on_screen() -> list[str]:
    """Return the class of each window on screen."""
    return sorted(type(widget).__name__ for widget in QApplication.topLevelWidgets() if widget.isVisible())


def click_until(run: DialogRun, is_so: Callable[[], bool]) -> None:
    """Click into the dialog's page, as some requests need, until that has shown an effect.

    A page takes no clicks before it is drawn, which nothing announces; so it is clicked again
    after a while, as a person would. It must not mind being clicked more than once: see `on_click`.
    """
    run.wait_for_load()
    view = run.dialog.widget().findChild(QWebEngineView)
    assert isinstance(view, QWebEngineView)
    target = view.focusProxy()
    assert isinstance(target, QWidget)

    clicked_at = 0.0

    def click() -> bool:
        nonlocal clicked_at
        if not is_so() and time.monotonic() - clicked_at > _CLICK_AGAIN_S:
            clicked_at = time.monotonic()
            QTest.mouseClick(
                target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(50, 50)
            )
        return is_so()

    run.wait_until(click)


def on_click(script: str) -> str:
    """Return a statement that runs a script at the first click into the page."""
    return f"addEventListener('click', () => {{ {script} }}, {{ once: true }});"
