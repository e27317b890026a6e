"""Find by words: every word typed must occur somewhere, in any order."""

from __future__ import annotations


def words_of(text: str) -> tuple[str, ...]:
    """Return what is searched for; no words match everything."""
    return tuple(text.casefold().split())


def haystack_of(*texts: str | None) -> str:
    """Return what is searched in."""
    return "\n".join(text for text in texts if text).casefold()


def has_words(haystack: str, words: tuple[str, ...]) -> bool:
    """Whether every word occurs in a text made by `haystack_of`."""
    return all(word in haystack for word in words)
