"""The test of a connection: every way it can go becomes a result that says what to do."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

from tests.api.listener import Listener, running
from tray_auth_desktop.api import RetryPolicy, TrayClient
from tray_auth_desktop.api.diagnosis import diagnose
from tray_auth_desktop.core.connection_check import CheckResult, TokenKind, Verdict
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.errors import NetworkError
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tests.api.conftest import Behaviour, RawServer

DIALOG = "https://dialog.example"
ONE_USER = {"data": {"users": {"edges": [{"node": {"id": "u"}}]}}}
NO_USERS: dict[str, object] = {"data": {"users": {"edges": []}}}
OWN: dict[str, object] = {"data": {"viewer": {"authentications": {"edges": []}}}}
CONNECTORS = {"elements": [{"name": "slack", "version": "1.0"}]}
DENIED = {"errors": [{"message": "no", "extensions": {"code": "access_not_allowed"}}]}
RATE_LIMIT = {"errors": [{"message": "Rate limit exceeded", "extensions": {"code": "access_not_allowed"}}]}
Answer = tuple[int, object] | httpx.RequestError


@dataclass
class CheckedTray:
    """Answers each kind of question in one way; remembers what it was asked."""

    users: Answer = (200, ONE_USER)
    own: Answer = (200, OWN)
    connectors: Answer = (200, CONNECTORS)
    dialog: Answer = (200, {})
    asked: list[httpx.Request] = field(default_factory=list)

    def client(self) -> TrayClient:
        hosts = Hosts("https://t.example/graphql", "https://a.example", DIALOG)
        transport = httpx.MockTransport(self.answer)
        return TrayClient(hosts, Secret("master"), transport=transport, retry=RetryPolicy(max_tries=1))

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if request.url.host == "a.example":
            answer = self.connectors
        elif request.url.host == "t.example":
            query = msgspec.json.decode(request.content, type=dict[str, Any])["query"]
            answer = self.users if "users(" in query else self.own
        else:
            answer = self.dialog
        if isinstance(answer, httpx.RequestError):
            raise answer
        return httpx.Response(answer[0], json=answer[1])

    def check(self, *dialog_urls: str) -> dict[str, CheckResult]:
        found = list(diagnose(self.client(), dialog_urls or (DIALOG,), "acme"))
        assert [result.subject for result in found[:3]] == ["Master token", "Region", "REST API"]
        assert {result.subject for result in found[3:]} == {"Dialog host"}
        assert all(result.text.endswith(".") for result in found)
        return {result.subject: result for result in found}


def test_all_is_well() -> None:
    found = CheckedTray().check()
    assert {result.verdict for result in found.values()} == {Verdict.OK}
    assert "1 connector version" in found["REST API"].text
    assert "dialog.example" in found["Dialog host"].text


def test_results_come_one_by_one() -> None:
    tray = CheckedTray()
    results = diagnose(tray.client(), [DIALOG], "acme")
    assert tray.asked == []
    assert next(results).subject == "Master token"
    assert len(tray.asked) == 1


def test_a_user_token_is_recognised() -> None:
    found = CheckedTray(users=(403, {"message": "deny"})).check()
    assert found["Master token"].verdict is Verdict.FAILED
    assert "user token" in found["Master token"].text
    assert "Settings → Tokens" in found["Master token"].text
    assert found["Region"].verdict is Verdict.OK


@pytest.mark.parametrize("refusal", [(401, {"message": "Unauthorized"}), (403, {}), (200, DENIED)])
def test_a_refused_token_may_be_of_another_region(refusal: Answer) -> None:
    found = CheckedTray(users=refusal, own=refusal, connectors=refusal).check()
    assert found["Master token"].verdict is Verdict.FAILED
    assert found["Region"].verdict is Verdict.DOUBTFUL
    for address in ("app.tray.io", "app.eu1.tray.io", "app.ap1.tray.io"):
        assert address in found["Region"].text
    assert found["REST API"].verdict is Verdict.FAILED
    assert found["Dialog host"].verdict is Verdict.OK


@pytest.mark.parametrize("connectors", [(200, {"elements": []}), (500, {})])
def test_an_empty_answer_often_means_the_wrong_region(connectors: Answer) -> None:
    found = CheckedTray(users=(200, NO_USERS), connectors=connectors).check()
    assert found["Master token"].verdict is Verdict.OK
    assert found["Region"].verdict is Verdict.DOUBTFUL
    assert "often means the wrong region" in found["Region"].text
    assert "app.eu1.tray.io" in found["Region"].text
    assert found["REST API"].verdict is not Verdict.OK


def test_an_account_without_users_yet() -> None:
    found = CheckedTray(users=(200, NO_USERS)).check()
    assert found["Region"].verdict is Verdict.OK
    assert "no end users yet" in found["Region"].text
    assert "app.eu1.tray.io" in found["Region"].text


@pytest.mark.parametrize("failure", [httpx.ConnectError("x"), (502, {}), (200, RATE_LIMIT)])
def test_what_could_not_be_tested(failure: Answer) -> None:
    found = CheckedTray(users=failure).check()
    assert found["Master token"].verdict is Verdict.FAILED
    assert "could not be tested" in found["Master token"].text
    assert found["Region"].verdict is Verdict.SKIPPED
    assert found["REST API"].verdict is Verdict.OK


@pytest.mark.parametrize("nothing", [{}, [], {"data": None}, {"data": {"users": None}}])
def test_an_answer_that_holds_nothing_may_mean_the_wrong_region(nothing: object) -> None:
    found = CheckedTray(users=(200, nothing)).check()
    assert found["Master token"].verdict is Verdict.FAILED
    assert found["Region"].verdict is Verdict.DOUBTFUL
    assert "app.eu1.tray.io" in found["Region"].text


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, Verdict.OK),
        (302, Verdict.OK),
        (400, Verdict.OK),
        (401, Verdict.OK),
        (403, Verdict.OK),
        (404, Verdict.DOUBTFUL),
        (500, Verdict.DOUBTFUL),
        (503, Verdict.DOUBTFUL),
    ],
)
def test_a_dialog_host_that_answers(status: int, verdict: Verdict) -> None:
    tray = CheckedTray(dialog=(status, {}))
    found = tray.check()["Dialog host"]
    assert found.verdict is verdict
    assert str(status) in found.text
    asked = tray.asked[-1]
    assert str(asked.url) == f"{DIALOG}/external/auth/create/acme"
    assert "authorization" not in asked.headers


def test_each_dialog_host_is_checked_once() -> None:
    tray = CheckedTray()
    others = ("https://acme.integration-configuration.com", DIALOG, DIALOG)
    found = list(diagnose(tray.client(), others, "acme"))
    assert [result.text.split()[0] for result in found[3:]] == [
        "acme.integration-configuration.com",
        "dialog.example",
    ]


@pytest.mark.parametrize(
    ("url", "text"), [("https://nowhere.invalid", "name was not found"), ("https://[", "address")]
)
def test_a_dialog_host_that_is_not_there(client_of: Callable[..., TrayClient], url: str, text: str) -> None:
    found = list(diagnose(client_of("http://127.0.0.1:9"), [url], "acme"))[-1]
    assert found.verdict is Verdict.FAILED
    assert text in found.text


def test_failures_of_real_hosts(client_of: Callable[..., TrayClient]) -> None:
    class Plain(Listener):
        def serve(self, connection: socket.socket) -> None:
            connection.recv(10)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        nobody = f"http://127.0.0.1:{listener.getsockname()[1]}"
    plain = Plain()
    with running(plain):
        dialog_urls = [nobody, f"https://127.0.0.1:{plain.port}"]
        found = list(diagnose(client_of(nobody), dialog_urls, "acme"))
    verdicts = [Verdict.FAILED, Verdict.SKIPPED, Verdict.FAILED, Verdict.FAILED, Verdict.FAILED]
    assert [result.verdict for result in found] == verdicts
    assert "refused the connection" in found[0].text
    assert "refused the connection" in found[3].text
    assert "no secure connection could be set up" in found[4].text


def test_a_long_page_is_a_page_too(
    raw_server: Callable[[Behaviour], RawServer], client_of: Callable[..., TrayClient]
) -> None:
    page = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 400_000
    server = raw_server(lambda connection, _stop: connection.sendall(page))
    assert client_of(server.url).page_status(f"{server.url}/external/auth/create/acme") == 200


def test_a_closed_client_is_a_result(client_of: Callable[..., TrayClient]) -> None:
    client = client_of("http://127.0.0.1:9")
    client.close()
    found = list(diagnose(client, ["http://127.0.0.1:9"], "acme"))
    assert found[-1].verdict is Verdict.FAILED


KINDS: list[tuple[Answer, Answer, TokenKind]] = [
    ((200, ONE_USER), (200, OWN), TokenKind.MASTER),
    ((200, NO_USERS), (403, {}), TokenKind.MASTER),
    ((403, {}), (200, OWN), TokenKind.USER),
    ((200, DENIED), (200, OWN), TokenKind.USER),
    ((401, {}), (401, {}), TokenKind.REFUSED),
    ((403, {}), (200, DENIED), TokenKind.REFUSED),
    ((200, RATE_LIMIT), (200, OWN), TokenKind.UNKNOWN),
    ((500, {}), (403, {}), TokenKind.UNKNOWN),
    ((403, {}), (500, {}), TokenKind.UNKNOWN),
    ((200, []), (200, []), TokenKind.UNKNOWN),
]


@pytest.mark.parametrize(("users", "own", "kind"), KINDS)
def test_kinds_of_token(users: Answer, own: Answer, kind: TokenKind) -> None:
    assert CheckedTray(users, own).client().token_kind() is kind


def test_a_network_failure_tells_nothing_about_a_token() -> None:
    with pytest.raises(NetworkError):
        CheckedTray(users=httpx.ConnectError("x")).client().token_kind()
