"""Make a call: send it, judge the reply, try reads again, tell the observer."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import Any

from tray_auth_desktop.api.call import Answer, ApiCall, Call, Failure, Timeouts
from tray_auth_desktop.api.entries import Entries, GivenUpError
from tray_auth_desktop.api.exchange import Exchanges
from tray_auth_desktop.api.network_failure import closed_failure, memory_failure
from tray_auth_desktop.api.refusal import judge
from tray_auth_desktop.api.retry import RetryPolicy
from tray_auth_desktop.errors import NetworkError, TrayAuthError, UnreadableReplyError, UsageError
from tray_auth_desktop.secrets import Secret

#: What can stand in a header; anything else httpx would refuse with the token in its message.
_SENDABLE = re.compile(r"[\x21-\x7e]+")

Observer = Callable[[ApiCall], None]


class Caller:
    """Makes calls, from several threads at once."""

    def __init__(
        self,
        exchanges: Exchanges,
        timeouts: Timeouts,
        retry: RetryPolicy,
        clock: Callable[[], float],
        observer: Observer | None,
    ) -> None:
        self._exchanges = exchanges
        self._timeouts = timeouts
        self._retry = retry
        self._clock = clock
        self._observer = observer

    def call(self, call: Call, token: Secret, entries: Entries[Any] | None = None) -> Any:
        """Return the JSON that answers a call.

        Args:
            call: What is asked for.
            token: Who asks.
            entries: Takes the list of a large reply as it is decoded.

        Raises:
            ApiError: Tray refused, or its answer cannot be read.
            NetworkError: Tray was not reached, not in time, or the client is closed.
        """
        deadline = self._clock() + self._timeouts.overall_s
        if entries is not None:
            entries.is_given_up = self._exchanges.closed.is_set
        for attempt in count(1):
            outcome = self._try_once(call, token, attempt, deadline, entries)
            if isinstance(outcome, Answer):
                return outcome.payload
            if not self._may_try_again(call, outcome, attempt):
                raise _with_doubt(call, outcome)
            delay_s = self._retry.delay_s(attempt, outcome.retry_after)
            if self._clock() + delay_s >= deadline:
                raise outcome.error
            if self._exchanges.closed.wait(delay_s):
                raise closed_failure(call).error
        raise AssertionError("count() does not end")

    def close(self) -> None:
        """End all calls and the waits between their tries, at once."""
        self._exchanges.close()

    def _try_once(
        self, call: Call, token: Secret, attempt: int, deadline: float, entries: Entries[Any] | None
    ) -> Answer | Failure:
        start = self._clock()
        reply = self._exchanges.run(call, token, deadline - start)
        try:
            outcome = (
                reply if isinstance(reply, Failure) else judge(call, reply, (token, *call.hidden), entries)
            )
        except GivenUpError:
            outcome = closed_failure(call)
        except MemoryError:
            outcome = memory_failure(call)
        if self._observer is not None:
            error = type(outcome.error).__name__ if isinstance(outcome, Failure) else None
            duration_ms = (self._clock() - start) * 1000
            self._observer(ApiCall(call.operation, attempt, duration_ms, outcome.status, error))
        return outcome

    def _may_try_again(self, call: Call, failure: Failure, attempt: int) -> bool:
        """Only reads: whether a mutation that failed was done or not, nobody can tell."""
        return call.is_read and failure.is_transient and attempt < self._retry.max_tries


def _with_doubt(call: Call, failure: Failure) -> TrayAuthError:
    """Add what to do where a mutation may have been done although its answer was not had."""
    error = failure.error
    is_unclear = isinstance(error, NetworkError | UnreadableReplyError) or (failure.status or 0) >= 500
    if call.doubt and (is_unclear or failure.is_partly_done):
        error.advice = f"{call.doubt} {error.advice}".strip()
    return error


def is_sendable(token: Secret) -> bool:
    """Whether a token can stand in a header."""
    return _SENDABLE.fullmatch(token.reveal()) is not None


def checked_token(token: Secret, name: str) -> Secret:
    """Return a token as it is.

    Raises:
        UsageError: it cannot stand in a header.
    """
    if not is_sendable(token):
        raise UsageError(
            f"The {name} is empty or holds a space, a line break or a letter outside ASCII.",
            advice="Copy it again, without what stands around it.",
        )
    return token
