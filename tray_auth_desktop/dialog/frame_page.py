"""The page that shows the dialog in an iframe, and hears it as its parent.

It is ours, of the configured opener origin, and as guarded as any page of the network, because what is
shown in it comes from there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebEngineCore import QWebEngineFrame, QWebEngineLoadingInfo, QWebEnginePage

from tray_auth_desktop import assets
from tray_auth_desktop.core.dialog_state import LoadFailure
from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.timeline import EventKind, Observation
from tray_auth_desktop.core.window_message import MAX_PAYLOAD_CHARS, MessageSource
from tray_auth_desktop.dialog import page_events
from tray_auth_desktop.dialog.address import encoded
from tray_auth_desktop.dialog.bridge import FRAME_OBJECT_NAME, OpenerBridge
from tray_auth_desktop.dialog.popup_page import PopupPage
from tray_auth_desktop.dialog.profile import AttemptProfile
from tray_auth_desktop.dialog.scripts import OUR_WORLD, script
from tray_auth_desktop.redaction import redact_url

_ASK = """JSON.stringify({
  address: location.href,
  status: performance.getEntriesByType("navigation")[0]?.responseStatus ?? 0,
})"""
_REFUSED = (
    "{address} does not let itself be shown in an iframe here (X-Frame-Options, or frame-ancestors in its "
    "Content-Security-Policy). Tray allows iframes for hosts on its list only: ask Tray to add the opener "
    "origin, or use a popup."
)
_UNREACHED = "{address} could not be loaded into the iframe."


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the iframe holds after a load."""

    address: str
    status: int

    @property
    def is_error_page(self) -> bool:
        """Whether it is the engine's own page, in place of one that did not come."""
        return self.address.startswith("chrome-error:")


class FramePage(PopupPage):
    """A page of the opener origin with the dialog in its iframe.

    The address that it shows is the iframe's.
    """

    source_when_gone = MessageSource.FRAME

    def __init__(
        self,
        profile: AttemptProfile,
        opener_origin: str,
        trusted_origin: Origin,
        event_name: str,
        parent: QObject,
    ) -> None:
        super().__init__(profile, trusted_origin, event_name, parent)
        self._is_filled = False
        self._frame_navigations = 0
        self.opener_bridge = OpenerBridge(self)
        self.opener_bridge.was_framed.connect(self._on_framed)
        self._channel.registerObject(FRAME_OBJECT_NAME, self.opener_bridge)
        constants = {"object": FRAME_OBJECT_NAME, "maxChars": MAX_PAYLOAD_CHARS}
        self.scripts().insert(script("opener_relay.js", constants, with_channel=True))
        self.setHtml(assets.read_text("dialog/frame.html"), QUrl(opener_origin))

    @property
    def was_left(self) -> bool:
        """Whether the dialog's first page has been left for another."""
        return self._frame_navigations > 1

    def run(self, source: str, answered: Callable[[Any], None]) -> None:
        """Run a script of ours in the dialog's document."""
        frame = self._frame()
        if frame is None:
            answered(None)
        else:
            frame.runJavaScript(source, OUR_WORLD.value, answered)

    def acceptNavigationRequest(  # noqa: N802 - Qt's name
        self, url: QUrl | str, navigation: QWebEnginePage.NavigationType, is_main_frame: bool
    ) -> bool:
        """Keep our own page where it is, whatever the dialog wants with its parent."""
        if not is_main_frame:
            self._frame_navigations += 1
            return super().acceptNavigationRequest(url, navigation, is_main_frame)
        is_first, self._is_filled = not self._is_filled, True
        if not is_first:
            address = redact_url(encoded(QUrl(url)))
            text = f"The dialog wanted to leave its iframe for {address}: refused."
            self.observed.emit(Observation(EventKind.NAVIGATION, text, is_problem=True))
        return is_first

    def _insert_scripts(self) -> None:
        """Put nothing in the place of an opener: our own page has none, and needs none."""

    def _show_own_url(self) -> None:
        """Nobody need see the address of the page around the dialog."""

    def _on_loading_changed(self, _info: QWebEngineLoadingInfo) -> None:
        """Say nothing of our own page's load: the iframe's is what counts."""

    def _on_asked_whether_closed(self, _has_closed: object) -> None:
        """Say nothing: an iframe is not the dialog's to close."""

    def _frame(self) -> QWebEngineFrame | None:
        return next(iter(self.mainFrame().children()), None)

    def _on_framed(self) -> None:
        frame = self._frame()
        if frame is not None:
            wanted = frame.url()
            frame.runJavaScript(_ASK, OUR_WORLD.value, lambda found: self._on_asked(wanted, found))

    def _on_asked(self, wanted: QUrl, found: object) -> None:
        shown = _Shown(**json.loads(found)) if isinstance(found, str) and found else _Shown("", 0)
        address = redact_url(encoded(wanted))
        failure = _failure(shown, address)
        if failure is None:
            self.shown_url_changed.emit(wanted)
            self.observed.emit(page_events.load("Loaded", address, self.name))
            if shown.status:
                self.observed.emit(page_events.answer(address, shown.status, self.name))
            self.load_succeeded.emit()
        else:
            details = {"window": self.name, "url": address, "status": failure.status}
            self.observed.emit(Observation(EventKind.NAVIGATION, failure.reason, details, is_problem=True))
            self.load_failed.emit(failure)


def _failure(shown: _Shown, address: str) -> LoadFailure | None:
    if shown.is_error_page and shown.status:
        return LoadFailure(_REFUSED.format(address=address), is_network=False)
    if shown.is_error_page:
        return LoadFailure(_UNREACHED.format(address=address), is_network=True)
    if shown.status >= 400:
        reason = f"{address} answered with HTTP {shown.status}."
        return LoadFailure(reason, is_network=False, status=shown.status)
    return None
