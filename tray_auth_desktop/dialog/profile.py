"""The profile of one attempt: off the record, so that no cookie of one end user meets another."""

from __future__ import annotations

from urllib.parse import unquote

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtNetwork import QAuthenticator, QNetworkCookie
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEngineProfile,
    QWebEngineProfileBuilder,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.presentation import AS_EVER, Presentation
from tray_auth_desktop.core.timeline import EventKind, Observation
from tray_auth_desktop.dialog.address import encoded
from tray_auth_desktop.dialog.bridge import OBJECT_NAME
from tray_auth_desktop.dialog.failed_requests import MAX_ADDRESS_CHARS, MOST_FAILED_REQUESTS, RequestNotes
from tray_auth_desktop.dialog.marked_lines import MarkedLines, Topic
from tray_auth_desktop.dialog.network import DialogNetwork
from tray_auth_desktop.dialog.scripts import script
from tray_auth_desktop.masking import SHORTEST_KNOWN
from tray_auth_desktop.redaction import redact, redact_url

Attribute = QWebEngineSettings.WebAttribute
#: A proxy asks again for each connection that it refused; beyond this the password is wrong.
_MOST_LOGINS = 8
#: Longest text of a field that is taken out of what pages say; keys and certificates are shorter.
_LONGEST_TYPED = 16_384


def is_of_this_computer(url: QUrl) -> bool:
    """Whether an address of the web, or of a web socket, is on this computer."""
    text = encoded(url)
    try:
        return Origin.parse(text.replace("ws", "http", 1) if text.startswith("ws") else text).is_loopback
    except ValueError:
        return False


class RequestGuard(QWebEngineUrlRequestInterceptor):
    """Lets no request leave this computer while the sandbox is off without anybody having said so.

    Signals:
        refused(str): a request was stopped; the text names its address, redacted.
    """

    refused = Signal(str)

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:  # noqa: N802 - Qt's name
        """Stop a request to anything but this computer."""
        url = info.requestUrl()
        if url.scheme() in ("data", "blob", "about") or is_of_this_computer(url):
            return
        info.block(True)
        self.refused.emit(redact_url(encoded(url)))


class AttemptProfile(QObject):
    """Cookies, storage and cache of one attempt, in memory only; and how it reaches the network.

    Args:
        opener_origin: Origin of our own page in it.
        network: The workspace's proxy and certificates.
        presentation: How pages are asked for.
        only_loopback: Whether pages may come from this computer only.

    Attributes:
        engine: The profile for pages. It is deleted with this object.
        marked_lines: Reads what our scripts say on the console.
        request_notes: What the timeline says of requests that failed.

    Signals:
        observed(Observation): something for the timeline.
        cookie_seen(str, str): a cookie, and its value, which must not be seen.
    """

    observed = Signal(object)
    cookie_seen = Signal(str, str)

    def __init__(
        self,
        opener_origin: str,
        parent: QObject,
        network: DialogNetwork | None = None,
        presentation: Presentation = AS_EVER,
        *,
        only_loopback: bool = False,
    ) -> None:
        super().__init__(parent)
        self._network = network or DialogNetwork()
        self._logins = 0
        self.marked_lines = MarkedLines()
        self.request_notes = RequestNotes()
        self.engine = self._make_engine()
        self.engine.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
        self.engine.setHttpCacheType(QWebEngineProfile.HttpCacheType.MemoryHttpCache)
        self._set_attributes()
        self._insert_scripts(opener_origin)
        self._present(presentation)
        self.engine.cookieStore().cookieAdded.connect(self._on_cookie_added)
        self.engine.downloadRequested.connect(self._on_download_requested)
        self._guard: RequestGuard | None = None
        if only_loopback:
            # WORKAROUND: without a reference kept in Python, the guard is never asked (seen in 6.11.3)
            self._guard = RequestGuard(self)
            self._guard.refused.connect(self._on_refused)
            self.engine.setUrlRequestInterceptor(self._guard)

    def log_in_to_proxy(self, _url: QUrl, login: QAuthenticator, proxy_host: str) -> None:
        """Answer a proxy that asks for a password, as often as could help."""
        self._logins += 1
        password = self._network.proxy_password()
        if password and self._logins <= _MOST_LOGINS:
            login.setUser(self._network.proxy_user)
            login.setPassword(password.reveal())
            return
        why = "it was refused" if password else "none is known: edit the workspace"
        text = f"The proxy {redact(proxy_host, 200)} asks for a password, and {why}."
        self.observed.emit(Observation(EventKind.SECURITY, text, is_problem=True))

    def fall_silent(self) -> None:
        """Tell of nothing any more. A page can set cookies faster than they are told, and many may wait."""
        self.engine.cookieStore().blockSignals(True)
        self.blockSignals(True)

    def _insert_scripts(self, opener_origin: str) -> None:
        """Learn what is typed, and how documents and their requests are answered.

        Here and not with the pages: a script of a page reaches its first document too late (seen in 6.11.3).
        Our own page at the opener origin is left out: it speaks with its channel in another way.
        """
        typed = {"minChars": SHORTEST_KNOWN, "maxChars": _LONGEST_TYPED}
        failed = {"maxChars": MAX_ADDRESS_CHARS, "most": MOST_FAILED_REQUESTS}
        for name, topic, constants in (
            ("typed_values.js", Topic.TYPED, typed),
            ("document_status.js", Topic.ANSWERED, {}),
            ("failed_requests.js", Topic.FAILED, failed),
        ):
            common = {
                "object": OBJECT_NAME,
                "ours": f"{opener_origin}/",
                "mark": self.marked_lines.mark(topic),
            }
            made = script(name, {**common, **constants})
            made.setRunsOnSubFrames(True)
            self.engine.scripts().insert(made)

    def _present(self, presentation: Presentation) -> None:
        """Ask for pages as somebody else would."""
        if presentation.language:
            self.engine.setHttpAcceptLanguage(presentation.language)
        if presentation.user_agent:
            self.engine.setHttpUserAgent(presentation.user_agent)

    def _make_engine(self) -> QWebEngineProfile:
        certificates = self._network.certificates()
        if not certificates:
            return QWebEngineProfile(self)
        builder = QWebEngineProfileBuilder()
        builder.setAdditionalTrustedCertificates(certificates)
        # WORKAROUND: createOffTheRecordProfile forgets the certificates; a profile without a name
        # is off the record as well, and keeps them (seen in 6.11.3)
        return builder.createProfile("", self)

    def _set_attributes(self) -> None:
        settings = self.engine.settings()
        settings.setAttribute(Attribute.JavascriptCanOpenWindows, True)
        # Else each opener page asks the opener origin for an icon that nobody sees.
        settings.setAttribute(Attribute.AutoLoadIconsForPage, False)
        # A page's own "Copy" button may work; what is on the clipboard is none of its business.
        settings.setAttribute(Attribute.JavascriptCanAccessClipboard, True)
        settings.setAttribute(Attribute.JavascriptCanPaste, False)
        settings.setAttribute(Attribute.LocalContentCanAccessRemoteUrls, False)
        settings.setAttribute(Attribute.LocalContentCanAccessFileUrls, False)
        settings.setAttribute(Attribute.FullScreenSupportEnabled, False)
        settings.setAttribute(Attribute.PluginsEnabled, False)
        settings.setAttribute(Attribute.PdfViewerEnabled, False)

    def _on_cookie_added(self, cookie: QNetworkCookie) -> None:
        value = bytes(cookie.value().data()).decode("utf-8", "replace")
        name = bytes(cookie.name().data()).decode("utf-8", "replace")
        self.cookie_seen.emit(name, value)
        self.cookie_seen.emit(name, unquote(value))

    def _on_download_requested(self, download: QWebEngineDownloadRequest) -> None:
        download.cancel()
        address = redact_url(encoded(download.url()))
        self.observed.emit(Observation(EventKind.SECURITY, f"Download refused: {address}", is_problem=True))

    def _on_refused(self, address: str) -> None:
        text = f"Refused, because the sandbox is off and this is not on this computer: {address}"
        self.observed.emit(Observation(EventKind.SECURITY, text, is_problem=True))
