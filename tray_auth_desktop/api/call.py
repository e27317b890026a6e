"""What is asked for, how long it may take, what came back, and what an observer is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import msgspec

from tray_auth_desktop.errors import TrayAuthError, UsageError
from tray_auth_desktop.secrets import Secret

#: What must not be shown: the token that was sent, and whatever else of the request is secret.
Hidden = tuple[Secret, ...]


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Limits in seconds. `overall_s` holds for a whole call: all its tries and the waits between them."""

    connect_s: float = 10.0
    read_s: float = 20.0
    write_s: float = 10.0
    pool_s: float = 10.0
    overall_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Call:
    """One operation, ready to be sent.

    Attributes:
        operation: Its name on the wire, for messages.
        method: HTTP method.
        url: Full address.
        is_read: Whether it changes nothing, so that it may be sent again.
        content: Body; empty for GET.
        acts_as_user: Whether it is sent with a user token instead of the master token.
        needs_master_token: Whether a user token would be refused.
        doubt: What to do where nobody can tell whether it was done; for mutations.
        hidden: What must not be shown although the server may send it back, beside the token.
        accept: Which kind of answer is asked for.
        may_be_empty: Whether success may be answered without a word.
    """

    operation: str
    method: str
    url: str
    is_read: bool
    content: bytes = field(default=b"", repr=False)
    acts_as_user: bool = False
    needs_master_token: bool = False
    doubt: str = ""
    hidden: Hidden = field(default=(), repr=False)
    accept: str = "application/json"
    may_be_empty: bool = False

    @property
    def host(self) -> str:
        """Host, with the port if one is given."""
        return urlsplit(self.url).netloc


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete answer, not yet judged. The body may hold a token, so it is never shown."""

    status: int
    content_type: str = ""
    body: bytes | bytearray = field(default=b"", repr=False)
    location: str | None = field(default=None, repr=False)
    retry_after: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The JSON of a reply that is neither an error nor unreadable."""

    status: int
    payload: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a try came to nothing.

    It travels as a value and is raised by the caller's own thread: an httpx exception
    holds the request, and so the token; raised in its place, ours would carry it as context.

    Attributes:
        error: What the caller is told.
        is_transient: Whether the same call may well succeed in a moment.
        status: HTTP status, if there was a reply.
        retry_after: The header of that name.
        is_partly_done: Whether a result stood beside the errors, so that something was done.
    """

    error: TrayAuthError
    is_transient: bool = False
    status: int | None = None
    retry_after: str | None = None
    is_partly_done: bool = False


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One try of one operation, as the timeline shows it.

    Attributes:
        operation: Name on the wire.
        attempt: 1 for the first try.
        duration_ms: From sending to the last byte, or to the failure.
        status: HTTP status; None if there was no reply.
        error: Class of the error; None if there was none.
    """

    operation: str
    attempt: int
    duration_ms: float
    status: int | None = None
    error: str | None = None


def graphql_call(
    operation: str,
    url: str,
    document: str,
    variables: Mapping[str, object],
    *,
    acts_as_user: bool = False,
    doubt: str = "",
) -> Call:
    """Return the call of a GraphQL document; a mutation is never sent twice.

    Raises:
        UsageError: a variable cannot be sent.
    """
    content = encoded({"query": document, "variables": variables})
    is_read = not document.lstrip().startswith("mutation")
    return Call(
        operation,
        "POST",
        url,
        is_read,
        content,
        acts_as_user=acts_as_user,
        needs_master_token=not acts_as_user,
        doubt=doubt,
    )


def rest_call(operation: str, url: str, *, acts_as_user: bool = False) -> Call:
    """Return the call that reads a REST address."""
    return Call(operation, "GET", url, is_read=True, acts_as_user=acts_as_user)


def encoded(value: object) -> bytes:
    """Return JSON.

    Raises:
        UsageError: a text in it holds half of a character, which no encoding can express.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        pass  # raised anew outside: the original carries the text, which may be secret
    raise UsageError(
        "The text holds half of a character, which cannot be sent.",
        advice="Type it again instead of pasting it.",
    )
