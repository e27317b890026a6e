"""Find by words: every word typed must occur somewhere, in any order."""

from __future__ import annotations

from tray_auth_desktop.core.counts import counted


def words_of(text: str) -> tuple[str, ...]:
    """Return what is searched for; no words match everything."""
    return tuple(text.casefold().split())


def haystack_of(*texts: str | None) -> str:
    """Return what is searched in."""
    return "\n".join(text for text in texts if text).casefold()


def is_narrower(words: tuple[str, ...], before: tuple[str, ...]) -> bool:
    """Whether whatever holds these words held the words before."""
    return all(any(old in word for word in words) for old in before)


def none_matches(total: int, one: str) -> str:
    """Return what is said in place of things that a filter leaves nothing of."""
    if total == 1:
        return f"The only {one} does not match the filter."
    return f"None of the {counted(total, one)} matches the filter."


def has_words(haystack: str, words: tuple[str, ...]) -> bool:
    """Whether every word occurs in a text made by `haystack_of`."""
    return all(word in haystack for word in words)
