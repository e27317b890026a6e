"""Code and list that are asked for before anybody needs them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from tray_auth_desktop.core.models import Authentication, Connector, ServiceEnvironment, UserPage
from tray_auth_desktop.errors import NetworkError
from tray_auth_desktop.onboarding.early_client import EarlyAnswer, EarlyClient
from tray_auth_desktop.secrets import Secret


@dataclass
class CountingClient:
    """Answers with how often it was asked."""

    asked: list[str] = field(default_factory=list)
    is_closed: bool = False
    may_answer: threading.Event = field(default_factory=threading.Event)

    def generate_authorization_code(self, user_id: str) -> Secret:
        self.may_answer.wait(10)
        self.asked.append(f"code {user_id}")
        return Secret(f"{user_id}-{len([asked for asked in self.asked if asked.startswith('code')])}")

    def authentications_of(self, user_id: str) -> tuple[Authentication, ...]:
        self.may_answer.wait(10)
        self.asked.append(f"list {user_id}")
        return ()

    def users(self, *, first: int | None = 100, after: str | None = None) -> UserPage:
        self.asked.append(f"users {first} {after}")
        return UserPage((), None)

    def connectors(self) -> tuple[Connector, ...]:
        self.asked.append("connectors")
        return ()

    def service_environments(self, service_name: str, service_version: str) -> tuple[ServiceEnvironment, ...]:
        self.asked.append(f"environments {service_name} {service_version}")
        return ()

    def close(self) -> None:
        self.is_closed = True


def ready_client() -> CountingClient:
    client = CountingClient()
    client.may_answer.set()
    return client


def test_both_are_asked_for_at_once_and_given_out_without_asking_again() -> None:
    client = ready_client()
    early = EarlyClient(client, "u")

    assert early.generate_authorization_code("u").reveal() == "u-1"
    assert early.authentications_of("u") == ()
    assert sorted(client.asked) == ["code u", "list u"]


def test_a_code_is_given_out_once() -> None:
    early = EarlyClient(ready_client(), "u")

    assert [early.generate_authorization_code("u").reveal() for _ in range(3)] == ["u-1", "u-2", "u-3"]


def test_a_list_does_not_stay_fresh() -> None:
    client = ready_client()
    early = EarlyClient(client, "u")

    early.authentications_of("u")
    early.authentications_of("u")
    early.generate_authorization_code("u")

    assert sorted(client.asked) == ["code u", "list u", "list u"]


def test_who_takes_waits_for_the_answer() -> None:
    client = CountingClient()
    early = EarlyClient(client, "u")
    taken: list[str] = []
    taker = threading.Thread(target=lambda: taken.append(early.generate_authorization_code("u").reveal()))
    taker.start()
    assert taken == []

    client.may_answer.set()
    taker.join(10)

    assert taken == ["u-1"]


def test_another_user_is_asked_for_as_usual() -> None:
    client = ready_client()
    early = EarlyClient(client, "u")

    early.authentications_of("other")
    early.generate_authorization_code("other")
    early.generate_authorization_code("u")
    early.authentications_of("u")

    assert sorted(client.asked) == ["code other", "code u", "list other", "list u"]


def test_a_failure_is_raised_where_the_answer_is_needed_and_nothing_is_tried_again() -> None:
    calls = 0

    def call() -> str:
        nonlocal calls
        calls += 1
        raise NetworkError("gone")

    answer = EarlyAnswer(call)
    with pytest.raises(NetworkError, match="gone"):
        answer.take()

    assert calls == 1


def test_everything_else_goes_straight_to_the_client() -> None:
    client = ready_client()
    early = EarlyClient(client, "u")
    early.generate_authorization_code("u")
    early.authentications_of("u")
    client.asked.clear()

    early.connectors()
    early.generate_authorization_code("another")
    early.authentications_of("another")

    assert client.asked == ["connectors", "code another", "list another"]
