"""The way to a host: the workspace's proxy, and whom it trusts."""

from __future__ import annotations

import logging
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx

from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.secrets import Secret

_PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
#: A file of certificates that is larger than this is something else.
_LARGEST_FILE = 8 * 1024 * 1024
_FILE_ADVICE = (
    "Choose a file in PEM form, which holds lines such as “-----BEGIN CERTIFICATE-----”, or remove it from "
    "the workspace to trust the system's certificates only."
)


@dataclass(frozen=True, slots=True)
class Route:
    """A proxy and further certificates; without them, the environment's proxy and the system's trust.

    Attributes:
        proxy_url: Address of the proxy, without user name and password.
        proxy_user: The user name; None without one.
        proxy_password: Sent to the proxy only.
        certificates: Certificates in PEM form that are trusted beside the system's.
    """

    proxy_url: str | None = None
    proxy_user: str | None = None
    proxy_password: Secret | None = None
    certificates: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, proxy: str | None, proxy_password: Secret | None, ca_file: str | None) -> Route:
        """Return the way that a workspace describes.

        Raises:
            UsageError: the proxy's address or the file cannot be used.
        """
        url, user = _checked_proxy(proxy) if proxy else (None, None)
        return cls(url, user, proxy_password, _certificates(ca_file) if ca_file else None)

    @property
    def via(self) -> str:
        """Host and port of the proxy, for messages; empty without one."""
        return urlsplit(self.proxy_url).netloc if self.proxy_url else ""

    def proxy(self, context: ssl.SSLContext) -> httpx.Proxy | None:
        """Return the proxy as httpx takes it; None where the workspace names none."""
        if self.proxy_url is None:
            return None
        if self.proxy_url.startswith("socks"):
            # WORKAROUND: with its debug messages, httpx's library writes the password into the log (seen in
            # httpcore 1.0.9).
            logging.getLogger("httpcore.socks").setLevel(logging.INFO)
        auth = None
        if self.proxy_user is not None or self.proxy_password:
            password = self.proxy_password.reveal() if self.proxy_password else ""
            auth = (self.proxy_user or "", password)
        is_secure = self.proxy_url.startswith("https:")
        return httpx.Proxy(self.proxy_url, auth=auth, ssl_context=context if is_secure else None)

    def tls_context(self) -> ssl.SSLContext:
        """Return a context that trusts what the system trusts, and the workspace's own certificates."""
        # Imported here because only https needs it, and the stand-in is http on loopback.
        import truststore

        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if self.certificates:
            context.load_verify_locations(cadata=self.certificates)
        return context


def _checked_proxy(proxy: str) -> tuple[str, str | None]:
    """Return address and user name of a proxy. Its text may hold a password and is never shown."""
    try:
        parts = urlsplit(proxy.strip())
        host, port, user, password = parts.hostname, parts.port, parts.username, parts.password
    except ValueError:
        host = port = user = password = None
        parts = urlsplit("")
    is_plain = proxy.isascii() and proxy.strip().isprintable() and not any(c.isspace() for c in proxy.strip())
    if parts.scheme not in _PROXY_SCHEMES or not host or not is_plain or parts.path.strip("/") or parts.query:
        raise UsageError(
            "The address of the workspace's proxy cannot be used.",
            advice="Write it as http://host:port, https://host:port or socks5://host:port.",
        )
    if password is not None:
        raise UsageError(
            "The address of the workspace's proxy holds a password.",
            advice="Leave it out of the address, as in http://user@host:port, and give it separately.",
        )
    netloc = f"[{host}]" if ":" in host else host
    netloc += f":{port}" if port is not None else ""
    return f"{parts.scheme}://{netloc}", None if user is None else unquote(user)


def _certificates(ca_file: str) -> str:
    """Return the text of a file of certificates, all of which can be used; between them may be remarks."""
    path = Path(ca_file).expanduser()
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST_FILE + 1)[:_LARGEST_FILE].decode("ascii", "ignore")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name cannot be used"
        raise UsageError(
            f"The file of certificates {ca_file} cannot be read: {why}.", advice=_FILE_ADVICE
        ) from error
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=text)
    except (ssl.SSLError, ValueError) as error:
        raise UsageError(
            f"The file {ca_file} holds no certificates that can be used.", advice=_FILE_ADVICE
        ) from error
    return text
