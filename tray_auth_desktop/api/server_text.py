"""Text that came from the server, made fit for a message: masked, on one line, short."""

from __future__ import annotations

import html
import re

from tray_auth_desktop.api.call import Hidden, Reply
from tray_auth_desktop.redaction import MASK

_LONGEST_MESSAGE = 300
_LONGEST_TITLE = 80
#: More of a message is never looked at: a server may send 50 MB of it, which would take many seconds.
_LONGEST_READ = 65_536
_BEARER = re.compile(r"(?i)\bbearer\s+\S+")
#: Tray's codes and tokens are hexadecimal, 40 and 64 long (tray-protocol notes §2).
_LONG_HEX = re.compile(r"(?i)(?<![0-9a-z])[0-9a-f]{32,}(?![0-9a-z])")
_LAST_WORD = re.compile(r"\S+\Z")
_TITLE = re.compile(r"(?is)<title[^>]*>(.{0,500}?)</title>")
_HTML = re.compile(r"(?i)\s*<(!doctype html|html|head|body|title|h1|center)\b")
_HEAD_LENGTH = 4096


def clean(text: str, hidden: Hidden, limit: int = _LONGEST_MESSAGE) -> str:
    """Return server text without what was sent and is secret, other secrets and line breaks."""
    masked = text
    for secret in hidden:
        masked = masked.replace(secret.reveal(), MASK) if secret else masked
    if len(masked) > _LONGEST_READ:
        # the cut may go through a secret, and what is left of it may look like none
        masked = _LAST_WORD.sub("", masked[:_LONGEST_READ])
    masked = _LONG_HEX.sub(MASK, _BEARER.sub(f"Bearer {MASK}", masked))
    words = "".join(character if character.isprintable() else " " for character in masked).split()
    line = " ".join(words)
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def html_title(reply: Reply, hidden: Hidden) -> str | None:
    """Return the title of an HTML page, empty if it has none; None if the body is no HTML."""
    head = reply.body[:_HEAD_LENGTH].decode("utf-8", "replace").removeprefix("\ufeff")
    title = _TITLE.search(head)
    if title is None:
        return "" if _HTML.match(head) else None
    return clean(html.unescape(title.group(1)), hidden, _LONGEST_TITLE)


def looks_like(reply: Reply, hidden: Hidden) -> str:
    """Say what a body looks like, in words that can end a sentence."""
    start = bytes(reply.body[:_HEAD_LENGTH]).lstrip()[:1]
    if not start:
        return "an empty body"
    title = html_title(reply, hidden)
    if title is not None:
        return f"an HTML page “{title}”" if title else "an HTML page"
    if start in b"{[":
        return "JSON that is cut off or broken"
    return "XML" if start == b"<" else "text that is not JSON"


def content_type_of(reply: Reply, hidden: Hidden) -> str:
    """Return the content type as it can stand in a message."""
    return clean(reply.content_type, hidden, _LONGEST_TITLE) or "no content type"
