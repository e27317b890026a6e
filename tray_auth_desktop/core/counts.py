"""How many of something, in words."""

from __future__ import annotations


def counted(number: int, one: str) -> str:
    """Return a number with what it counts, such as "1 authentication" or "1,234 authentications"."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"
