"""Addresses that are not the API's: icons and dialog hosts. Nobody there may learn a token."""

from __future__ import annotations

import base64
import binascii
import time
from http import HTTPStatus
from urllib.parse import unquote_to_bytes, urljoin

from tray_auth_desktop.api.call import Call, Failure, Reply, Timeouts
from tray_auth_desktop.api.exchange import Exchanges
from tray_auth_desktop.api.network_failure import refused_by_proxy
from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.errors import ApiError, HttpStatusError, UnreadableReplyError, UsageError

ICON_LIMIT = 256 * 1024
_MOST_REDIRECTS = 3
_ICON = "icon"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ICON_ADVICE = "A letter stands in its place; nothing else depends on it."


class Outside:
    """Reads public pages: without a token, without cookies.

    Args:
        exchanges: Sends the requests.
        timeouts: Limits of every call.
    """

    def __init__(self, exchanges: Exchanges, timeouts: Timeouts) -> None:
        self._exchanges = exchanges
        self._timeouts = timeouts

    def close(self) -> None:
        """End all requests at once."""
        self._exchanges.close()

    def status_of(self, url: str) -> int:
        """Return the HTTP status of a page; redirects are not followed.

        Raises:
            UsageError: this is no address.
            NetworkError: its host was not reached.
        """
        if _origin_of(url) is None:
            raise UsageError("The page cannot be asked for: its address is none.", advice="Correct it.")
        reply = self._get(Call("the page", "GET", url, is_read=True, accept="text/html,*/*"))
        if isinstance(reply, Failure):
            if reply.status is None:
                raise reply.error
            return reply.status  # it answered; that the page is long does not matter
        return reply.status

    def icon(self, url: str) -> bytes:
        """Return an image.

        Raises:
            ApiError: there is none at this address, or one that is too large.
            NetworkError: its host was not reached.
        """
        if url[:5].casefold() == "data:":
            return _checked(*_from_data_url(url))
        deadline = time.monotonic() + self._timeouts.overall_s
        for _ in range(_MOST_REDIRECTS + 1):
            call = Call(_ICON, "GET", _checked_url(url), is_read=True, accept="image/*")
            reply = self._get(call, deadline - time.monotonic())
            if isinstance(reply, Failure):
                raise reply.error
            if reply.status not in _REDIRECTS:
                return _image(call, reply)
            url = _next_url(url, reply.location)
        raise _no_icon(f"its address leads on more than {_MOST_REDIRECTS} times")

    def _get(self, call: Call, limit_s: float | None = None) -> Reply | Failure:
        reply = self._exchanges.run(call, None, self._timeouts.overall_s if limit_s is None else limit_s)
        is_proxys = reply.status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED
        return refused_by_proxy(call) if is_proxys else reply


def _image(call: Call, reply: Reply) -> bytes:
    if reply.status != HTTPStatus.OK:
        raise HttpStatusError(
            f"{call.host} answered the request for an icon with status {reply.status}.",
            operation=_ICON,
            status=reply.status,
            advice=_ICON_ADVICE,
        )
    return _checked(reply.content_type, bytes(reply.body))


def _checked(content_type: str, image: bytes) -> bytes:
    if not content_type.strip().casefold().startswith("image/"):
        raise _no_icon("what is there is no image")
    if not image:
        raise _no_icon("the image is empty")
    if len(image) > ICON_LIMIT:
        raise _no_icon(f"the image has more than {ICON_LIMIT:,} bytes")
    return image


def _from_data_url(url: str) -> tuple[str, bytes]:
    """Return content type and content of an address that is the image itself."""
    head, comma, content = url[5:].partition(",")
    if not comma:
        raise _no_icon("its address is cut off")
    if len(content) > 4 * ICON_LIMIT:  # even if each byte is percent-encoded
        raise _no_icon(f"the image has more than {ICON_LIMIT:,} bytes")
    content_type, *parameters = head.split(";")
    octets = unquote_to_bytes(content)
    if "base64" not in (parameter.strip().casefold() for parameter in parameters):
        return content_type, octets
    try:
        packed = b"".join(octets.split())
        return content_type, base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except binascii.Error as error:
        raise _no_icon("its address holds no image that can be read") from error


def _next_url(url: str, location: str | None) -> str:
    try:
        return urljoin(url, location or "")
    except ValueError:
        return ""


def _checked_url(url: str) -> str:
    """Return an address that may be asked; the text of another is not shown, as it may hold anything."""
    origin = _origin_of(url)
    if origin is None or not (origin.is_secure or origin.is_loopback):
        raise _no_icon("its address is not https")
    return url


def _origin_of(url: str) -> Origin | None:
    try:
        return Origin.parse(url)
    except ValueError:
        return None


def _no_icon(why: str) -> ApiError:
    return UnreadableReplyError(f"The icon cannot be had: {why}.", operation=_ICON, advice=_ICON_ADVICE)
