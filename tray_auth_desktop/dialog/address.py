"""The text of an address, as it goes over the wire."""

from __future__ import annotations

from PySide6.QtCore import QUrl


def encoded(url: QUrl) -> str:
    """Return the address with everything percent-encoded that was.

    `QUrl.toString()` alone would decode it: spaces and letters of every alphabet would
    stand where a browser, and an origin read from it, has none.
    """
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
