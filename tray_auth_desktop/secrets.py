"""Values that must never be seen: their text is only had by asking for it.

What is held in a `Secret`, or was typed into a dialog, is known here, so that `redaction`
can take it out of text that came from outside, whatever it looks like.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

#: Shorter texts are not looked for: they stand in too many words.
SHORTEST_KNOWN = 6
_MOST_KNOWN = 1_000
_lock = threading.Lock()  # tokens come on worker threads
_known: dict[str, None] = {}
#: All forms of all of them, the longest first; made anew when they are asked for after a change.
_written: tuple[str, ...] | None = None


def remember(text: str) -> None:
    """Take a text out of everything that is redacted from now on. The oldest are forgotten beyond 1,000."""
    global _written
    if len(text) < SHORTEST_KNOWN:
        return
    with _lock:
        _known.pop(text, None)
        _known[text] = None
        while len(_known) > _MOST_KNOWN:
            _known.pop(next(iter(_known)), None)
        _written = None


def forget(texts: Iterable[str]) -> None:
    """Hold texts no longer: what they were typed into is gone."""
    global _written
    with _lock:
        for text in texts:
            _known.pop(text, None)
        _written = None


def known_forms() -> tuple[str, ...]:
    """Return how all that must not be seen may be written.

    The longest come first: of what was typed, every beginning is known too, and taking that out
    would leave its end.
    """
    global _written
    with _lock:
        if _written is None:
            forms = {form for text in _known for form in _forms(text)}
            _written = tuple(sorted(forms, key=len, reverse=True))
        return _written


def _forms(text: str) -> set[str]:
    """Return how a text may be written: plain, in an address, in JSON, in HTML, in base64."""
    import base64  # here, for the first text that is redacted: start-up redacts none
    import html
    import json
    from urllib.parse import quote, quote_plus

    data = text.encode("utf-8", "surrogatepass")
    forms = {quote(data, safe=safe) for safe in ("", "/", "!'()*", ";,/?:@&=+$#!'()*")}
    forms |= {text, quote_plus(data), html.escape(text), json.dumps(text)[1:-1]}
    forms |= {json.dumps(text, ensure_ascii=False)[1:-1]}
    for before, unsure in ((0, 0), (1, 2), (2, 3)):  # how it reads depends on where in three bytes it begins
        whole = base64.b64encode(b"\0" * before + data)[unsure : (len(data) + before) // 3 * 4].decode()
        forms |= {whole, whole.replace("+", "-").replace("/", "_")}
    return {form for form in forms if len(form) >= SHORTEST_KNOWN}


class Secret:
    """A token or a code. Its repr, str and pickle never show the value.

    Only `reveal()` gives the text; a search for that word finds every place
    where a secret leaves its wrapper.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value
        remember(value)

    def reveal(self) -> str:
        """Return the text, to be put on the wire at once and nowhere else."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        import hmac  # here, because it loads OpenSSL, and start-up compares no secrets

        # an environment variable may hold what UTF-8 cannot; an error about that would carry the value
        mine, theirs = (secret._value.encode("utf-8", "surrogatepass") for secret in (self, other))
        return hmac.compare_digest(mine, theirs)

    def __hash__(self) -> int:
        return hash(self._value)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a Secret is not written anywhere")
