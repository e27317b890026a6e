"""What the server says is wrong, in any of the shapes Tray uses (tray-protocol notes §2, Error bodies)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tray_auth_desktop.api.call import Hidden
from tray_auth_desktop.api.reading import fields, first_text, optional_text, text
from tray_auth_desktop.api.server_text import clean

_MOST_MESSAGES = 20


@dataclass(frozen=True, slots=True)
class Complaint:
    """Messages of a reply; none if it does not complain.

    Attributes:
        messages: All messages, cleaned.
        is_graphql: Whether they stood in GraphQL `errors`.
        name: First `extensions.name`, such as `PreconditionError`.
        code: First `extensions.code`, such as `access_not_allowed`.
        path: First `path`.
        is_partly_done: Whether a result stands beside the errors, so that something was done.
    """

    messages: tuple[str, ...] = ()
    is_graphql: bool = False
    name: str | None = None
    code: str | None = None
    path: tuple[str | int, ...] = ()
    is_partly_done: bool = False

    @property
    def text(self) -> str:
        """All messages as one text."""
        return "; ".join(self.messages)

    @property
    def clause(self) -> str:
        """The messages as the end of a sentence; empty if there are none."""
        return f": {self.text.rstrip('. ')}" if self.text else ""


def complaint_of(payload: Any, status: int, hidden: Hidden) -> Complaint:
    """Return what a reply complains about; `message` counts only where the status is an error."""
    errors = fields(payload).get("errors")
    entries = errors if isinstance(errors, list) else [errors]
    entries = [entry for entry in entries if entry][:_MOST_MESSAGES]
    if entries:
        return _graphql_complaint(entries, fields(fields(payload).get("data")), hidden)
    message = first_text(fields(payload), "message", "error") if status >= 400 else ""
    return Complaint((clean(message, hidden),) if message else ())


def _graphql_complaint(entries: list[Any], data: Mapping[str, Any], hidden: Hidden) -> Complaint:
    return Complaint(
        messages=tuple(_message(entry, hidden) for entry in entries),
        is_graphql=True,
        name=_first("name", entries, hidden),
        code=_first("code", entries, hidden),
        path=next((path for path in map(_path, entries) if path), ()),
        is_partly_done=any(value is not None for value in data.values()),
    )


def _message(entry: Any, hidden: Hidden) -> str:
    said = text(fields(entry).get("message")) or text(entry)
    return clean(said, hidden) or "no message"


def _first(key: str, entries: list[Any], hidden: Hidden) -> str | None:
    """Return the first value of an extension, also where it stands beside the message itself."""
    for entry in map(fields, entries):
        found = optional_text(fields(entry.get("extensions")).get(key)) or optional_text(entry.get(key))
        if found:
            return clean(found, hidden)
    return None


def _path(entry: Any) -> tuple[str | int, ...]:
    path = fields(entry).get("path")
    return tuple(step for step in path if isinstance(step, str | int)) if isinstance(path, list) else ()
