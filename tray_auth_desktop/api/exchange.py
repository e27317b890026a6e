"""Send one request and take in its reply, within a time limit that holds whatever the server does.

Socket time limits start anew with every byte, and the look-up of a name has none: a server that
sends a byte now and then would hold its caller for ever. So each exchange runs on a thread of its
own; the caller waits for the result, for the limit, or for `close`. A thread that is given up ends
with its connection.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx

from tray_auth_desktop.api.call import Call, Failure, Reply, Timeouts
from tray_auth_desktop.api.connection import OpenSockets, no_socks_errors
from tray_auth_desktop.api.network_failure import (
    address_failure,
    closed_failure,
    memory_failure,
    network_failure,
    overall_timeout,
    proxy_failure,
    refused_by_proxy,
)
from tray_auth_desktop.api.unpacking import plain_parts
from tray_auth_desktop.errors import TrayAuthError, UnreadableReplyError
from tray_auth_desktop.secrets import Secret

#: How much longer than its caller a thread waits, so that it is the caller who says what took too long.
_MARGIN_S = 0.5
_Result = queue.SimpleQueue[Reply | Failure]


class Exchanges:
    """All requests of one client. Any thread may send, any thread may close.

    Args:
        open_client: Makes the client when it is first needed.
        timeouts: Limits of every request.
        body_limit: Most bytes a reply may have.
        via: Host of the workspace's proxy, for messages.
    """

    def __init__(
        self, open_client: Callable[[], httpx.Client], timeouts: Timeouts, body_limit: int, via: str = ""
    ) -> None:
        self._open_client = open_client
        self._via = via
        self._timeouts = timeouts
        self._body_limit = body_limit
        self._lock = threading.Lock()
        self._client: httpx.Client | None = None
        self._sockets = OpenSockets()
        self._under_way: dict[_Result, Call] = {}
        self._threads = 0
        self.closed = threading.Event()

    def run(self, call: Call, token: Secret | None, limit_s: float) -> Reply | Failure:
        """Send a request and return what came of it, at the latest after `limit_s` seconds.

        Args:
            call: What is asked for.
            token: Who asks; None where nobody may know.
            limit_s: The time limit.
        """
        result: _Result = queue.SimpleQueue()
        given_up = threading.Event()
        with self._lock:
            if self.closed.is_set():
                return closed_failure(call)
            self._under_way[result] = call
            self._threads += 1
        work = (call, token, limit_s, result, given_up)
        threading.Thread(target=self._work, args=work, name=f"api {call.operation}", daemon=True).start()
        try:
            return result.get(timeout=max(limit_s, 0.0))
        except queue.Empty:
            return overall_timeout(call, self._timeouts)
        finally:
            given_up.set()
            with self._lock:
                self._under_way.pop(result, None)

    def close(self) -> None:
        """End every exchange at once and let no other begin."""
        with self._lock:
            self.closed.set()
            for result, call in self._under_way.items():
                result.put(closed_failure(call))
        self._sockets.cut()
        self._close_client_if_idle()

    def _work(
        self, call: Call, token: Secret | None, limit_s: float, result: _Result, given_up: threading.Event
    ) -> None:
        outcome: Reply | Failure = Failure(TrayAuthError(f"{call.operation} broke down unexpectedly."))
        try:
            outcome = self._exchange(call, token, limit_s, given_up)
        except MemoryError:
            outcome = memory_failure(call)
        finally:
            result.put(outcome)
            with self._lock:
                self._threads -= 1
            self._close_client_if_idle()

    def _exchange(
        self, call: Call, token: Secret | None, limit_s: float, given_up: threading.Event
    ) -> Reply | Failure:
        try:
            client = self._opened_client()
        except (ValueError, ImportError, httpx.InvalidURL):
            return proxy_failure(call)
        in_body = False
        opened: list[Any] = []
        try:
            with client.stream(
                call.method,
                call.url,
                content=call.content or None,
                headers=_headers(call, token),
                timeout=self._httpx_timeout(limit_s),
                extensions={"trace": partial(self._sockets.trace, opened)},
            ) as response:
                in_body = True
                return self._take_in(response, call, given_up)
        except httpx.HTTPError as error:
            failure = network_failure(error, call, self._timeouts, in_body=in_body, via=self._via)
        except httpx.InvalidURL:
            failure = address_failure(call)
        except no_socks_errors():
            failure = refused_by_proxy(call, self._via)
        # WORKAROUND: httpx forgets the connection to a SOCKS proxy that says no (seen in httpx 0.28.1).
        for stream in opened:
            stream.close()
        return failure

    def _take_in(self, response: httpx.Response, call: Call, given_up: threading.Event) -> Reply | Failure:
        body = bytearray()
        for part in plain_parts(response):
            if given_up.is_set():
                return overall_timeout(call, self._timeouts)
            body += part
            if len(body) > self._body_limit:
                return Failure(_too_large(call, self._body_limit), status=response.status_code)
        return Reply(
            response.status_code,
            response.headers.get("content-type", ""),
            body,
            response.headers.get("location"),
            response.headers.get("retry-after"),
        )

    def _opened_client(self) -> httpx.Client:
        with self._lock:
            if self._client is None:
                self._client = self._open_client()
            return self._client

    def _close_client_if_idle(self) -> None:
        """Close httpx's client after the last thread: it is not made to be closed under one."""
        with self._lock:
            if self._client is not None and self.closed.is_set() and self._threads == 0:
                self._client.close()

    def _httpx_timeout(self, limit_s: float) -> httpx.Timeout:
        limits, longest_s = self._timeouts, max(limit_s, 0.0) + _MARGIN_S
        return httpx.Timeout(
            connect=min(limits.connect_s, longest_s),
            read=min(limits.read_s, longest_s),
            write=min(limits.write_s, longest_s),
            pool=min(limits.pool_s, longest_s),
        )


def _headers(call: Call, token: Secret | None) -> dict[str, str]:
    headers = {"Accept": call.accept}
    if token is not None:
        headers["Authorization"] = f"Bearer {token.reveal()}"
    if call.content:
        headers["Content-Type"] = "application/json"
    return headers


def _too_large(call: Call, limit: int) -> UnreadableReplyError:
    return UnreadableReplyError(
        f"{call.host} answered {call.operation} with more than {limit:,} bytes.", operation=call.operation
    )
