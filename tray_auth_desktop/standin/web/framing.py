"""Whose pages may show the dialog in a frame (protocol notes, section 1: Tray keeps a list of hosts)."""

from __future__ import annotations

import re
from collections.abc import Sequence

ANY_PAGE = "*"
_NO_PAGE = "'none'"
_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:(\d{1,5}|\*))?", re.IGNORECASE)


def frame_ancestors(origins: Sequence[str] | None) -> str:
    """Return the sources of a `frame-ancestors` directive.

    Args:
        origins: None for every page, empty for none; a host may begin with `*.`, a port may be `*`.

    Raises:
        ValueError: one is no origin.
    """
    for origin in origins or ():
        if not _ORIGIN.fullmatch(origin):
            raise ValueError(f"{origin!r} is no origin such as http://localhost:3000")
    if origins is None:
        return ANY_PAGE
    return " ".join(origins) or _NO_PAGE
