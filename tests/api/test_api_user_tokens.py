"""The user token behind `authentications_of`: made once, kept two days, replaced once when refused."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

from tray_auth_desktop.api import RetryPolicy, TrayClient
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.errors import (
    ForbiddenError,
    HttpStatusError,
    RateLimitedError,
    TrayAuthError,
    UnauthorizedError,
    UnreadableReplyError,
    UsageError,
)
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tests.api.conftest import ScriptedTray

MASTER_TOKEN = "0123456789abcdef0123456789abcdef012345678"
DAY_S = 86_400.0
DENIED = {"errors": [{"message": "no", "extensions": {"code": "access_not_allowed"}}]}


@dataclass
class TokenTray:
    """Makes a new user token each time; lists for those that are not revoked."""

    made: list[tuple[str, str]] = field(default_factory=list)
    listed_with: list[str] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)
    refusal: tuple[int, object] = (403, {"message": "deny"})
    now: float = 1000.0
    gate: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.gate.set()

    def client(self) -> TrayClient:
        hosts = Hosts("https://t.example/graphql", "https://a.example", "https://d.example")
        return TrayClient(
            hosts,
            Secret("master"),
            transport=httpx.MockTransport(self.answer),
            clock=lambda: self.now,
            retry=RetryPolicy(base_s=0),
        )

    def answer(self, request: httpx.Request) -> httpx.Response:
        body = msgspec.json.decode(request.content, type=dict[str, Any])
        token = request.headers["authorization"].removeprefix("Bearer ")
        if "authorize" in body["query"]:
            assert token == "master"
            assert self.gate.wait(10)
            return self.make(body["variables"]["userId"])
        self.listed_with.append(token)
        if token in self.revoked:
            return httpx.Response(self.refusal[0], json=self.refusal[1])
        edges = [{"node": {"id": f"auth-of-{token}"}}]
        return httpx.Response(200, json={"data": {"viewer": {"authentications": {"edges": edges}}}})

    def make(self, user_id: str) -> httpx.Response:
        with self.lock:
            token = f"token-{len(self.made) + 1}"
            self.made.append((user_id, token))
        return httpx.Response(200, json={"data": {"authorize": {"accessToken": token}}})


def test_a_token_is_made_once_per_user() -> None:
    tray = TokenTray()
    client = tray.client()
    for user_id in ("u1", "u1", "u2", "u1"):
        client.authentications_of(user_id)
    assert tray.made == [("u1", "token-1"), ("u2", "token-2")]
    assert tray.listed_with == ["token-1", "token-1", "token-2", "token-1"]


def test_a_token_is_made_anew_before_two_days_are_over() -> None:
    tray = TokenTray()
    client = tray.client()
    client.authentications_of("u")
    tray.now += 2 * DAY_S - 3600
    client.authentications_of("u")
    assert len(tray.made) == 1
    tray.now += 3600
    client.authentications_of("u")
    assert len(tray.made) == 2


@pytest.mark.parametrize("refusal", [(401, {}), (403, {"message": "deny"}), (200, DENIED)])
def test_a_kept_token_that_is_refused_is_replaced(refusal: tuple[int, object]) -> None:
    tray = TokenTray(refusal=refusal)
    client = tray.client()
    client.authentications_of("u")
    tray.revoked.add("token-1")
    (found,) = client.authentications_of("u")
    assert found.auth_id == "auth-of-token-2"
    client.authentications_of("u")
    assert len(tray.made) == 2


@pytest.mark.parametrize(("status", "kind"), [(401, UnauthorizedError), (403, ForbiddenError)])
def test_a_token_is_replaced_only_once(status: int, kind: type[TrayAuthError]) -> None:
    tray = TokenTray(revoked={"token-1", "token-2", "token-3"}, refusal=(status, {}))
    client = tray.client()
    with pytest.raises(kind):
        client.authentications_of("u")
    assert tray.listed_with == ["token-1", "token-2"]
    with pytest.raises(kind):
        client.authentications_of("u")
    assert tray.listed_with == ["token-1", "token-2", "token-2", "token-3"]


@pytest.mark.parametrize("refusal", [(401, {}), (403, {"message": "deny"}), (200, DENIED)])
def test_a_token_that_was_made_expired_is_replaced(refusal: tuple[int, object]) -> None:
    tray = TokenTray(revoked={"token-1"}, refusal=refusal)
    (found,) = tray.client().authentications_of("u")
    assert found.auth_id == "auth-of-token-2"


def test_other_errors_do_not_cost_the_token() -> None:
    tray = TokenTray(refusal=(500, {}))
    client = tray.client()
    client.authentications_of("u")
    tray.revoked.add("token-1")
    with pytest.raises(HttpStatusError):
        client.authentications_of("u")
    assert len(tray.made) == 1


def test_threads_share_one_token_of_a_user() -> None:
    tray = TokenTray()
    tray.gate.clear()
    client = tray.client()
    threads = [threading.Thread(target=client.authentications_of, args=("u",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    tray.gate.set()
    for thread in threads:
        thread.join(10)
    assert tray.made == [("u", "token-1")]
    assert tray.listed_with == ["token-1"] * 6


def test_threads_replace_a_refused_token_together() -> None:
    tray = TokenTray()
    client = tray.client()
    client.authentications_of("u")
    tray.revoked.add("token-1")
    threads = [threading.Thread(target=client.authentications_of, args=("u",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert [token for _, token in tray.made] == ["token-1", "token-2"]


def test_one_users_slow_token_does_not_hold_up_another() -> None:
    tray = TokenTray()
    client = tray.client()
    client.authentications_of("fast")
    tray.gate.clear()
    slow = threading.Thread(target=client.authentications_of, args=("slow",))
    slow.start()
    assert len(client.authentications_of("fast")) == 1
    assert slow.is_alive()
    tray.gate.set()
    slow.join(10)


def test_the_master_token_is_no_user_token(tray: ScriptedTray) -> None:
    with pytest.raises(UsageError, match="the organisation's own") as raised:
        tray.client().authentications(Secret(MASTER_TOKEN))
    assert raised.value.advice
    assert tray.requests == []


def test_a_user_token_that_is_the_master_token_is_not_used(tray: ScriptedTray) -> None:
    tray.say({"data": {"authorize": {"accessToken": MASTER_TOKEN}}})
    with pytest.raises(UnreadableReplyError, match="the organisation's own") as raised:
        tray.client().authentications_of("u")
    assert MASTER_TOKEN not in raised.value.explanation
    assert len(tray.requests) == 1


@pytest.mark.parametrize("refusal", [(401, {}), (403, {"message": "deny"}), (200, DENIED)])
def test_a_refused_master_token_may_be_a_user_token(tray: ScriptedTray, refusal: tuple[int, object]) -> None:
    tray.say(refusal[1], refusal[0])
    client = tray.client()
    for call in (client.users, lambda: client.generate_authorization_code("u")):
        with pytest.raises((UnauthorizedError, ForbiddenError)) as raised:
            call()
        assert "may also be a user token" in raised.value.advice
    with pytest.raises((UnauthorizedError, ForbiddenError)) as raised:
        client.authentications(Secret("user"))
    assert "may also be a user token" not in raised.value.advice


def test_a_rate_limit_does_not_cost_the_token() -> None:
    limit = {"errors": [{"message": "Rate limit exceeded", "extensions": {"code": "access_not_allowed"}}]}
    tray = TokenTray(refusal=(200, limit))
    client = tray.client()
    client.authentications_of("u")
    tray.revoked.add("token-1")
    with pytest.raises(RateLimitedError):
        client.authentications_of("u")
    assert len(tray.made) == 1


@pytest.mark.parametrize(
    "error",
    [
        {"message": "jwt", "extensions": {"name": "UnauthorizedError"}},
        {"message": "Token has expired"},
        {"message": "invalid access token", "extensions": {}},
        {"message": "access_not_allowed"},
        {"message": "x", "extensions": {"code": "TOKEN_EXPIRED"}},
    ],
)
def test_words_for_a_refused_token(error: dict[str, object]) -> None:
    tray = TokenTray(refusal=(200, {"data": None, "errors": [error]}))
    client = tray.client()
    client.authentications_of("u")
    tray.revoked.add("token-1")
    (found,) = client.authentications_of("u")
    assert found.auth_id == "auth-of-token-2"
