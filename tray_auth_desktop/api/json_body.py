"""From bytes to JSON: what Tray promises, or nothing."""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec

from tray_auth_desktop.api.call import Call, Hidden, Reply
from tray_auth_desktop.api.collector import no_collection
from tray_auth_desktop.api.entries import Entries
from tray_auth_desktop.api.large_json import LARGE, BrokenJsonError, decode_large
from tray_auth_desktop.api.server_text import content_type_of, looks_like
from tray_auth_desktop.errors import UnreadableReplyError


class _NotJson:
    """The type of `NOT_JSON`; a value of its own, since null is JSON too."""


NOT_JSON: Final = _NotJson()
_ERRORS = b'"errors"'
#: How much is searched at a time: a search keeps Python's lock until it ends.
_STEP = 256 * 1024


def parse(body: bytes | bytearray, entries: Entries[Any] | None = None) -> Any:
    """Return the JSON value of a body, or `NOT_JSON`.

    No exception leaves here: the decoders' own would carry the body, which may hold a token.

    Args:
        body: What came.
        entries: Takes the list of a large body as it is decoded; it is empty in what is returned.
    """
    if entries is not None:
        entries.restart(is_held=_may_hold_errors(body))
    if len(body) > LARGE:
        try:
            with no_collection():
                return decode_large(body, entries)
        except BrokenJsonError:
            return NOT_JSON
    text = bytes(body).removeprefix(b"\xef\xbb\xbf")
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _parse_leniently(text)
    except RecursionError:
        return NOT_JSON


def unreadable(call: Call, reply: Reply, hidden: Hidden) -> UnreadableReplyError:
    """Return the error that says what came instead of JSON."""
    return UnreadableReplyError(
        f"{call.host} answered {call.operation} with {looks_like(reply, hidden)} "
        f"instead of JSON (status {reply.status}, {content_type_of(reply, hidden)}).",
        operation=call.operation,
    )


def _may_hold_errors(body: bytes | bytearray) -> bool:
    """Whether GraphQL errors may stand in a body, before or after the list."""
    view, reach = memoryview(body), len(_ERRORS) - 1
    return any(_ERRORS in bytes(view[start : start + _STEP + reach]) for start in range(0, len(body), _STEP))


def _parse_leniently(text: bytes) -> Any:
    """Read what a strict decoder refuses: half an emoji in a name, bytes that are not UTF-8."""
    try:
        return json.loads(text.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return NOT_JSON
