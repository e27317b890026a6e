"""The text of an address: as it goes over the wire, and as little of it as a title may have."""

from __future__ import annotations

import re

from PySide6.QtCore import QUrl

from tray_auth_desktop.redaction import redact


def encoded(url: QUrl) -> str:
    """Return the address with everything percent-encoded that was.

    `QUrl.toString()` alone would decode it: spaces and letters of every alphabet would
    stand where a browser, and an origin read from it, has none.
    """
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


def title_without_address(title: str, url: QUrl) -> str:
    """Return what may stand in a window's title, which the whole desktop can read.

    A page without a title is called by its address, and that can carry a code.
    """
    host = url.host()
    # as hosts, because names of other alphabets are written in two ways
    begins = QUrl(f"http://{re.split('[/?#]', title, maxsplit=1)[0]}")
    is_address = _encoded_host(begins) == _encoded_host(url) != ""
    if is_address or (url.scheme() and title.casefold().startswith(f"{url.scheme()}:")):
        return host
    return redact(title, 200)


def _encoded_host(url: QUrl) -> str:
    return url.host(QUrl.ComponentFormattingOption.FullyEncoded)
