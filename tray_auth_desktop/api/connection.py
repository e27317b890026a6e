"""Make the httpx client: TLS, proxies, no cookies, and a way to cut its connections."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import weakref
from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from tray_auth_desktop import __version__
from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.workspace import Hosts

#: Shorter than the 5 seconds after which common servers hang up on an idle connection:
#: a mutation sent into that moment would fail and may not be sent again.
_KEEP_ALIVE_S = 4.0


def open_client(hosts: Hosts, transport: httpx.BaseTransport | None) -> httpx.Client:
    """Return a client for these hosts.

    Raises:
        ValueError: the environment's proxy settings cannot be used.
        ImportError: they ask for a kind of proxy that is not supported.
        httpx.InvalidURL: they are no address.
    """
    urls = (hosts.graphql_url, hosts.rest_url)
    origins = [Origin.parse(url) for url in urls]
    return httpx.Client(
        transport=transport,
        verify=_tls_context(needed=any(origin.is_secure for origin in origins)),
        mounts=_direct(origins) if transport is None else None,
        trust_env=not all(origin.is_loopback for origin in origins),
        headers={"User-Agent": f"tray-auth-desktop/{__version__}", "Accept": "application/json"},
        # One client serves many end users: a cookie of one must not travel with another.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        limits=httpx.Limits(keepalive_expiry=_KEEP_ALIVE_S),
        follow_redirects=False,
        http2=False,
    )


def _tls_context(*, needed: bool) -> ssl.SSLContext:
    """Return a context that trusts what the system trusts; without https, an empty one that trusts nobody."""
    if not needed:
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # Imported here because only https needs it, and the stand-in is http on loopback.
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _direct(origins: list[Origin]) -> dict[str, httpx.BaseTransport | None]:
    """Keep this computer's own addresses away from the environment's proxy, which cannot reach them."""
    return {f"all://{origin.host}": None for origin in origins if origin.is_loopback}


class OpenSockets:
    """The sockets of a client, so that a read that waits can be woken: closing a file does not do that."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._streams: weakref.WeakSet[Any] = weakref.WeakSet()
        self._is_cut = False

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of a new connection. It is httpx's documented `trace` extension."""
        if not event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            return
        with self._lock:
            self._streams.add(info["return_value"])
            is_cut = self._is_cut
        if is_cut:
            self.cut()

    def cut(self) -> None:
        """Shut all connections down, now and from now on."""
        with self._lock:
            self._is_cut = True
            streams = tuple(self._streams)
        for stream in streams:
            found = stream.get_extra_info("socket")
            if isinstance(found, socket.socket):
                with contextlib.suppress(OSError):
                    # The plain method: a TLS socket's own would also take its state apart under the reader.
                    socket.socket.shutdown(found, socket.SHUT_RDWR)
