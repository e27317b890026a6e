"""Switches that the web engine reads once, when it starts."""

from __future__ import annotations

import os
import shlex

VARIABLE = "QTWEBENGINE_CHROMIUM_FLAGS"
#: Of the address in `Referer` and `document.referrer`, another origin is told the origin, whatever a page's
#: own policy says: a dialog that asks for `unsafe-url` would give its code to every host it takes a picture
#: from.
_FEATURE = "CapReferrerToOriginOnCrossOrigin"
_SWITCH = "--enable-features="
_PROXY = "--proxy-server="
#: Keep the engine to this computer. The guard of each profile sees requests; redirects, sockets of shared
#: workers, connections made ahead of a request and WebRTC pass it by (seen in 6.11.3), but need an address.
_ONLY_LOOPBACK = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.*, "
    "EXCLUDE [::1]",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
#: The proxy that the engine starts with, once that is decided: it is told one time only.
_proxies: list[str] = []


def with_our_features(flags: str) -> str:
    """Return the engine's switches with ours among them; what stands there already is kept."""
    switches = shlex.split(flags)
    features = [switch.removeprefix(_SWITCH) for switch in switches if switch.startswith(_SWITCH)]
    # the engine heeds only the last switch of a name, so there must be one
    wanted = dict.fromkeys([name for given in features for name in given.split(",") if name] + [_FEATURE])
    others = [switch for switch in switches if not switch.startswith(_SWITCH)]
    return _joined([*others, _SWITCH + ",".join(wanted)])


def _joined(switches: list[str]) -> str:
    """Return switches in the form that the engine splits: it knows double quotes, and no single ones."""
    return " ".join(f'"{switch}"' if " " in switch else switch for switch in switches)


def apply(proxy: str = "", *, only_loopback: bool = False) -> None:
    """Put our switches where the engine looks for them; without effect once it has started.

    Args:
        proxy: Scheme, host and port of a proxy that the engine can only be started with; the first call
            decides, since the engine starts right after it.
        only_loopback: Let the engine find this computer only.
    """
    switches = shlex.split(with_our_features(os.environ.get(VARIABLE, "")))
    if only_loopback:
        switches += [switch for switch in _ONLY_LOOPBACK if switch not in switches]
    if not _proxies:
        _proxies.append(proxy)
        switches += [_PROXY + proxy] if proxy else []
    os.environ[VARIABLE] = _joined(switches)


def proxy_at_start() -> str:
    """Return the proxy that the engine was started with, as it was given to `apply`; empty without one."""
    return "".join(_proxies)
