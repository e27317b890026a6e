"""Chromium's DevTools protocol with one page, without a port that others could connect to.

The engine speaks the protocol with the page that is its inspector (`setDevToolsPage`). Ours is an empty
one of the inspector's own origin, never shown: it passes commands on and prints what comes back on its
console, which we read. The inspector's own page, which takes ten times as long to load, is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile

from tray_auth_desktop import assets

_EMPTY = QUrl("devtools://devtools/bundled/device_mode_emulation_frame.html")
Answered = Callable[[Mapping[str, Any]], None]


class _Relay(QWebEnginePage):
    """The page in the inspector's place."""

    said = Signal(str)

    def acceptNavigationRequest(  # noqa: N802 - Qt's name
        self, url: QUrl | str, _navigation: QWebEnginePage.NavigationType, _is_main_frame: bool
    ) -> bool:
        """Load nothing but the empty page."""
        return QUrl(url) == _EMPTY

    def javaScriptConsoleMessage(  # noqa: N802 - Qt's name
        self, _level: QWebEnginePage.JavaScriptConsoleMessageLevel, text: str, _line: int, _source: str
    ) -> None:
        """Take what the protocol answered."""
        self.said.emit(text)


class ProtocolSession(QObject):
    """Commands to one page and its events. The page must not have an inspector.

    Signals:
        event_received(str, dict): an event of a domain that was enabled: its method and parameters.
    """

    event_received = Signal(str, object)

    def __init__(self, page: QWebEnginePage, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._is_ready = False
        self._last_id = 0
        self._waiting: list[str] = []
        self._answered: dict[int, Answered] = {}
        self._profile = QWebEngineProfile()  # of its own: the dialog's puts scripts into every page
        self._relay = _Relay(self._profile, self)
        self._relay.said.connect(self._on_said)
        self._relay.loadFinished.connect(self._on_loaded)
        page.setDevToolsPage(self._relay)
        self._relay.load(_EMPTY)

    def send(
        self, method: str, parameters: Mapping[str, Any] | None = None, answered: Answered | None = None
    ) -> None:
        """Send a command, as soon as the session stands.

        Args:
            method: Such as `Emulation.setTimezoneOverride`.
            parameters: What the protocol's documentation says.
            answered: Called with the whole reply: it holds `result`, or `error` with a `message`.
        """
        self._last_id += 1
        if answered is not None:
            self._answered[self._last_id] = answered
        command = json.dumps({"id": self._last_id, "method": method, "params": dict(parameters or {})})
        if self._is_ready:
            self._pass_on(command)
        else:
            self._waiting.append(command)

    def close(self) -> None:
        """End the session; what it had set of the page is undone by that."""
        self._answered.clear()
        self._relay.blockSignals(True)
        self._relay.setInspectedPage(None)  # type: ignore[arg-type]  # Qt takes none; the stubs do not say so
        self._relay.deleteLater()
        self._profile.deleteLater()
        self.deleteLater()

    def _on_loaded(self, _is_ok: bool) -> None:
        """Open the way back before the first command."""
        self._relay.runJavaScript(assets.read_text("dialog/protocol_relay.js"))
        self._is_ready = True
        for command in self._waiting:
            self._pass_on(command)
        self._waiting.clear()

    def _pass_on(self, command: str) -> None:
        self._relay.runJavaScript(f"InspectorFrontendHost.sendMessageToBackend({json.dumps(command)})")

    def _on_said(self, text: str) -> None:
        said = json.loads(text)
        if "method" in said:
            self.event_received.emit(said["method"], said.get("params", {}))
        elif answered := self._answered.pop(said.get("id", 0), None):
            answered(said)
