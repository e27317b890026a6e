"""Read single values of a reply without insisting on their type.

Tray's documentation contradicts itself on what is there and as which type: an odd title
must not cost the whole list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def fields(value: Any) -> Mapping[str, Any]:
    """Return a JSON object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str:
    """Return text, or a number as text (versions are "1", 4 or 9.0); empty for anything else."""
    if isinstance(value, str):
        if value.isascii():
            return value
        # Half a surrogate pair cannot be shown, copied or stored.
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def optional_text(value: Any) -> str | None:
    """Return text as `text` does, but None for what is empty."""
    return text(value) or None


def first_text(value: Mapping[str, Any], *names: str) -> str:
    """Return the first of several names that holds text; generations of the API name things differently."""
    return next((found for found in (text(value.get(name)) for name in names) if found), "")
