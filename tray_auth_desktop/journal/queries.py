"""The journal's queries, by name, and values as SQLite takes them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tray_auth_desktop import assets


@cache
def query(name: str) -> str:
    """Return the text of a query; it is read once."""
    return assets.read_text(f"journal/queries/{name}.sql")


def mended(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row in which every text has bytes: half a surrogate pair has none."""
    return {
        name: value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
        for name, value in row.items()
    }
