"""How dialogs reach the network: the workspace's proxy, and certificates it trusts beside the system's.

The API client gets the same two settings by its own means (docs/adr/0013).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QSsl, QSslCertificate

from tray_auth_desktop.dialog import engine_flags
from tray_auth_desktop.errors import EngineError
from tray_auth_desktop.secrets import Secret

_KINDS = {
    "http": QNetworkProxy.ProxyType.HttpProxy,
    "socks5": QNetworkProxy.ProxyType.Socks5Proxy,
    "socks5h": QNetworkProxy.ProxyType.Socks5Proxy,
}
_PORTS = {"http": 80, "socks5": 1080, "socks5h": 1080}


def _no_password() -> Secret | None:
    return None


@dataclass(frozen=True, slots=True)
class DialogNetwork:
    """What a workspace says about the network.

    Attributes:
        proxy: Address of the proxy, with a user name if it needs one; None for the system's.
        proxy_password: Returns the password for it as far as it is known by now.
        ca_file: A PEM file of certificates that are trusted beside the system's.
        keeps_application: Whether, where no proxy is named, the one that the application has set stays.
    """

    proxy: str | None = None
    proxy_password: Callable[[], Secret | None] = _no_password
    ca_file: str | None = None
    keeps_application: bool = False

    @property
    def proxy_user(self) -> str:
        """The user name for the proxy; empty if it needs none."""
        return unquote(urlsplit(self.proxy).username or "") if self.proxy else ""

    @property
    def proxy_at_start(self) -> str:
        """The proxy as the engine has to be started with; empty for one that it can be told at any time.

        Qt has no kind of proxy that is itself reached by TLS; Chromium has, and takes it from a switch.
        """
        parts = urlsplit(self.proxy or "")
        if parts.scheme != "https" or self.keeps_application:
            return ""
        return f"https://{parts.netloc.rpartition('@')[2]}"

    def use_proxy(self) -> None:
        """Let all dialogs from now on take this proxy, or the system's.

        Raises:
            EngineError: the web engine cannot use such a proxy, or not any more.
        """
        started_with = engine_flags.proxy_at_start()
        if started_with != self.proxy_at_start:
            raise _told_too_late(started_with)
        if started_with:
            return
        if not self.proxy:
            if not self.keeps_application and not QNetworkProxyFactory.usesSystemConfiguration():
                QNetworkProxyFactory.setUseSystemConfiguration(True)
            return
        QNetworkProxy.setApplicationProxy(_qt_proxy(self.proxy))

    def certificates(self) -> list[QSslCertificate]:
        """Return the certificates that are trusted beside the system's.

        Raises:
            EngineError: the file cannot be read, or holds none.
        """
        if not self.ca_file:
            return []
        advice = "Name a PEM file of certificates in the workspace, or none."
        try:
            data = Path(self.ca_file).expanduser().read_bytes()
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise EngineError(f"The file of certificates cannot be read: {why}.", advice=advice) from error
        found = QSslCertificate.fromData(data, QSsl.EncodingFormat.Pem)
        if not found:
            raise EngineError("The file of certificates holds none.", advice=advice)
        return found


def _told_too_late(started_with: str) -> EngineError:
    if not started_with:
        return EngineError(
            "The web engine takes an https:// proxy only when it starts, and it is running.",
            advice="End the program and start it with this workspace in use.",
        )
    return EngineError(
        f"The web engine was started with the proxy {started_with}, and keeps it as long as it runs.",
        advice="End the program and start it with this workspace in use.",
    )


def _qt_proxy(address: str) -> QNetworkProxy:
    parts = urlsplit(address)
    if parts.scheme == "https":
        raise EngineError(
            "The web engine of an application cannot be given an https:// proxy any more.",
            advice="Start the application with QTWEBENGINE_CHROMIUM_FLAGS=--proxy-server=https://host:port, "
            "or give the proxy an address that begins with http:// or socks5://.",
        )
    if parts.scheme not in _KINDS:
        raise EngineError(
            f"The web engine cannot reach a proxy by {parts.scheme or 'no scheme'}.",
            advice="Give the proxy an address that begins with http://, https:// or socks5://.",
        )
    if parts.username and parts.scheme != "http":
        raise EngineError(
            "The web engine cannot log in to a SOCKS proxy.",
            advice="Use a proxy that asks for no password, or one with an http:// address.",
        )
    return QNetworkProxy(_KINDS[parts.scheme], parts.hostname or "", parts.port or _PORTS[parts.scheme])
