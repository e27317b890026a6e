"""Decode a large body in small steps, so that no other thread has to wait for Python's lock.

A decoder in C keeps that lock until it is done: half a second for 40 MB, in which no window moves.
Here the objects on the way to a list are walked in Python, and each entry of a list is decoded by
one short call. Python's own `json` does that fastest (measured; docs/api-client.md). It also takes
what a strict decoder refuses: half an emoji in a name, bytes that are not UTF-8.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, Protocol

#: Bodies up to this size are decoded at once: that takes 2 to 3 milliseconds.
LARGE = 512 * 1024
WINDOW = 64 * 1024
_SPACE = re.compile(r"[ \t\n\r]*")
#: What a word or a number that is cut off can leave undecoded (`-Infinity`, `\ud800`, `1.5e+`).
_LONGEST_CUT = 16
_Path = tuple[str, ...]


class EntryTaker(Protocol):
    """Takes the entries of one list as they are decoded, in place of a list of them all."""

    def begins_at(self, path: _Path) -> bool:
        """Whether the list at this path is the one; entries that were taken before it are dropped."""

    def take(self, entry: Any) -> None:
        """Take the next entry."""


class BrokenJsonError(Exception):
    """The text is no JSON. It says nothing more: the text may hold a token."""


def decode_large(body: bytes | bytearray, taker: EntryTaker | None, window: int = WINDOW) -> Any:
    """Return the JSON value of a body; the list that went to the taker is empty in it.

    Args:
        body: What came.
        taker: Takes the entries of one list.
        window: How many bytes are made text at a time.

    Raises:
        BrokenJsonError: it is none.
    """
    text = _Text(body, window)
    try:
        value = _value(text, (), taker)
    except RecursionError:
        raise BrokenJsonError from None
    if text.peek():
        raise BrokenJsonError
    return value


class _Text:
    """The text of a body, of which only a window is decoded at any time."""

    def __init__(self, body: bytes | bytearray, window: int) -> None:
        self._body = memoryview(body)
        self._window = window
        self._taken = len(codecs.BOM_UTF8) if body.startswith(codecs.BOM_UTF8) else 0
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._scan = json.JSONDecoder().raw_decode
        self._text = ""
        self._at = 0

    def peek(self) -> str:
        """Return the next character that is no space; empty at the end."""
        while True:
            self._at = _end_of_space(self._text, self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._grow():
                return ""

    def next(self, expected: str) -> str:
        """Step over the next character, which must be one of those expected."""
        found = self.peek()
        if not found or found not in expected:
            raise BrokenJsonError
        self._at += 1
        return found

    def scan(self, followers: str) -> Any:
        """Return the next value, decoded at once, with all that is in it.

        Args:
            followers: Characters that must come next. Without them a number may go on in what
                is not decoded yet.
        """
        self.peek()
        while True:
            try:
                value, end = self._scan(self._text, self._at)
            except json.JSONDecodeError as error:
                is_cut = error.msg.startswith("Unterminated") or self._is_near_end(error.pos)
            except ValueError:
                raise BrokenJsonError from None
            else:
                end = _end_of_space(self._text, end)
                if self._text[end : end + 1] in followers and end < len(self._text):
                    self._at = end
                    return value
                is_cut = self._is_near_end(end)
            if not (is_cut and self._grow()):
                raise BrokenJsonError

    def _is_near_end(self, position: int) -> bool:
        return len(self._text) - position <= _LONGEST_CUT

    def _grow(self) -> bool:
        """Decode more: at least as much as is left, so that one huge value is not scanned too often."""
        if self._taken >= len(self._body):
            return False
        left = self._text[self._at :]
        end = min(self._taken + max(self._window, len(left)), len(self._body))
        more = self._decode(bytes(self._body[self._taken : end]), end == len(self._body))
        self._taken, self._text, self._at = end, left + more, 0
        return True


def _value(text: _Text, path: _Path, taker: EntryTaker | None) -> Any:
    start = text.peek()
    if start == "{":
        return _object(text, path, taker)
    if start == "[":
        return _list(text, taker if taker is not None and taker.begins_at(path) else None)
    return text.scan(",}]")


def _object(text: _Text, path: _Path, taker: EntryTaker | None) -> dict[str, Any]:
    text.next("{")
    found: dict[str, Any] = {}
    if text.peek() == "}":
        text.next("}")
        return found
    while True:
        if text.peek() != '"':
            raise BrokenJsonError
        name = text.scan(":")
        text.next(":")
        found[name] = _value(text, (*path, name), taker)
        if text.next(",}") == "}":
            return found


def _list(text: _Text, taker: EntryTaker | None) -> list[Any]:
    text.next("[")
    found: list[Any] = []
    take = found.append if taker is None else taker.take
    if text.peek() == "]":
        text.next("]")
        return found
    while True:
        take(text.scan(",]"))
        if text.next(",]") == "]":
            return found


def _end_of_space(text: str, start: int) -> int:
    space = _SPACE.match(text, start)
    return space.end() if space else start
