"""A running stand-in, and a client that speaks to it over real HTTP as any program would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from tray_auth_desktop.standin import StandIn
from tray_auth_desktop.standin.state.catalogue import Service, ServiceEnvironment

_DOCUMENTS = Path(__file__).parent / "documents"
_numbers = count(1)


class Clock:
    """Seconds since the epoch, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class OpenDialog:
    """A dialog page as its script sees it."""

    http: httpx.Client
    base: str
    text: str
    token: str

    def act(self, action: str, body: dict[str, Any], token: str | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token or self.token}"}
        return self.http.post(f"{self.base}/external/auth/page/{action}", json=body, headers=headers)

    def progress(self) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer: dict[str, Any] = self.http.get(
            f"{self.base}/external/auth/page/progress", headers=headers
        ).json()
        return answer


class Client:
    """What tests ask of a stand-in."""

    def __init__(self, stand_in: StandIn, http: httpx.Client) -> None:
        self.stand_in = stand_in
        self.http = http

    def send(self, document: str, token: str | None = None, **variables: Any) -> httpx.Response:
        query = (_DOCUMENTS / f"{document}.graphql").read_text(encoding="utf-8")
        headers = {"Authorization": f"Bearer {token or self.stand_in.master_token}"}
        body = {"query": query, "variables": variables}
        return self.http.post(self.stand_in.graphql_url, json=body, headers=headers)

    def graphql(self, document: str, token: str | None = None, **variables: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.send(document, token, **variables).json()
        return answer

    def data(self, document: str, token: str | None = None, **variables: Any) -> dict[str, Any]:
        answer = self.graphql(document, token, **variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    def error(self, document: str, token: str | None = None, **variables: Any) -> dict[str, Any]:
        error: dict[str, Any] = self.graphql(document, token, **variables)["errors"][0]
        return error

    def rest(self, method: str, path: str, token: str | None = None, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token or self.stand_in.master_token}"}
        return self.http.request(
            method, f"{self.stand_in.rest_url}/core/v1/{path}", headers=headers, **options
        )

    def new_user(self, name: str = "Mira Castellan") -> str:
        data = self.data("create_user", name=name, externalUserId=f"made-{next(_numbers)}")
        user_id: str = data["createExternalUser"]["userId"]
        return user_id

    def user_token(self, user_id: str) -> str:
        token: str = self.data("authorize", userId=user_id)["authorize"]["accessToken"]
        return token

    def code(self, user_id: str) -> str:
        data = self.data("generate_code", userId=user_id)
        code: str = data["generateAuthorizationCode"]["authorizationCode"]
        return code

    def listed(self, token: str | None = None) -> list[dict[str, Any]]:
        edges = self.data("authentications", token)["viewer"]["authentications"]["edges"]
        return [edge["node"] for edge in edges]

    def service(self, name: str, version: int) -> Service:
        service = self.stand_in.state.catalogue.service(name, version)
        assert service is not None
        return service

    def environment(self, name: str, version: int, index: int = 0) -> ServiceEnvironment:
        return self.service(name, version).environments[index]

    def link(self, user_id: str, name: str, version: int, more: str = "", index: int = 0) -> str:
        service = self.service(name, version)
        return (
            f"{self.stand_in.dialog_url}/external/auth/create/{self.stand_in.embedded_id}?code={self.code(user_id)}"
            f"&serviceId={service.id}&serviceEnvironmentId={service.environments[index].id}{more}"
        )

    def open(self, address: str) -> OpenDialog:
        page = self.http.get(address)
        assert page.status_code == 200, page.text
        token = re.search(r'data-page-token="([0-9a-f]{64})"', page.text)
        assert token is not None
        return OpenDialog(self.http, self.stand_in.dialog_url, page.text, token[1])


@pytest.fixture(scope="session")
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def _shared_stand_in() -> Iterator[StandIn]:
    # Shared, as starting one takes longer than most tests; each test makes end users of its own.
    with StandIn(requests_per_s=10_000, burst=10_000) as running:
        yield running


@pytest.fixture
def stand_in(_shared_stand_in: StandIn) -> StandIn:
    return _shared_stand_in


@pytest.fixture
def client(stand_in: StandIn, http: httpx.Client) -> Client:
    return Client(stand_in, http)


@pytest.fixture
def make_client(http: httpx.Client) -> Callable[[StandIn], Client]:
    """Make a client of a stand-in that a test starts itself."""
    return lambda stand_in: Client(stand_in, http)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed_client(clock: Clock, http: httpx.Client) -> Iterator[Client]:
    """A client of a stand-in whose clock is moved by hand, with the documented rate limit."""
    with StandIn(clock=clock) as running:
        yield Client(running, http)
