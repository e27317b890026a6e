"""One object for what a list says again and again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Shared(Generic[T]):
    """Reads entries; equal ones become one object.

    Args:
        read: Returns what an entry stands for; None if it stands for nothing.
    """

    def __init__(self, read: Callable[[Any], T | None]) -> None:
        self._read = read
        self._by_content: dict[Hashable, T | None] = {}
        self._items: dict[T, T] = {}

    def __call__(self, entry: Any) -> T | None:
        """Return what an entry stands for."""
        if not isinstance(entry, dict):
            return self._read(entry)
        # With the types: 1, 1.0 and True are equal, but not the same text.
        content = (tuple(entry.items()), tuple(map(type, entry.values())))
        try:
            return self._by_content[content]
        except KeyError:
            found = self._by_content[content] = self._only(self._read(entry))
            return found
        except TypeError:
            return self._only(self._read(entry))  # lists in it have no hash

    def _only(self, item: T | None) -> T | None:
        return None if item is None else self._items.setdefault(item, item)


def with_shared_names(value: Any) -> Any:
    """Return JSON in which an object's names are the ones that others of their kind have."""
    if not isinstance(value, dict) or not value:
        return value
    return {sys.intern(name): inner for name, inner in value.items()}
