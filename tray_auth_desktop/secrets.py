"""Values that must never be seen: their text is only had by asking for it.

What is held in a `Secret`, or was given to a dialog, is known here, so that `redaction`
can take it out of text that came from outside, whatever it looks like.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from tray_auth_desktop.masking import SHORTEST_KNOWN, Index, Known

#: Of a text of more lines, only these are looked for on their own.
_MOST_LINES = 200
#: Of more typed texts, or values of cookies, the oldest are forgotten: of one field or cookie, and of all.
_MOST_TYPED = (250, 1_000)
_MOST_COOKIES = (20, 500)
_MOST_IN_ADDRESSES = (500, 500)
#: Of one field, no more characters than these, so that a long text is not kept in each of its versions.
_MOST_CHARS = 65_536

_index = Index()
#: What the program itself holds. It is as good as ever, so it is never forgotten for want of room.
_known: dict[str, Known] = {}


def remember(text: str) -> None:
    """Take a text out of everything that is redacted from now on."""
    if len(text) >= SHORTEST_KNOWN and text not in _known:
        _known[text] = known = Known(text, len(text))
        _index.add(known)


def forget(texts: Iterable[str]) -> None:
    """Hold texts no longer."""
    for text in texts:
        if known := _known.pop(text, None):
            _index.remove(known)


def without_known(text: str, mask: str) -> str:
    """Return a text with a mask in the place of all that is known here, however it is written."""
    return _index.without(text, mask)


class _Place:
    """The texts that one field or cookie has had, the latest last.

    A text that continues another takes its place, and is known from where that one was: of what is
    typed letter by letter, each beginning is taken out too.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._texts: OrderedDict[str, Known] = OrderedDict()
        self._chars = 0

    def __len__(self) -> int:
        return len(self._texts)

    def take(self, text: str) -> None:
        """Know a text from now on; where there are too many, the oldest are forgotten."""
        if text in self._texts:
            self._texts.move_to_end(text)
            return
        for known in reversed(self._texts.values()):
            if known.text.startswith(text) and known.least <= len(text):
                self._texts.move_to_end(known.text)
                return
        continued = next(
            (known for known in reversed(self._texts.values()) if text.startswith(known.text)), None
        )
        if continued is not None:
            self._drop(continued.text)
        known = Known(text, continued.least if continued else len(text))
        self._texts[text] = known
        self._chars += len(text)
        _index.add(known)
        while len(self) > self._most or (self._chars > _MOST_CHARS and len(self) > 1):
            self.drop_oldest()

    def drop_oldest(self) -> None:
        """Forget what was there first."""
        self._drop(next(iter(self._texts)))

    def drop(self) -> None:
        """Forget everything."""
        for text in tuple(self._texts):
            self._drop(text)

    def _drop(self, text: str) -> None:
        self._chars -= len(text)
        _index.remove(self._texts.pop(text))


class _Places:
    """Fields, or cookies: where there are too many texts, a place that has many of them forgets one."""

    def __init__(self, most_of_one: int, most: int) -> None:
        self._most_of_one, self._most = most_of_one, most
        self._places: dict[str, _Place] = {}
        self._count = 0

    def take(self, name: str, text: str) -> None:
        """Know a text of a place from now on, and each of its lines; also without white space around it."""
        lines = text.splitlines()[:_MOST_LINES] if len(text) >= SHORTEST_KNOWN else []
        parts = dict.fromkeys(part for line in [text, *lines] for part in (line, line.strip()))
        for part in parts:
            if len(part) >= SHORTEST_KNOWN:
                self._take(name, part)

    def _take(self, name: str, text: str) -> None:
        if name not in self._places:
            self._places[name] = _Place(self._most_of_one)
        place = self._places[name]
        self._count -= len(place)
        place.take(text)
        self._count += len(place)
        if self._count > self._most:
            is_full = len(place) > self._most // len(self._places)
            fullest = name if is_full else max(self._places, key=lambda each: len(self._places[each]))
            self._places[fullest].drop_oldest()
            self._count -= 1
            if not self._places[fullest]:
                del self._places[fullest]

    def drop(self) -> None:
        """Forget everything; what still comes is not kept."""
        self._most = self._count = 0
        for place in self._places.values():
            place.drop()
        self._places.clear()


class DialogSecrets:
    """What is typed into one dialog, and what its pages set: each has room of its own.

    What the person typed is not forgotten because a page sets cookies, nor for what is typed elsewhere.
    """

    def __init__(self) -> None:
        self._typed = _Places(*_MOST_TYPED)
        self._cookies = _Places(*_MOST_COOKIES)
        self._addresses = _Places(*_MOST_IN_ADDRESSES)

    def typed(self, field: str, text: str) -> None:
        """A field has a text; not every text is one more, as each letter makes another."""
        self._typed.take(field, text)

    def cookie(self, name: str, value: str) -> None:
        """A cookie has a value."""
        self._cookies.take(name, value)

    def in_address(self, value: str) -> None:
        """A secret value stood in an address."""
        self._addresses.take("", value)

    def drop(self) -> None:
        """Forget everything: the dialog is gone."""
        for places in (self._typed, self._cookies, self._addresses):
            places.drop()


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
