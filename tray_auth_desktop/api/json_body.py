"""From bytes to JSON: what Tray promises, or nothing."""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec

from tray_auth_desktop.api.call import Call, Reply
from tray_auth_desktop.api.server_text import content_type_of, looks_like
from tray_auth_desktop.errors import UnreadableReplyError
from tray_auth_desktop.secrets import Secret


class _NotJson:
    """The type of `NOT_JSON`; a value of its own, since null is JSON too."""


NOT_JSON: Final = _NotJson()


def parse(body: bytes) -> Any:
    """Return the JSON value of a body, or `NOT_JSON`.

    No exception leaves here: the decoders' own would carry the body, which may hold a token.
    """
    text = body.removeprefix(b"\xef\xbb\xbf")
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _parse_leniently(text)
    except RecursionError:
        return NOT_JSON


def unreadable(call: Call, reply: Reply, token: Secret) -> UnreadableReplyError:
    """Return the error that says what came instead of JSON."""
    return UnreadableReplyError(
        f"{call.host} answered {call.operation} with {looks_like(reply, token)} "
        f"instead of JSON (status {reply.status}, {content_type_of(reply, token)}).",
        operation=call.operation,
    )


def _parse_leniently(text: bytes) -> Any:
    """Read what a strict decoder refuses: half an emoji in a name, bytes that are not UTF-8."""
    try:
        return json.loads(text.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return NOT_JSON
