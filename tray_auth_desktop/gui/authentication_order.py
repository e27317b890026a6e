"""Which authentications are shown, and in which order: found out in slices of a few milliseconds."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from tray_auth_desktop.gui.authentication_rows import Rows
from tray_auth_desktop.gui.word_filter import is_narrower

#: How many rows are worked on before the event loop may run: 1 to 3 ms.
SLICE = 8_000
#: Sorted after every text that a name can have.
_LAST = "\U0010ffff"
#: Work that can be interrupted wherever it yields.
Slices = Generator[None, None, list[int]]


@dataclass(frozen=True)
class Sort:
    """By which column, and which way."""

    column: int
    is_descending: bool = False


@dataclass(frozen=True)
class Arranged:
    """What a search and a sort came to.

    Attributes:
        rows: What was searched and sorted.
        sort, words: What was asked for; without a sort it is the server's order.
        shown: The positions that are shown, in order.
        covered: How many rows were looked at; what came later is not in it.
        is_in_order: Whether nothing was appended that belongs further up.
    """

    rows: Rows
    sort: Sort | None
    words: tuple[str, ...]
    shown: Sequence[int]
    covered: int
    is_in_order: bool = True


class Arranger:
    """Remembers what was sorted, for the next search and for the other direction."""

    def __init__(self) -> None:
        self._rows: Rows | None = None
        self._column = -1
        self._ascending: list[int] = []
        self._searches = _Searches()

    def sorted_count(self, rows: Rows) -> int:
        """Return how many of these rows were sorted last time."""
        return len(self._ascending) if rows is self._rows else 0

    def arrange(
        self, rows: Rows, sort: Sort | None, words: tuple[str, ...], now: Arranged
    ) -> Generator[None, None, Arranged]:
        """Sort and search.

        Args:
            rows: More may be appended meanwhile.
            sort: The order asked for; None is the server's.
            words: What must be found in a row.
            now: What is shown; where that holds all that can be found, only that is searched.
        """
        order: Sequence[int] = range(len(rows))
        if sort is not None:
            order = yield from self._sorted(rows, sort)
        if not words:
            return Arranged(rows, sort, words, order, len(order))
        is_comparable = now.rows is rows and now.sort == sort and now.is_in_order
        if is_comparable and now.words and is_narrower(words, now.words):
            self._searches.keep(now)  # for who takes back what was typed
            found = yield from _matching(rows, words, now.shown)
            return Arranged(rows, sort, words, found, now.covered)
        count = len(order)
        known = self._searches.find(rows, sort, count, words)
        if known is not None:
            return Arranged(rows, sort, words, known, count)
        found = yield from _matching(rows, words, range(count))
        if sort is not None:
            found = yield from _in_order(found, order, count)
        return Arranged(rows, sort, words, found, count)

    def _sorted(self, rows: Rows, sort: Sort) -> Generator[None, None, Sequence[int]]:
        if (self._rows, self._column, len(self._ascending)) != (rows, sort.column, len(rows)):
            self._ascending = yield from _sorted_order(rows, sort.column)
            self._rows, self._column = rows, sort.column
        return self._ascending[::-1] if sort.is_descending else self._ascending


class _Searches:
    """What was found by fewer words, as long as rows and order stay the same."""

    def __init__(self) -> None:
        self._of: tuple[Rows, Sort | None, int] | None = None
        self._found: dict[tuple[str, ...], Sequence[int]] = {}

    def keep(self, arranged: Arranged) -> None:
        """Remember a search; too many positions drop those of the oldest ones."""
        of = (arranged.rows, arranged.sort, arranged.covered)
        if of != self._of:
            self._of, self._found = of, {}
        self._found[arranged.words] = arranged.shown
        while len(self._found) > 1 and sum(map(len, self._found.values())) > 2 * arranged.covered:
            del self._found[next(iter(self._found))]

    def find(self, rows: Rows, sort: Sort | None, count: int, words: tuple[str, ...]) -> Sequence[int] | None:
        """Return what was found by these words."""
        return self._found.get(words) if self._of == (rows, sort, count) else None


def _sorted_order(rows: Rows, column: int) -> Slices:
    """Return the positions sorted by a cell, without case, those without text last.

    Each part of a few thousand is sorted for itself; then neighbours are merged, which Python's sort
    does by finding that both halves are in order.
    """
    keys: list[str] = []
    runs: list[list[int]] = []
    for start in range(0, len(rows), SLICE):
        part = range(start, min(start + SLICE, len(rows)))
        keys += [rows.haystacks[at].split("\n", 4)[column] or _LAST for at in part]
        runs.append(sorted(part, key=keys.__getitem__))
        yield
    while len(runs) > 1:
        merged = []
        for left in range(0, len(runs), 2):
            run = [at for piece in runs[left : left + 2] for at in piece]
            run.sort(key=keys.__getitem__)
            merged.append(run)
            yield
        runs = merged
    return runs[0] if runs else []


def _matching(rows: Rows, words: tuple[str, ...], among: Sequence[int]) -> Slices:
    """Return those of some positions whose rows hold every word."""
    haystacks = rows.haystacks
    rarest = max(words, key=len)
    rest = [word for word in words if word != rarest]
    found: list[int] = []
    for start in range(0, len(among), SLICE):
        if isinstance(among, range):  # quicker than to ask for each
            part = haystacks[start : min(start + SLICE, len(among))]
            some = [at for at, text in enumerate(part, start) if rarest in text]
        else:
            some = [at for at in among[start : start + SLICE] if rarest in haystacks[at]]
        for word in rest:
            some = [at for at in some if word in haystacks[at]]
        found += some
        yield
    return found


def _in_order(found: Sequence[int], order: Sequence[int], total: int) -> Slices:
    """Return what was found in another order."""
    is_found = bytearray(total)
    for start in range(0, len(found), SLICE):
        for at in found[start : start + SLICE]:
            is_found[at] = 1
        yield
    arranged: list[int] = []
    for start in range(0, len(order), SLICE):
        arranged += [at for at in order[start : start + SLICE] if is_found[at]]
        yield
    return arranged
