"""Which messages the stand-in's pages posted: each page tells its own host what it posts, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tray_auth_desktop.standin.state.stable_id import new_secret

_KEPT = 10_000
_TICKET_DIGITS = 32


@dataclass(frozen=True, slots=True)
class SentMessage:
    """One message, as the page that posted it says.

    Attributes:
        number: counts the messages of a stand-in, from 1.
        at: when the stand-in learned of it, in seconds since the epoch by its own clock.
        host: whose page posted it: `dialog` or `provider`.
        page: number of the dialog page, from 1; None on a page that was refused.
        target: the target origin it was posted with; empty when nobody could be named, and nothing posted.
        receiver: `opener`, `parent` or `nobody`.
    """

    number: int
    at: float
    host: str
    page: int | None
    type: str
    message: dict[str, Any]
    target: str
    receiver: str


@dataclass(frozen=True, slots=True)
class Poster:
    """A page that may post messages, known by its ticket.

    Attributes:
        message: what a page that exists to post one message is to post.
    """

    ticket: str = field(repr=False)
    host: str
    page: int | None
    message: dict[str, Any]


class MessageRecord:
    """Keeps the latest messages. One thread writes; any may read."""

    def __init__(self) -> None:
        self._posters: dict[str, Poster] = {}
        self._messages: list[SentMessage] = []
        self._count = 0

    def admit(self, host: str, page: int | None = None, message: dict[str, Any] | None = None) -> Poster:
        """Return a page that will tell what it posts."""
        poster = Poster(new_secret(_TICKET_DIGITS), host, page, message or {})
        self._posters[poster.ticket] = poster
        return poster

    def poster(self, ticket: str) -> Poster | None:
        """Return the page that holds that ticket."""
        return self._posters.get(ticket)

    def add(self, poster: Poster, at: float, message: dict[str, Any], target: str, receiver: str) -> None:
        """Keep what a page says that it posted."""
        self._count += 1
        kind = str(message.get("type", ""))
        sent = SentMessage(self._count, at, poster.host, poster.page, kind, message, target, receiver)
        self._messages.append(sent)
        if len(self._messages) > _KEPT:
            del self._messages[: _KEPT // 2]

    def all(self) -> tuple[SentMessage, ...]:
        """Return the messages kept, oldest first."""
        return tuple(self._messages)

    def clear(self) -> None:
        """Forget all messages; the pages that are open may still post."""
        self._messages = []
        self._count = 0
