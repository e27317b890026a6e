"""Identifiers: the same at every start for what is seeded, random for what is made later."""

from __future__ import annotations

import secrets
import uuid

_NAMESPACE = uuid.UUID("6f0c1f5e-0d0b-5c0e-9a53-4c2e3a1b7d10")


def stable_id(*parts: object) -> str:
    """Return the id of a seeded thing, derived from what names it."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(map(str, parts))))


def new_id() -> str:
    """Return the id of a thing made while the stand-in runs."""
    return str(uuid.uuid4())


def new_secret(hex_digits: int) -> str:
    """Return a random secret of that many lower-case hexadecimal digits."""
    return secrets.token_hex((hex_digits + 1) // 2)[:hex_digits]
