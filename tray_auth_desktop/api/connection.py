"""Make the httpx client: TLS, proxies, no cookies, and a way to cut its connections."""

from __future__ import annotations

import contextlib
import socket
import ssl
import sys
import threading
import weakref
from collections.abc import Mapping, Sequence
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from tray_auth_desktop import __version__
from tray_auth_desktop.api.route import Route
from tray_auth_desktop.api.unpacking import ACCEPTED_CODING
from tray_auth_desktop.core.origin import Origin

#: Shorter than the 5 seconds after which common servers hang up on an idle connection:
#: a mutation sent into that moment would fail and may not be sent again.
_KEEP_ALIVE_S = 4.0
_LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "[::1]"}


def open_client(
    urls: Sequence[str], route: Route, transport: httpx.BaseTransport | None = None
) -> httpx.Client:
    """Return a client for these addresses.

    A proxy of the workspace is used for all hosts, this computer too. The environment's is not used
    for this computer, which it cannot reach.

    Args:
        urls: What it will be asked for; none if that is not known.
        route: The workspace's proxy and certificates.
        transport: Answers in the network's place; for tests.

    Raises:
        ValueError: the environment's proxy settings cannot be used.
        ImportError: they ask for a kind of proxy that is not supported.
        httpx.InvalidURL: they are no address.
    """
    origins = [Origin.parse(url) for url in urls]
    needs_tls = not origins or any(origin.is_secure for origin in origins)
    is_https_proxy = (route.proxy_url or "").startswith("https:")
    # Without https, an empty context that trusts nobody: the system's takes a while to load.
    context = route.tls_context() if needs_tls or is_https_proxy else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    is_direct = transport is None and route.proxy_url is None
    return httpx.Client(
        transport=transport,
        verify=context,
        proxy=route.proxy(context) if transport is None else None,
        mounts=_direct(origins) if is_direct else None,
        trust_env=is_direct and not (origins and all(origin.is_loopback for origin in origins)),
        headers={"User-Agent": f"tray-auth-desktop/{__version__}", "Accept-Encoding": ACCEPTED_CODING},
        # One client serves many end users: a cookie of one must not travel with another.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        limits=httpx.Limits(keepalive_expiry=_KEEP_ALIVE_S),
        follow_redirects=False,
        http2=False,
    )


def _direct(origins: Sequence[Origin]) -> dict[str, httpx.BaseTransport | None]:
    """Keep this computer's own addresses away from the environment's proxy, which cannot reach them."""
    hosts = {origin.host for origin in origins if origin.is_loopback}
    return {f"all://{host}": None for host in hosts | _LOOPBACK_HOSTS}


def no_socks_errors() -> tuple[type[Exception], ...]:
    """Return what is raised where a proxy does not speak SOCKS.

    WORKAROUND: httpx passes on the error of its SOCKS library as it is (seen in httpx 0.28.1). The
    library is loaded only by those who have such a proxy.
    """
    socksio = sys.modules.get("socksio")
    return (socksio.SOCKSError,) if socksio is not None else ()


class OpenSockets:
    """The sockets of a client, so that a read that waits can be woken: closing a file does not do that."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._streams: weakref.WeakSet[Any] = weakref.WeakSet()
        self._is_cut = False

    def trace(self, opened: list[Any], event: str, info: Mapping[str, Any]) -> None:
        """Take note of a new connection, here and for the one request. It is httpx's `trace` extension."""
        if not event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            return
        opened.append(info["return_value"])
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
