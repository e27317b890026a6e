"""Values that must never be seen: their text is only had by asking for it."""

from __future__ import annotations


class Secret:
    """A token or a code. Its repr, str and pickle never show the value.

    Only `reveal()` gives the text; a search for that word finds every place
    where a secret leaves its wrapper.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

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
