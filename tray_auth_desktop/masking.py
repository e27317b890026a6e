"""Take known texts out of others, however they are written: plain, in an address, in JSON, HTML, base64."""

from __future__ import annotations

import threading
from collections import Counter
from typing import NamedTuple

#: Shorter texts are not looked for: they stand in too many words.
SHORTEST_KNOWN = 6


class _Form(NamedTuple):
    """One way to write a text, which is looked for from its first `least` letters on."""

    text: str
    least: int


class Known:
    """A text that must not be seen, from its first `least` letters on."""

    __slots__ = ("forms", "least", "text")

    def __init__(self, text: str, least: int) -> None:
        self.text = text
        self.least = least
        self.forms: frozenset[_Form] = frozenset()


class Index:
    """All that must not be seen, by how it begins. A text's forms are made when something is redacted."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # tokens come on worker threads
        self._new: dict[Known, None] = {}
        self._by_beginning: dict[str, Counter[_Form]] = {}

    def add(self, known: Known) -> None:
        """Look for a text from now on."""
        with self._lock:
            self._new[known] = None

    def remove(self, known: Known) -> None:
        """Look for it no longer."""
        with self._lock:
            self._new.pop(known, None)
            for form in known.forms:
                beginning = form.text[:SHORTEST_KNOWN]
                alike = self._by_beginning[beginning]
                alike[form] -= 1
                if not alike[form]:
                    del alike[form]
                if not alike:
                    del self._by_beginning[beginning]

    def without(self, text: str, mask: str) -> str:
        """Return a text with a mask in the place of all that must not be seen."""
        with self._lock:
            self._take_in_new()
            spans = self._spans(text)
        parts, done = [], 0
        for start, end in spans:
            parts += [text[done:start], mask]
            done = end
        return "".join([*parts, text[done:]])

    def _take_in_new(self) -> None:
        for known in self._new:
            known.forms = _forms(known)
            for form in known.forms:
                self._by_beginning.setdefault(form.text[:SHORTEST_KNOWN], Counter())[form] += 1
        self._new.clear()

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """Return where it stands. What overlaps is one span: else the end of the second would be left."""
        spans: list[tuple[int, int]] = []
        for start in range(len(text) - SHORTEST_KNOWN + 1 if self._by_beginning else 0):
            forms = self._by_beginning.get(text[start : start + SHORTEST_KNOWN])
            end = max((_end_of(form, text, start) for form in forms), default=0) if forms else 0
            if not end:
                continue
            if spans and start < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return spans


def _end_of(form: _Form, text: str, start: int) -> int:
    """Return where what stands of a form at a place ends; 0 where less than its least stands there."""
    if text.startswith(form.text, start):
        return start + len(form.text)
    if form.least == len(form.text) or not text.startswith(form.text[: form.least], start):
        return 0
    low, high = form.least, len(form.text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if text.startswith(form.text[low:middle], start + low):
            low = middle
        else:
            high = middle - 1
    return start + low


def _forms(known: Known) -> frozenset[_Form]:
    """Return how a text may be written, and how many letters of each make its least."""
    beginnings = _written(known.text[: known.least])
    forms = zip(_written(known.text), beginnings, strict=True)
    return frozenset(
        _Form(form, max(SHORTEST_KNOWN, len(beginning)))
        for form, beginning in forms
        if len(form) >= SHORTEST_KNOWN
    )


def _written(text: str) -> list[str]:
    """Return a text plain, as in an address, in JSON, in HTML, in base64; a beginning is written alike."""
    import base64  # here, for the first text that is redacted: start-up redacts none
    import html
    import json
    from urllib.parse import quote, quote_plus

    data = text.encode("utf-8", "surrogatepass")
    forms = [quote(data, safe=safe) for safe in ("", "/", "!'()*", ";,/?:@&=+$#!'()*")]
    forms += [text, quote_plus(data), html.escape(text), json.dumps(text)[1:-1]]
    forms += [json.dumps(text, ensure_ascii=False)[1:-1]]
    for before, unsure in ((0, 0), (1, 2), (2, 3)):  # how it reads depends on where in three bytes it begins
        whole = base64.b64encode(b"\0" * before + data)[unsure : (len(data) + before) // 3 * 4].decode()
        forms += [whole, whole.replace("+", "-").replace("/", "_")]
    return forms
