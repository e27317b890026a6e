"""Scopes, which Tray types loosely: texts, objects under several names, parts within parts."""

from __future__ import annotations

import logging
from typing import Any

from tray_auth_desktop.api.reading import fields, first_text
from tray_auth_desktop.core.models import Scope

_log = logging.getLogger(__name__)
_VALUE_NAMES = ("scope", "value", "name", "id")
_DESCRIPTION_NAMES = ("description", "title", "label")
_PART_NAMES = ("children", "scopes")
#: A tree that is deeper than this is no tree of scopes.
_DEEPEST = 50


def read_scopes(entries: Any, depth: int = 0) -> tuple[Scope, ...]:
    """Return the scopes of a list; what is no list counts as its only entry."""
    if not isinstance(entries, list):
        entries = [entries] if entries and isinstance(entries, str | dict) else []
    if depth > _DEEPEST:
        _log.warning("scopes are nested more than %d deep; the rest was left out", _DEEPEST)
        return ()
    return tuple(scope for entry in entries for scope in _read_scope(entry, depth))


def _read_scope(entry: Any, depth: int) -> tuple[Scope, ...]:
    """Return one scope; of a group that is no scope itself, its parts."""
    if isinstance(entry, str):
        return (Scope(entry),) if entry.strip() else ()
    values = fields(entry)
    parts = tuple(scope for name in _PART_NAMES for scope in read_scopes(values.get(name), depth + 1))
    value = first_text(values, *_VALUE_NAMES)
    return (Scope(value, first_text(values, *_DESCRIPTION_NAMES), parts),) if value.strip() else parts


def scope_values(entries: Any) -> tuple[str, ...]:
    """Return the scopes of a list, and all that are in them, as texts; each once, in their order."""
    found = (scope.value for entry in read_scopes(entries) for scope in entry.walk())
    return tuple(dict.fromkeys(found))
