"""A page of the network: the dialog, or a window that the dialog opened.

Whatever such a page asks for beyond showing itself is refused and noted (docs/dialog.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineLoadingInfo,
    QWebEnginePage,
)

from tray_auth_desktop.core.dialog_state import LoadFailure
from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.timeline import EventKind, Observation
from tray_auth_desktop.core.window_message import MAX_PAYLOAD_CHARS, MessageSource
from tray_auth_desktop.dialog import certificate, page_events
from tray_auth_desktop.dialog.address import encoded
from tray_auth_desktop.dialog.bridge import OBJECT_NAME, PopupBridge, publish
from tray_auth_desktop.dialog.guarded_page import GuardedPage
from tray_auth_desktop.dialog.load_watch import LoadWatch
from tray_auth_desktop.dialog.loading import failure_of
from tray_auth_desktop.dialog.profile import AttemptProfile
from tray_auth_desktop.dialog.scripts import OUR_WORLD, World, script
from tray_auth_desktop.redaction import redact_url, secrets_in

#: What the timeline calls the dialog's own window.
_DIALOG = "dialog"
#: How long a page may be without a process, on the way to another one, in milliseconds.
_GONE_MS = 500
_ALLOWED_SCHEMES = frozenset({"http", "https", "about", "blob", "data"})


class PopupPage(GuardedPage):
    """A page that can be trusted with nothing.

    Args:
        event_name: What the two halves of the severed-opener relay call each other; a secret.
        name: What the timeline calls its window: "dialog", "window 1", and "window 1.1" for what that opens.

    Attributes:
        source_when_gone: What a message from it counts as that came while its page was being left.
        may_open_windows: Whether further windows are made; none once the dialog is over, as nobody
            would see them, and they could outlive the profile.

    Signals: as listed for a guarded page, and
        load_succeeded(): a main frame has loaded.
        load_failed(LoadFailure): a main frame could not be loaded.
        load_broken_off(str): a load came to nothing, without an error; its address, redacted.
        crashed(str): the renderer died; the text says how.
        popup_requested(PopupPage): it opens a window; the page for it is ready.
        shown_url_changed(QUrl): the page that a person sees has another address.
        closed_here(): the program closes its window, and with it those that it opened.
    """

    source_when_gone = MessageSource.GONE
    load_succeeded = Signal()
    load_failed = Signal(object)
    load_broken_off = Signal(str)
    crashed = Signal(str)
    popup_requested = Signal(object)
    shown_url_changed = Signal(object)
    closed_here = Signal()

    def __init__(
        self,
        profile: AttemptProfile,
        trusted_origin: Origin,
        event_name: str,
        parent: QObject | None,
        name: str = _DIALOG,
    ) -> None:
        super().__init__(profile, name, parent)
        self._windows = 0
        self._trusted_origin = trusted_origin
        self._event_name = event_name
        self._navigations = 0
        self._loads = 0
        self._refused_certificate = ""
        self._has_closed = False
        self._load_watch = LoadWatch()
        self.may_open_windows = True
        self.bridge = PopupBridge(self)
        self._channel = publish(self.bridge, self)
        self.bridge.typed_into.connect(self.typed_into)
        self.bridge.document_answered.connect(self._on_document_answered)
        self._insert_scripts()
        self.urlChanged.connect(self._show_own_url)
        self.loadStarted.connect(self._on_load_started)
        self.windowCloseRequested.connect(self._on_window_close_requested)
        self.loadingChanged.connect(self._on_loading_changed)
        self.renderProcessTerminated.connect(self._on_render_process_terminated)
        self.certificateError.connect(self._on_certificate_error)
        self.proxyAuthenticationRequired.connect(profile.log_in_to_proxy)

    def _insert_scripts(self) -> None:
        constants = {
            "trustedOrigin": str(self._trusted_origin),
            "eventName": self._event_name,
            "object": OBJECT_NAME,
            "maxChars": MAX_PAYLOAD_CHARS,
        }
        relay = script("popup_relay.js", constants)
        opener = script("severed_opener.js", constants, world=World.MainWorld)
        # WORKAROUND: under load, once in some thousand times, a page that COOP moved to another process
        # ran without its scripts (seen in 6.11.3). Those of the profile take another way to the process;
        # where both arrive, the second finds everything done.
        for scripts in (self.scripts(), self.profile().scripts()):
            for made in (relay, opener):
                if not scripts.contains(made):
                    scripts.insert(made)

    def triggerAction(self, action: QWebEnginePage.WebAction, checked: bool = False) -> None:  # noqa: N802 - Qt's name
        """Do it; before a page is closed, ask whether it did so itself, which an integrator should know."""
        if action is QWebEnginePage.WebAction.RequestClose and not self._has_closed:
            self._on_closed_here()
            self.runJavaScript("window.closed", OUR_WORLD.value, self._on_asked_whether_closed)
        super().triggerAction(action, checked)

    @property
    def was_left(self) -> bool:
        """Whether a first page has been left for another, or is about to be.

        Three signs, because each is missing somewhere: a page left while it loads starts no further load,
        and what leads to an empty page is asked of nobody. A redirect by the server counts too: it looks
        like one by a script (seen in 6.11.3), and to take a message for the dialog's is the lesser harm.
        """
        return self._navigations > 1 or self._loads > 1 or self.url().scheme() == "about"

    def forget_loads(self) -> None:
        """Count pages from here: what was there so far was empty, and ours."""
        self._navigations = self._loads = 0

    def run(self, source: str, answered: Callable[[Any], None]) -> None:
        """Run a script of ours in the document that a person sees."""
        self.runJavaScript(source, OUR_WORLD.value, answered)

    def createWindow(self, _type: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]  # noqa: N802 - the stubs do not allow None, which Qt reads as "refused"
        """Make the page for a window this page opens, as guarded as this one; None if it may open none."""
        if not self.may_open_windows:
            return None
        self._windows += 1
        name = f"{self.name}.{self._windows}" if self.name != _DIALOG else f"window {self._windows}"
        page = PopupPage(self._attempt_profile, self._trusted_origin, self._event_name, None, name)
        self.closed_here.connect(page._on_closed_here)
        self.popup_requested.emit(page)
        return page

    def acceptNavigationRequest(  # noqa: N802 - Qt's name
        self,
        url: QUrl | str,
        navigation: QWebEnginePage.NavigationType,
        is_main_frame: bool,
    ) -> bool:
        """Refuse addresses that are no web pages: `file:`, other programs' schemes."""
        address = QUrl(url)
        if address.scheme() in _ALLOWED_SCHEMES:
            self._navigations += is_main_frame
            if is_main_frame and navigation is QWebEnginePage.NavigationType.NavigationTypeRedirect:
                self.observed.emit(
                    page_events.departure("Redirected to", redact_url(encoded(address)), self.name)
                )
            for secret in secrets_in(encoded(address)):
                self.secret_seen.emit(secret)
            return super().acceptNavigationRequest(address, navigation, is_main_frame)
        self._refuse(f"Address refused: {address.scheme()}: is not a web page")
        return False

    def _show_own_url(self) -> None:
        self.shown_url_changed.emit(self.url())

    def _on_closed_here(self) -> None:
        """Say of this window and of those that it opened if a page was not there to the end."""
        seen = self._load_watch.still_loading(self.name)
        self._load_watch.end()
        if seen is not None:
            self.observed.emit(seen)
        self.closed_here.emit()

    def _on_window_close_requested(self) -> None:
        self._has_closed = True

    def _on_asked_whether_closed(self, has_closed: object) -> None:
        if isinstance(has_closed, bool):  # else the page went away before it could answer
            self.observed.emit(page_events.closing(self.name, by_page=has_closed))

    def _on_load_started(self) -> None:
        if self.name == _DIALOG and not self._loads:
            self.observed.emit(page_events.engine())
        self._loads += 1

    def _on_loading_changed(self, info: QWebEngineLoadingInfo) -> None:
        address = redact_url(encoded(info.url()))
        if info.status() is QWebEngineLoadingInfo.LoadStatus.LoadStartedStatus:
            self._load_watch.begin(address)
            self.observed.emit(page_events.departure("Loading", address, self.name))
            return
        self._load_watch.end()
        if info.status() is QWebEngineLoadingInfo.LoadStatus.LoadSucceededStatus:
            self.observed.emit(page_events.load("Loaded", address, self.name))
            self.load_succeeded.emit()
        else:
            self._on_load_failed(self._explained(failure_of(info)), address)

    def _on_load_failed(self, failure: LoadFailure | None, address: str) -> None:
        if failure is None:
            self.load_broken_off.emit(address)
            return
        details = {"window": self.name, "url": address, "status": failure.status}
        self.observed.emit(Observation(EventKind.NAVIGATION, failure.reason, details, is_problem=True))
        self.load_failed.emit(failure)

    def _explained(self, failure: LoadFailure | None) -> LoadFailure | None:
        """Return a failure with what was wrong with the certificate, where it was that."""
        why, self._refused_certificate = self._refused_certificate, ""
        return replace(failure, reason=f"{failure.reason} {why}") if failure and why else failure

    def _is_page(self, error: QWebEngineCertificateError) -> bool:
        """Whether a certificate is that of the page, as against of something in it."""
        return error.isMainFrame()

    def _on_document_answered(self, address: str, status: int) -> None:
        self.observed.emit(page_events.answer(redact_url(address), status, self.name))

    def _on_render_process_terminated(
        self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int
    ) -> None:
        if status is QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            # WORKAROUND: this is also said where the process that would have known better died with it
            QTimer.singleShot(_GONE_MS, self, self._say_if_gone)
            return
        self._say_crashed(f"The process that showed the page ended ({status.name}, code {code}).")

    def _say_if_gone(self) -> None:
        if self.renderProcessPid() <= 0 and not self._has_closed:
            self._say_crashed("The process that showed the page is gone.")

    def _say_crashed(self, text: str) -> None:
        self._load_watch.end()
        self.observed.emit(Observation(EventKind.ENGINE, text, is_problem=True))
        self.crashed.emit(text)

    def _on_certificate_error(self, error: QWebEngineCertificateError) -> None:
        error.rejectCertificate()
        address = redact_url(encoded(error.url()))
        details = certificate.details_of(error)
        if self._is_page(error):
            self._refused_certificate = certificate.sentence_of(details)
        text = f"Certificate refused: {error.description()} ({address})"
        self.observed.emit(
            Observation(EventKind.SECURITY, text, {"window": self.name, **details}, is_problem=True)
        )
