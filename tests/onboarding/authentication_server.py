"""A list in parts, and deletions that go as a test says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

import pytest

from tray_auth_desktop.core.models import Authentication, AuthenticationDetails
from tray_auth_desktop.errors import (
    TrayAuthError,
)
from tray_auth_desktop.onboarding import authentication_work
from tray_auth_desktop.onboarding.authentication_work import AuthenticationWork
from tray_auth_desktop.onboarding.list_client import ListClient
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.secrets import Secret

PARTS = tuple(
    tuple(Authentication(f"id-{number}") for number in range(start, start + 2)) for start in (0, 2, 4)
)
WHOLE = tuple(one for part in PARTS for one in part)


@dataclass
class Server:
    """Hands out a list part by part, as the test lets it, and deletes as it is told."""

    parts: list[tuple[Authentication, ...]] = field(default_factory=lambda: list(PARTS))
    may_go_on: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    error: TrayAuthError | None = None
    refusals: dict[str, list[TrayAuthError]] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    gate: threading.Event | None = None

    def authentications_of(
        self, _user_id: str, *, on_part: Callable[[tuple[Authentication, ...]], None] | None = None
    ) -> tuple[Authentication, ...]:
        assert on_part is not None
        for part in self.parts:
            on_part(part)
            assert self.may_go_on.acquire(timeout=10)
        if self.error is not None:
            raise self.error
        return WHOLE

    def authentication_details(self, user_id: str, auth_id: str) -> AuthenticationDetails:
        if self.error is not None:
            raise self.error
        return AuthenticationDetails(auth_id, f"of {user_id}")

    def rename_authentication(self, user_id: str, auth_id: str, name: str, credentials: Secret) -> None:
        self.deleted.append(f"{user_id} {auth_id} {name} {credentials.reveal()}")
        if self.error is not None:
            raise self.error

    def delete_authentication(self, _user_id: str, auth_id: str) -> None:
        if self.gate is not None:
            assert self.gate.wait(10)
        if refusals := self.refusals.get(auth_id):
            raise refusals.pop(0)
        self.deleted.append(auth_id)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authentication_work, "_PAUSE_S", 0.0)
    monkeypatch.setattr(authentication_work, "_PATIENCE_S", (0.01, 0.01))


@pytest.fixture
def work(server: Server, tasks: Tasks) -> AuthenticationWork:
    return AuthenticationWork(lambda: cast(ListClient, server), tasks)
