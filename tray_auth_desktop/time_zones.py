"""The time zones that this computer knows, by their names in the IANA database."""

from __future__ import annotations

from functools import cache


@cache
def time_zones() -> tuple[str, ...]:
    """Return all names, sorted; none where the system brings no list, as Windows."""
    from zoneinfo import available_timezones  # reads a thousand files: for those who name a zone only

    return tuple(sorted(available_timezones()))


def check_time_zone(name: str) -> None:
    """Refuse what is no time zone; the empty text is the system's.

    Raises:
        ValueError: there is none of that name.
    """
    if name and time_zones() and name not in time_zones():
        raise ValueError(f"{name!r} is no time zone of the IANA database, such as Asia/Tokyo.")
