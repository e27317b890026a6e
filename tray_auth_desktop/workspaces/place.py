"""Where in the text of a TOML file something stands, so that a person finds it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

_OF_TOMLLIB = re.compile(
    r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column, both counted from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}"


def place_at(text: str, offset: int) -> Place:
    """Return the place of a character, by its offset."""
    before = text[:offset]
    return Place(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def place_of_error(text: str, error: tomllib.TOMLDecodeError) -> tuple[str, Place]:
    """Return what tomllib found wrong, and where."""
    found = _OF_TOMLLIB.fullmatch(str(error))
    if found is None:
        return str(error), Place(1, 1)
    if found["line"] is None:
        return f"{found['what']}: the file ends too early", place_at(text, len(text.rstrip()))
    return found["what"], Place(int(found["line"]), int(found["column"]))


def place_of(text: str, keys: Sequence[str]) -> Place:
    """Return where a key of a well-formed document stands.

    The document is read from its beginning, a line more each time, until it holds the key. That
    is right for every way to write a key: in a table, with dots, quoted, or in braces. It begins
    with the line by which all keys have been seen; written with escapes, they never are.
    """
    lines = text.splitlines(keepends=True)
    for number in range(_first_candidate(lines, keys), len(lines) + 1):
        if _holds(_document(lines[:number]), keys):
            start = number - 1
            while start and _document(lines[:start]) is None:  # within a value of several lines
                start -= 1
            return _within(lines[start:number], start + 1, keys)
    return Place(1, 1)


def _first_candidate(lines: Sequence[str], keys: Sequence[str]) -> int:
    unseen = set(keys)
    for number, line in enumerate(lines, start=1):
        unseen = {key for key in unseen if key not in line}
        if not unseen:
            return number
    return 1


def _document(lines: Sequence[str]) -> object:
    try:
        return tomllib.loads("".join(lines))
    except tomllib.TOMLDecodeError:
        return None


def _holds(document: object, keys: Sequence[str]) -> bool:
    for key in keys:
        if not isinstance(document, dict) or key not in document:
            return False
        document = document[key]
    return True


def _within(lines: Sequence[str], first: int, keys: Sequence[str]) -> Place:
    """Return the place of the key in the lines that made it known."""
    for key in reversed(keys):
        pattern = re.compile(rf"(?<![\w-])[\"']?{re.escape(key)}[\"']?(?![\w-])")
        for number, line in enumerate(lines, start=first):
            if found := pattern.search(line):
                return Place(number, found.start() + 1)
    return Place(first, 1)
