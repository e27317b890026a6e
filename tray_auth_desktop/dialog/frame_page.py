"""The page that shows the dialog in an iframe, and hears it as its parent.

It is ours, of the configured opener origin, and as guarded as any page of the network, because what is
shown in it comes from there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineFrame,
    QWebEngineLoadingInfo,
    QWebEnginePage,
)

from tray_auth_desktop import assets
from tray_auth_desktop.core.dialog_state import LoadFailure
from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.timeline import EventKind, Observation
from tray_auth_desktop.core.window_message import MAX_PAYLOAD_CHARS, MessageSource
from tray_auth_desktop.dialog import page_events
from tray_auth_desktop.dialog.address import encoded
from tray_auth_desktop.dialog.bridge import FRAME_OBJECT_NAME, OpenerBridge
from tray_auth_desktop.dialog.loading import certificate_failure
from tray_auth_desktop.dialog.marked_lines import Topic
from tray_auth_desktop.dialog.popup_page import PopupPage
from tray_auth_desktop.dialog.profile import AttemptProfile
from tray_auth_desktop.dialog.scripts import OUR_WORLD, script
from tray_auth_desktop.redaction import redact_url

_ASK = """JSON.stringify({
  address: location.href,
  status: performance.getEntriesByType("navigation")[0]?.responseStatus ?? 0,
})"""
_REFUSED = (
    "{address} {answered}does not let itself be shown in an iframe here (X-Frame-Options, or frame-ancestors "
    "in its Content-Security-Policy)."
)
_REFUSED_ADVICE = (
    "Tray allows iframes for hosts on its list only: ask Tray to add the opener origin, {opener}, or use a "
    "popup."
)
_UNREACHED = "{address} could not be loaded into the iframe."


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the iframe holds after a load."""

    address: str
    status: int

    @classmethod
    def read(cls, found: object) -> Self:
        """Return what a script found; nothing where it is not what a script of ours writes."""
        try:
            told = json.loads(found) if isinstance(found, str) else {}
            return cls(str(told["address"]), int(told["status"]))
        except (ValueError, TypeError, KeyError, RecursionError):
            return cls("", 0)

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
        self._opener_origin = opener_origin
        self._is_filled = False
        self._under_way: set[str] = set()
        self._answered: _Shown | None = None
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
            is_accepted = super().acceptNavigationRequest(url, navigation, is_main_frame)
            if is_accepted:
                self._on_navigation(redact_url(encoded(QUrl(url))), navigation)
            return is_accepted
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

    def _on_marked_line(self, topic: Topic, text: str) -> None:
        if topic is Topic.ANSWERED:
            self._on_answered(_Shown.read(text))
        else:
            super()._on_marked_line(topic, text)

    def _on_navigation(self, address: str, navigation: QWebEnginePage.NavigationType) -> None:
        """Say that a page begins to load. Qt does not tell whether it is for a frame within the dialog's."""
        frame = self._frame()
        if frame is None or frame.children():
            return
        if navigation is QWebEnginePage.NavigationType.NavigationTypeRedirect:
            self._under_way.add(address)
            self.observed.emit(page_events.departure("Redirected to", address, self.name))
        else:
            self._begin(address)

    def _begin(self, address: str) -> None:
        self._under_way.add(address)
        self._answered = None
        self._load_watch.begin(address)
        self.observed.emit(page_events.departure("Loading", address, self.name))

    def _on_answered(self, shown: _Shown) -> None:
        """The dialog's document exists; where it was not told that it begins to load, that comes first."""
        address = redact_url(shown.address)
        if address not in self._under_way:
            self._begin(address)
        self._under_way.discard(address)
        self._answered = shown
        self.observed.emit(page_events.answer(address, shown.status, self.name))

    def _is_page(self, error: QWebEngineCertificateError) -> bool:
        return self._load_watch.address == redact_url(encoded(error.url()))

    def _on_asked_whether_closed(self, _has_closed: object) -> None:
        """Say nothing: an iframe is not the dialog's to close."""

    def _frame(self) -> QWebEngineFrame | None:
        return next(iter(self.mainFrame().children()), None)

    def _on_framed(self) -> None:
        """The iframe has loaded something; where no document has told its status, it is asked."""
        frame = self._frame()
        if frame is None:
            return
        wanted = frame.url()
        if self._answered is not None and self._answered.address == encoded(wanted):
            self._settle(wanted, self._answered)
        else:
            frame.runJavaScript(_ASK, OUR_WORLD.value, lambda found: self._on_asked(wanted, found))

    def _on_asked(self, wanted: QUrl, found: object) -> None:
        self._settle(wanted, _Shown.read(found))

    def _settle(self, wanted: QUrl, shown: _Shown) -> None:
        """Say what came of a load."""
        address = redact_url(encoded(wanted))
        failure = _failure(shown, address, self._opener_origin)
        if failure is not None and self._refused_certificate:
            failure = certificate_failure(address)
        failure = self._explained(failure)
        self._load_watch.end()
        if failure is None:
            self.shown_url_changed.emit(wanted)
            self.observed.emit(page_events.load("Loaded", address, self.name))
            self.load_succeeded.emit()
        else:
            details = {"window": self.name, "url": address, "status": failure.status}
            text = f"{failure.reason} {failure.advice}".rstrip()
            self.observed.emit(Observation(EventKind.NAVIGATION, text, details, is_problem=True))
            self.load_failed.emit(failure)


def _failure(shown: _Shown, address: str, opener_origin: str) -> LoadFailure | None:
    status = shown.status if shown.status >= 400 else None
    if shown.is_error_page and shown.status:
        answered = f"answered with HTTP {status}, and " if status else ""
        advice = _REFUSED_ADVICE.format(opener=opener_origin)
        reason = _REFUSED.format(address=address, answered=answered)
        return LoadFailure(reason, is_network=False, status=status, advice=advice)
    if shown.is_error_page:
        return LoadFailure(_UNREACHED.format(address=address), is_network=True)
    if status:
        return LoadFailure(f"{address} answered with HTTP {status}.", is_network=False, status=status)
    return None
