"""Plain text tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the rows under their heads, each column as wide as its widest cell."""
    cells = [tuple(heads), *(tuple(_one_line(cell) for cell in row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    return "\n".join(lines if rows else [*lines, "(none)"])


def _one_line(cell: str) -> str:
    """Names come from outside: no line breaks, and no codes that would steer the terminal."""
    return "".join(character if character.isprintable() else "�" for character in cell)
