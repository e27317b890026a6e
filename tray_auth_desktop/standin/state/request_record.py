"""What arrived, for tests and for people to read. Never a token, a query string or a body."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tray_auth_desktop.standin.state.tokens import TokenKind

_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """One request and how it was answered.

    Attributes:
        host: `api`, `dialog` or `provider`.
        operation: the GraphQL fields asked for (`users`, `viewer.authentications`), the name of a
            REST operation, or the name of the route.
        path: without the query string, which may hold secrets.
        code: `extensions.code` of the first GraphQL error, if any.
        at: when it arrived, in seconds since the epoch by the stand-in's own clock.
        duration_s: from then until its answer began.
        fault: what a fault did to it, if it met one.
        number: counts the requests of a stand-in, from 1.
    """

    host: str
    method: str
    path: str
    operation: str
    token_kind: TokenKind
    status: int
    code: str | None = None
    at: float = 0.0
    duration_s: float = 0.0
    fault: str | None = None
    number: int = 0


class RequestRecord:
    """Keeps the latest requests. One thread writes; any may read."""

    def __init__(self) -> None:
        self._requests: list[RecordedRequest] = []
        self._count = 0

    def add(self, request: RecordedRequest) -> None:
        """Keep a request, and give it its number."""
        self._count += 1
        self._requests.append(replace(request, number=self._count))
        if len(self._requests) > _KEPT:
            del self._requests[: _KEPT // 2]

    def all(self) -> tuple[RecordedRequest, ...]:
        """Return the requests kept, oldest first."""
        return tuple(self._requests)

    def clear(self) -> None:
        """Forget all requests."""
        self._requests = []
        self._count = 0
