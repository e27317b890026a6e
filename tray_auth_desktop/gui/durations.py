"""Spans of time as people read them."""

from __future__ import annotations


def clock(seconds: int) -> str:
    """Return minutes and seconds, such as 4:05; hours only where there are any."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
