"""Authentications in the order they came, with what each is found by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import is_
from typing import TYPE_CHECKING

from tray_auth_desktop.core.authentication_cells import cells_of

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Authentication

#: So many are read in before the event loop may run: about 3 ms.
_SLICE = 4_000


class Rows:
    """Grows only at its end: a position once given stays.

    Attributes:
        items: The authentications, in the server's order.
        haystacks: What each is found by; its first lines are the cells, in the order of the columns.
    """

    def __init__(self) -> None:
        self.items: list[Authentication] = []
        self.haystacks: list[str] = []

    def __len__(self) -> int:
        return len(self.items)

    def append(self, more: Sequence[Authentication]) -> None:
        """Take more at the end."""
        self.items += more
        self.haystacks += [_haystack(authentication) for authentication in more]

    def agrees_with(self, listed: Sequence[Authentication]) -> bool:
        """Whether a list begins with these very objects."""
        return len(self) <= len(listed) and all(map(is_, self.items, listed))

    def take_rest_of(self, listed: Sequence[Authentication]) -> Iterator[None]:
        """Append what a list holds beyond these."""
        while len(self) < len(listed):
            self.append(listed[len(self) : len(self) + _SLICE])
            yield

    def without(self, positions: set[int]) -> Rows:
        """Return the others."""
        left = Rows()
        left.items = [one for at, one in enumerate(self.items) if at not in positions]
        left.haystacks = [one for at, one in enumerate(self.haystacks) if at not in positions]
        return left

    def with_changed(self, changed: Authentication) -> Rows:
        """Return the same with one of them changed."""
        copy = Rows()
        copy.items, copy.haystacks = list(self.items), list(self.haystacks)
        at = self.position_of(changed.auth_id)
        if at >= 0:
            copy.items[at], copy.haystacks[at] = changed, _haystack(changed)
        return copy

    def position_of(self, auth_id: str) -> int:
        """Return where an id is, or -1; ids compare without case."""
        wanted = auth_id.lower()
        found = (at for at, one in enumerate(self.items) if one.auth_id.lower() == wanted)
        return next(found, -1) if wanted else -1


def _haystack(authentication: Authentication) -> str:
    """Return the cells in small letters, one a line, then what else it is known by."""
    service = authentication.service
    also = service.name if service else ""
    cells = cells_of(authentication)
    text = "\n".join(cells)
    if text.count("\n") > 3:  # a line break in a name would move the cells
        text = "\n".join(" ".join(cell.split()) for cell in cells)
    return (f"{text}\n{also}" if also else text).casefold()
