"""Plain text for a terminal: tables, and single cells of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from tray_auth_desktop.redaction import one_line as one_line

_NONE = "(none)"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return the rows under their heads, each column as wide as its widest cell."""
    return "\n".join(table_lines(heads, rows))


def table_lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table one by one: there can be a hundred thousand."""
    cells = [tuple(heads), *(tuple(one_line(cell) for cell in row) for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (f"{cell}{' ' * (width - _width(cell))}" for cell, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()
    if len(cells) == 1:
        yield _NONE


def _width(cell: str) -> int:
    """Return how many columns a terminal needs for it: wide characters take two, combining ones none."""
    if cell.isascii():
        return len(cell)
    return sum(_columns(character) for character in cell)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
