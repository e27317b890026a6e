"""Lists in the order of one of their fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
T = TypeVar("T")
_NUMBER = re.compile(r"(\d+)")


def sort_option(*fields: str) -> Callable[[Command], Command]:
    """Return click's decorator for `--sort`, with the fields of a list that it can be sorted by."""
    return click.option("--sort", "sort_field", type=click.Choice(fields), help="Sort by this field.")


def sorted_by(
    items: Iterable[T], as_object: Callable[[T], dict[str, object]], field: str | None
) -> Sequence[T]:
    """Return items by a field, without regard to case, numbers in texts by their value; None leaves them.

    What the field says nothing of comes last.
    """
    if field is None:
        return list(items)
    return sorted(items, key=lambda item: _key(as_object(item)[field]))


def _key(value: object) -> tuple[bool, list[tuple[bool, int, str]]]:
    if value is None or value == "":
        return True, []
    parts = (part for part in _NUMBER.split(str(value).casefold()) if part)
    return False, [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]
