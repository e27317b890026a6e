"""Where a list that is fetched in the background stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Nothing was asked for: a choice that comes before it is missing."""


@dataclass(frozen=True, slots=True)
class Loading:
    """The request is under way."""


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """The list is here.

    Attributes:
        items: What is known of it.
        is_partial: More is on its way.
        has_more: There is more where this came from, for whoever asks.
    """

    items: tuple[T, ...]
    is_partial: bool = False
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class LoadFailed:
    """The request failed.

    Attributes:
        explanation: What happened and what to do.
        is_token_refused: Whether another master token, or one at all, may help.
    """

    explanation: str
    is_token_refused: bool = False


LoadState = NotAsked | Loading | Loaded[T] | LoadFailed
