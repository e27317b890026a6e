"""The credentials that a person gives anew to rename an authentication: checked, and never shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tray_auth_desktop.api.call import Hidden
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.secrets import Secret

#: Shorter texts, such as "on", are no secrets, and masking them would make a message unreadable.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Credentials:
    """A JSON object, and what of it no message may show."""

    fields: Mapping[str, Any] = field(repr=False)
    hidden: Hidden = field(repr=False)


def read_credentials(given: Secret) -> Credentials:
    """Return credentials that were given as the text of a JSON object.

    Raises:
        UsageError: they are something else.
    """
    found = _parse(given.reveal())
    if not isinstance(found, dict):
        raise UsageError(
            "The credentials are no JSON object.",
            advice='Give them as the service asks for them, such as {"access_token": "…"}: Tray renames an '
            "authentication only together with its credentials.",
        )
    texts = {text for text in _texts(found) if len(text) >= _SHORTEST}
    forms = texts | {json.dumps(text)[1:-1] for text in texts} | {given.reveal()}
    # The longest first, so that none is left over of one that holds another.
    return Credentials(found, tuple(Secret(form) for form in sorted(forms, key=len, reverse=True)))


def _parse(text: str) -> Any:
    """Return JSON; None for what is none. No exception leaves here: it would carry the text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
