"""Every error the program raises on purpose, and the exit code each one means.

    TrayAuthError                 1  unexpected
    ├── UsageError                2  what was asked for cannot be done as written
    │   └── MissingTokenError        no master token is set
    ├── ApiError                  6  Tray answered, and the answer is no
    │   ├── UnauthorizedError        the token is missing, malformed or expired
    │   ├── ForbiddenError           the token is good, but not for this
    │   ├── RateLimitedError         too many requests
    │   ├── GraphQLError             the operation was understood and refused
    │   ├── HttpStatusError          any other status that is not success
    │   └── UnreadableReplyError     not the JSON that was promised
    ├── NetworkError              7  Tray was not reached
    │   └── ApiTimeoutError          Tray was reached, but did not answer in time
    ├── EngineError               8  the web engine cannot start or broke down
    └── JournalError              1  the journal cannot be read or written

Each says what happened; `advice` says what to do next.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """Exit codes of the command line; stable, other programs rely on them."""

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    CLOSED = 3
    FAILED = 4
    TIMED_OUT = 5
    API_REFUSED = 6
    NETWORK = 7
    ENGINE = 8


class TrayAuthError(Exception):
    """Base of all errors raised on purpose.

    Attributes:
        advice: One sentence that says what to do next; empty where there is nothing to say.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.UNEXPECTED
    default_advice: ClassVar[str] = ""

    def __init__(self, message: str, *, advice: str | None = None) -> None:
        super().__init__(message)
        self.advice = self.default_advice if advice is None else advice

    @property
    def explanation(self) -> str:
        """What happened and what to do next, in full sentences."""
        return f"{self} {self.advice}".strip()


class UsageError(TrayAuthError):
    """Settings or arguments that cannot work: bad id, missing token, address that is not https."""

    exit_code = ExitCode.USAGE


class MissingTokenError(UsageError):
    """The workspace's master token is neither in the vault nor in the environment, and nobody typed it."""


class ApiError(TrayAuthError):
    """Tray answered, and the answer cannot be used.

    Attributes:
        operation: The operation that was asked for, such as `authorize`.
    """

    exit_code = ExitCode.API_REFUSED

    def __init__(self, message: str, *, operation: str, advice: str | None = None) -> None:
        super().__init__(message, advice=advice)
        self.operation = operation


class UnauthorizedError(ApiError):
    """401: the token is missing or malformed, or has expired."""

    default_advice = "Check the token, and that it belongs to this region."


class ForbiddenError(ApiError):
    """403, or a GraphQL `access_not_allowed`: this token may not do this."""

    default_advice = (
        "Check that the token is current, belongs to this region, and that the operation is open to it."
    )


class RateLimitedError(ApiError):
    """429, or the GraphQL message `Rate limit exceeded`, whose code looks like a permission error."""

    default_advice = "Wait a few seconds and try again; Tray allows 30 requests per second."


class GraphQLError(ApiError):
    """The server answered with GraphQL `errors`.

    Attributes:
        messages: All messages, in the order given.
        name: `extensions.name` of the first error, such as `PreconditionError`.
        code: `extensions.code` of the first error that has one.
        path: `path` of the first error that has one.
    """

    default_advice = "Check the ids that were sent; if they are right, pass this text on to Tray's support."
    #: What helps against single codes (protocol notes §2).
    advice_by_code: ClassVar[dict[str, str]] = {
        "user_already_exists": "Look for the end user who has this external user id, or choose another id.",
        "user_does_not_exist": "Check the ids that were sent; the end user may be deleted: list them anew.",
        "resource_does_not_exist": "Check the ids that were sent; it may be deleted: fetch the list again.",
    }

    def __init__(
        self,
        messages: tuple[str, ...],
        *,
        operation: str,
        name: str | None = None,
        code: str | None = None,
        path: tuple[str | int, ...] = (),
    ) -> None:
        where = f" at {'.'.join(map(str, path))}" if path not in ((), (operation,)) else ""
        which = f" [{code or name}]" if code or name else ""
        super().__init__(
            f"Tray refused {operation}{where}{which}: {'; '.join(messages)}.".replace("..", "."),
            operation=operation,
            advice=self.advice_by_code.get(code or ""),
        )
        self.messages = messages
        self.name = name
        self.code = code
        self.path = path


class HttpStatusError(ApiError):
    """A status that is neither success nor one of the above.

    Attributes:
        status: HTTP status code.
    """

    default_advice = "Try again; if it stays, check the addresses of the workspace and Tray's status page."

    def __init__(self, message: str, *, operation: str, status: int, advice: str | None = None) -> None:
        super().__init__(message, operation=operation, advice=advice)
        self.status = status


class UnreadableReplyError(ApiError):
    """The body is not what the operation promises: HTML of a proxy, half a body, other JSON."""

    default_advice = "Check the addresses of the workspace, and whether a proxy answers in Tray's place."


class NetworkError(TrayAuthError):
    """The host was not reached: name not found, refused, reset, TLS failure."""

    exit_code = ExitCode.NETWORK
    default_advice = "Check the network, the proxy and the addresses of the workspace, then try again."


class ApiTimeoutError(NetworkError):
    """The host did not answer within the time limit."""

    default_advice = "Try again; if it stays, check the network and Tray's status page."


class EngineError(TrayAuthError):
    """The web engine cannot start or broke down."""

    exit_code = ExitCode.ENGINE


class JournalError(TrayAuthError):
    """The journal cannot be opened, read or written."""
