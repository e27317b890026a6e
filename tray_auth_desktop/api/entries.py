"""Read the entries of a list, whether they come at once or, from a large reply, in parts.

No entry is dropped in silence: null ones are no entries, and one without an id is reported.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from tray_auth_desktop.api.reading import fields

_log = logging.getLogger(__name__)
T = TypeVar("T")
#: How many entries are handed over together.
PART = 1000
OnPart = Callable[[tuple[T, ...]], None]


class GivenUpError(Exception):
    """The client was closed while a list was read."""


class Entries(Generic[T]):
    """Reads one list of one reply.

    Args:
        paths: Where the list may stand in the reply.
        read: Returns what an entry stands for; None where it has no id.
        what: What they are, for the log.
        on_part: Told of each part as soon as it is read, on the thread that reads.
        unwrap: Returns what is read of an entry; None where there is nothing.
    """

    def __init__(
        self,
        paths: Iterable[tuple[str, ...]],
        read: Callable[[Any], T | None],
        what: str,
        on_part: OnPart[T] | None = None,
        *,
        unwrap: Callable[[Any], Any] = lambda entry: entry,
    ) -> None:
        self.is_given_up: Callable[[], bool] = lambda: False
        self.last: Any = None
        self._paths = frozenset(paths)
        self._read = read
        self._what = what
        self._on_part = on_part
        self._unwrap = unwrap
        self._is_held = False
        self._items: list[T] = []
        self._seen = self._told = 0

    def restart(self, *, is_held: bool = False) -> None:
        """Forget what was read: another reply begins.

        Args:
            is_held: Whether the parts are kept until the whole reply is known to be good.
        """
        self._is_held = is_held
        self._items, self._seen, self._told, self.last = [], 0, 0, None

    def begins_at(self, path: tuple[str, ...]) -> bool:
        """Whether the list stands there; of two lists in one reply the later one counts."""
        is_there = path in self._paths
        if is_there:
            self.restart(is_held=self._is_held)
        return is_there

    def take(self, entry: Any) -> None:
        """Read one entry."""
        self.last = entry
        value = self._unwrap(entry)
        if value is None:
            return
        index, self._seen = self._seen, self._seen + 1
        item = self._read(value)
        if item is None:
            _log.warning("entry %d of the list of %s has no id and was left out", index, self._what)
            return
        self._items.append(item)
        if len(self._items) - self._told >= PART:
            if self.is_given_up():
                raise GivenUpError
            if not self._is_held:
                self._tell()

    def finish(self, entries: Iterable[Any] | None) -> tuple[T, ...]:
        """Return all items, once the reply is known to be good.

        Args:
            entries: Those that have not been taken, as the reply was small.
        """
        for entry in entries or ():
            self.take(entry)
        self._is_held = False
        self._tell()
        return tuple(self._items)

    def _tell(self) -> None:
        """Hand over what is new, in parts of the usual size."""
        while self._on_part is not None and self._told < len(self._items):
            part = tuple(self._items[self._told : self._told + PART])
            self._told += len(part)
            self._on_part(part)


def node_of(edge: Any) -> Any:
    """Return the node of an edge; where there is no edge around it, the entry itself."""
    return fields(edge).get("node") if isinstance(edge, dict) else edge
