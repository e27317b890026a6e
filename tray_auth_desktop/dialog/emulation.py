"""What a page is made to believe of the person's computer, by the DevTools protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWebEngineCore import QWebEnginePage

from tray_auth_desktop.core.presentation import ColorScheme, Presentation
from tray_auth_desktop.core.timeline import EventKind, Observation
from tray_auth_desktop.dialog.protocol_session import ProtocolSession

#: What `navigator.platform` says beside a user agent that has the word; the first that fits counts.
_PLATFORMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Linux armv81"),
    ("Windows", "Win32"),
    ("Macintosh", "MacIntel"),
    ("Linux", "Linux x86_64"),
)


def commands_for(presentation: Presentation) -> list[tuple[str, dict[str, Any]]]:
    """Return the commands that show a page what is asked for; empty if nothing of that kind is.

    Language and user agent are the profile's, for they are sent with the first request; numbers and dates
    are formatted by what is set here. The engine's client hints, which would tell the truth, are left out.
    """
    commands: list[tuple[str, dict[str, Any]]] = []
    if presentation.user_agent:
        commands.append(("Emulation.setUserAgentOverride", _user_agent(presentation)))
    if presentation.time_zone:
        commands.append(("Emulation.setTimezoneOverride", {"timezoneId": presentation.time_zone}))
    if presentation.language:
        commands.append(("Emulation.setLocaleOverride", {"locale": presentation.language}))
    features = []
    if presentation.color_scheme is not ColorScheme.AUTO:
        features.append({"name": "prefers-color-scheme", "value": presentation.color_scheme.value})
    if presentation.reduced_motion:
        features.append({"name": "prefers-reduced-motion", "value": "reduce"})
    if features:
        commands.append(("Emulation.setEmulatedMedia", {"features": features}))
    return commands


def _user_agent(presentation: Presentation) -> dict[str, Any]:
    agent = presentation.user_agent
    platform = next((platform for word, platform in _PLATFORMS if word in agent), "")
    given = {"userAgent": agent, "platform": platform, "acceptLanguage": presentation.language}
    return {name: value for name, value in given.items() if value}


class Emulation(QObject):
    """Keeps a page believing what a presentation says.

    Signals:
        observed(Observation): the engine refused a part of it.
    """

    observed = Signal(object)

    def __init__(
        self, page: QWebEnginePage, presentation: Presentation, done: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        commands = commands_for(presentation)
        self._left = len(commands)
        self._done = done
        self._session = ProtocolSession(page, self)
        for method, parameters in commands:
            self._session.send(method, parameters, self._on_answered)

    def close(self) -> None:
        """End it, before the page is deleted."""
        self._session.close()
        self.deleteLater()

    def _on_answered(self, reply: Mapping[str, Any]) -> None:
        if "error" in reply:
            why = str(reply["error"].get("message", ""))[:200]
            text = f"The engine refused a test option: {why}"
            self.observed.emit(Observation(EventKind.ENGINE, text, is_problem=True))
        self._left -= 1
        if self._left == 0:
            self._done()
