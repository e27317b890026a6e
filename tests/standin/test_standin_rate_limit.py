"""The documented limit on requests, in the core and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tray_auth_desktop.standin import StandIn
from tray_auth_desktop.standin.state.rate_limit import RateLimit

USERS = (Path(__file__).parent / "documents" / "users.graphql").read_text(encoding="utf-8")


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_then_no_more() -> None:
    limit = RateLimit(Ticks())
    assert [limit.allows("a") for _ in range(51)] == [True] * 50 + [False]


def test_thirty_more_pass_after_a_second() -> None:
    ticks = Ticks()
    limit = RateLimit(ticks)
    for _ in range(50):
        limit.allows("a")
    ticks.now += 1
    assert [limit.allows("a") for _ in range(31)] == [True] * 30 + [False]


def test_a_long_rest_fills_no_more_than_a_burst() -> None:
    ticks = Ticks()
    limit = RateLimit(ticks)
    limit.allows("a")
    ticks.now += 1_000
    assert sum(limit.allows("a") for _ in range(100)) == 50


def test_callers_do_not_slow_each_other() -> None:
    limit = RateLimit(Ticks(), burst=1)
    assert [limit.allows("a"), limit.allows("a"), limit.allows("b")] == [True, False, True]


@pytest.fixture
def slow() -> Iterator[StandIn]:
    with StandIn(requests_per_s=0.001, burst=1) as stand_in:
        yield stand_in


def _headers(stand_in: StandIn) -> dict[str, str]:
    return {"Authorization": f"Bearer {stand_in.master_token}"}


def test_graphql_says_it_in_an_error_with_the_code_of_another(slow: StandIn, http: httpx.Client) -> None:
    answers = [http.post(slow.graphql_url, json={"query": USERS}, headers=_headers(slow)) for _ in range(2)]
    assert "errors" not in answers[0].json()
    assert answers[1].status_code == 200
    error = answers[1].json()["errors"][0]
    assert (error["message"], error["path"]) == ("Rate limit exceeded", ["users"])
    assert error["extensions"]["name"] == "PreconditionError"
    assert error["extensions"]["code"] == "access_not_allowed"
    assert answers[1].json()["data"] is None


def test_rest_says_it_with_a_status(slow: StandIn, http: httpx.Client) -> None:
    address = f"{slow.rest_url}/core/v1/connectors"
    answers = [http.get(address, headers=_headers(slow)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1].json()["message"] == "Rate limit exceeded"
    assert "retry-after" not in answers[1].headers


def test_who_is_not_let_in_is_not_counted(slow: StandIn, http: httpx.Client) -> None:
    for _ in range(3):
        assert http.post(slow.graphql_url, json={"query": USERS}).status_code == 401
    answer = http.post(slow.graphql_url, json={"query": USERS}, headers=_headers(slow))
    assert "errors" not in answer.json()
