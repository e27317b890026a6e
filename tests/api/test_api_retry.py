"""Which calls are tried again, after how long, and what ends the waiting."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tray_auth_desktop.api import RetryPolicy, Timeouts, TrayClient
from tray_auth_desktop.api.retry import retry_after_s
from tray_auth_desktop.errors import HttpStatusError, NetworkError, TrayAuthError

if TYPE_CHECKING:
    from tests.api.conftest import ScriptedTray

RATE_LIMIT = {
    "errors": [
        {
            "message": "Rate limit exceeded",
            "extensions": {"name": "PreconditionError", "code": "access_not_allowed"},
        }
    ]
}
USERS = {"data": {"users": {"edges": [{"node": {"id": "u"}}]}}}

TRANSIENT = [
    (429, {"message": "x"}),
    (429, {}),
    (200, RATE_LIMIT),
    (502, {}),
    (503, {"message": "x"}),
    (504, {"errors": [{"message": "upstream"}]}),
]
LASTING = [
    (400, {"message": "x"}),
    (401, {}),
    (403, {}),
    (404, {}),
    (500, {"message": "Internal server error"}),
    (200, {"errors": [{"message": "no", "extensions": {"code": "user_does_not_exist"}}]}),
    (200, {"data": None}),
    (301, {}),
]
CONNECTION = [
    httpx.ConnectError("x"),
    httpx.ConnectTimeout("x"),
    httpx.ReadError("x"),
    httpx.WriteError("x"),
    httpx.RemoteProtocolError("Server disconnected without sending a response."),
]


@pytest.mark.parametrize(("status", "payload"), TRANSIENT)
def test_reads_are_tried_again(tray: ScriptedTray, status: int, payload: object) -> None:
    for _ in range(3):
        tray.say(payload, status)
    tray.say(USERS)
    assert len(tray.client().users().users) == 1
    assert [call.attempt for call in tray.calls] == [1, 2, 3, 4]
    assert [call.error is None for call in tray.calls] == [False, False, False, True]
    assert tray.calls[0].status == status


@pytest.mark.parametrize("error", CONNECTION)
def test_reads_are_tried_again_when_the_connection_fails(tray: ScriptedTray, error: Exception) -> None:
    tray.say_error(error)
    tray.say(USERS)
    assert len(tray.client().users().users) == 1
    assert len(tray.requests) == 2
    assert tray.calls[0].status is None


@pytest.mark.parametrize(("status", "payload"), TRANSIENT)
def test_mutations_are_never_tried_again(tray: ScriptedTray, status: int, payload: object) -> None:
    tray.say(payload, status)
    client = tray.client()
    for mutation in (client.authorize, client.generate_authorization_code):
        tray.requests.clear()
        with pytest.raises(TrayAuthError):
            mutation("u")
        assert len(tray.requests) == 1


@pytest.mark.parametrize("error", [*CONNECTION, httpx.ReadTimeout("x")])
def test_mutations_are_not_tried_again_when_the_connection_fails(
    tray: ScriptedTray, error: Exception
) -> None:
    tray.say_error(error)
    with pytest.raises(NetworkError):
        tray.client().authorize("u")
    assert len(tray.requests) == 1


@pytest.mark.parametrize(("status", "payload"), LASTING)
def test_answers_that_will_not_change_are_not_asked_again(
    tray: ScriptedTray, status: int, payload: object
) -> None:
    tray.say(payload, status)
    with pytest.raises(TrayAuthError):
        tray.client().connectors()
    assert len(tray.requests) == 1


@pytest.mark.parametrize("error", [httpx.ReadTimeout("x"), httpx.WriteTimeout("x"), httpx.PoolTimeout("x")])
def test_a_slow_server_is_not_asked_again(tray: ScriptedTray, error: Exception) -> None:
    tray.say_error(error)
    with pytest.raises(NetworkError):
        tray.client().connectors()
    assert len(tray.requests) == 1


def test_tries_come_to_an_end(tray: ScriptedTray) -> None:
    tray.say({}, 503)
    with pytest.raises(HttpStatusError):
        tray.client(retry=RetryPolicy(max_tries=2, base_s=0)).users()
    assert len(tray.requests) == 2


@settings(deadline=None)
@given(attempt=st.integers(1, 10_000), jitter=st.floats(0, 1), header=st.none() | st.text(max_size=40))
def test_waits_stay_within_bounds(attempt: int, jitter: float, header: str | None) -> None:
    policy = RetryPolicy(jitter=lambda: jitter)
    assert 0 <= policy.delay_s(attempt, header) <= policy.cap_s


def test_waits_double_up_to_the_cap() -> None:
    policy = RetryPolicy(jitter=lambda: 1.0)
    assert [policy.delay_s(attempt) for attempt in range(1, 8)] == [0.25, 0.5, 1.0, 2.0, 4.0, 4.0, 4.0]


def test_jitter_reaches_from_nothing_to_everything() -> None:
    delays = [RetryPolicy().delay_s(3) for _ in range(300)]
    assert min(delays) < 0.2
    assert max(delays) > 0.8


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, 0),
        ("", 0),
        ("3", 3),
        (" 2 ", 2),
        ("-1", 0),
        ("soon", 0),
        ("1.5", 0),
        ("٣", 0),
        ("9" * 5000, 999999999),
    ],
)
def test_retry_after_in_seconds(header: str | None, expected: float) -> None:
    assert retry_after_s(header) == expected


def test_retry_after_as_a_date() -> None:
    later = datetime.now(UTC) + timedelta(seconds=100)
    assert 90 < retry_after_s(format_datetime(later, usegmt=True)) <= 100
    assert 90 < retry_after_s(format_datetime(later.replace(tzinfo=None))) <= 100
    assert retry_after_s("Wed, 21 Oct 2015 07:28:00 GMT") == 0


@pytest.mark.parametrize(("header", "expected"), [("2", 2.0), ("600", 4.0), ("0", 0.1)])
def test_retry_after_is_kept_up_to_the_cap(header: str, expected: float) -> None:
    assert RetryPolicy(base_s=0.1, jitter=lambda: 1.0).delay_s(1, header) == expected


def test_the_servers_wish_is_heard(tray: ScriptedTray) -> None:
    tray.say({}, 429, {"retry-after": "1"})
    tray.say(USERS)
    start = time.monotonic()
    tray.client(retry=RetryPolicy(base_s=0.0, cap_s=0.05)).users()
    assert time.monotonic() - start >= 0.05


def test_a_wait_that_would_outlast_the_limit_is_not_begun(tray: ScriptedTray) -> None:
    tray.say({}, 503)
    client = tray.client(
        retry=RetryPolicy(base_s=60, cap_s=60, jitter=lambda: 1.0), timeouts=Timeouts(overall_s=20)
    )
    start = time.monotonic()
    with pytest.raises(HttpStatusError):
        client.users()
    assert time.monotonic() - start < 5
    assert len(tray.requests) == 1


def test_close_ends_a_wait_at_once(tray: ScriptedTray) -> None:
    tray.say({}, 503)
    told = threading.Event()
    client = tray.client(
        retry=RetryPolicy(base_s=20, cap_s=20, jitter=lambda: 1.0), observer=lambda _call: told.set()
    )
    failures: list[BaseException] = []
    thread = threading.Thread(target=_collect, args=(client, failures))
    start = time.monotonic()
    thread.start()
    assert told.wait(10)
    client.close()
    thread.join(10)
    assert not thread.is_alive()
    assert time.monotonic() - start < 10
    (failure,) = failures
    assert isinstance(failure, NetworkError)
    assert "closed" in str(failure)


def test_a_closed_client_stays_closed(tray: ScriptedTray) -> None:
    tray.say(USERS)
    client = tray.client()
    client.users()
    client.close()
    client.close()
    for operation in (client.users, client.connectors, lambda: client.authentications_of("u")):
        with pytest.raises(NetworkError, match="closed"):
            operation()
    assert len(tray.requests) == 1


def _collect(client: TrayClient, failures: list[BaseException]) -> None:
    try:
        client.users()
    except NetworkError as error:
        failures.append(error)
