"""How much is seeded beside what every stand-in has."""

from __future__ import annotations

from dataclasses import dataclass, fields

_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class SeedSize:
    """How many more things a stand-in has at the start; their ids are the same every time.

    Attributes:
        authentications: of one end user, whom no other stand-in has.
        users: end users beside that one.
        services: each in two versions, with a connector for each.

    Raises:
        ValueError: a number is negative, or more than a million.
    """

    authentications: int = 0
    users: int = 0
    services: int = 0

    def __post_init__(self) -> None:
        for one in fields(self):
            if not 0 <= getattr(self, one.name) <= _MOST:
                raise ValueError(f"the number of {one.name} must be between 0 and {_MOST:,}")
