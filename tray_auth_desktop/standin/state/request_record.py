"""What arrived, for tests and for people to read. Never a token, a query string or a body."""

from __future__ import annotations

from dataclasses import dataclass

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
    """

    host: str
    method: str
    path: str
    operation: str
    token_kind: TokenKind
    status: int
    code: str | None = None


class RequestRecord:
    """Keeps the latest requests. One thread writes; any may read."""

    def __init__(self) -> None:
        self._requests: list[RecordedRequest] = []

    def add(self, request: RecordedRequest) -> None:
        """Keep a request."""
        self._requests.append(request)
        if len(self._requests) > _KEPT:
            del self._requests[: _KEPT // 2]

    def all(self) -> tuple[RecordedRequest, ...]:
        """Return the requests kept, oldest first."""
        return tuple(self._requests)
