"""Faults: each operation can fail, in each way, as often as the rule says."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

from tray_auth_desktop.standin import Fault, StandIn
from tray_auth_desktop.standin.state.faults import FaultBook
from tray_auth_desktop.standin.state.operations import GRAPHQL, OPERATIONS

if TYPE_CHECKING:
    from tests.standin.conftest import Client

NOBODY = "14ee78f9-73d8-527a-bd84-7734b8424c08"
DOCUMENTS = {
    "users": "users",
    "viewer.authentications": "authentications",
    "createExternalUser": "create_user",
    "updateExternalUser": "update_user",
    "removeExternalUser": "remove_user",
    "authorize": "authorize",
    "generateAuthorizationCode": "generate_code",
    "createUserAuthentication": "create_authentication",
    "removeAuthentication": "remove_authentication",
}
REST = {
    "listConnectors": ("GET", "connectors"),
    "listOperations": ("GET", "connectors/slack/versions/4.0/operations"),
    "listServiceEnvironments": ("GET", "services/slack/versions/4/environments"),
    "createAuthentication": ("POST", "authentications"),
    "getAuthentication": ("GET", f"authentications/{NOBODY}"),
    "replaceAuthentication": ("PUT", f"authentications/{NOBODY}"),
    "deleteAuthentication": ("DELETE", f"authentications/{NOBODY}"),
}


@pytest.fixture
def faulty(make_client: Callable[[StandIn], Client]) -> Iterator[Client]:
    """A client of a stand-in that has no faults yet."""
    with StandIn(requests_per_s=10_000, burst=10_000) as stand_in:
        yield make_client(stand_in)


def caller(client: Client, operation: str) -> Callable[[], httpx.Response]:
    """Return what asks for an operation; whatever it needs is made at once."""
    stand_in, http = client.stand_in, client.http
    if operation in DOCUMENTS:
        return lambda: client.send(DOCUMENTS[operation], userId=NOBODY)
    if operation == "viewer":
        headers = {"Authorization": f"Bearer {stand_in.master_token}"}
        return lambda: http.post(
            stand_in.graphql_url, json={"query": "{viewer{__typename}}"}, headers=headers
        )
    if operation in REST:
        return lambda: client.rest(*REST[operation])
    if operation in ("login", "consent"):
        return lambda: http.get(f"{stand_in.provider_url}/{operation}")
    link = client.link(client.new_user(), "twilio", 1)
    if operation == "dialog":
        return lambda: http.get(link)
    page = client.open(link)
    headers = {"Authorization": f"Bearer {page.token}"}
    if operation == "progress":
        return lambda: http.get(f"{page.base}/external/auth/page/progress", headers=headers)
    if operation == "session":
        return lambda: http.post(f"{stand_in.rest_url}/session", headers=headers)
    return lambda: page.act(operation, {})


@pytest.mark.parametrize("operation", sorted(OPERATIONS - {"*"}))
def test_each_operation_can_fail(faulty: Client, operation: str) -> None:
    call = caller(faulty, operation)
    faulty.stand_in.faults.add(Fault(operation=operation, status=503))
    answer = call()
    assert answer.status_code == 503
    assert "Service Unavailable" in answer.text
    recorded = faulty.stand_in.requests[-1]
    assert (recorded.status, recorded.fault) == (503, "status 503")


@pytest.mark.parametrize("operation", ["users", "listConnectors", "dialog", "submit", "session", "login"])
def test_nothing_else_fails(faulty: Client, operation: str) -> None:
    others = OPERATIONS - {operation, "*"}
    call = caller(faulty, operation)
    faulty.stand_in.faults.replace([Fault(operation=other, status=503) for other in others])
    assert call().status_code != 503


@pytest.mark.parametrize("operation", ["users", "listConnectors", "dialog", "submit", "session", "login"])
def test_everything_can_fail(faulty: Client, operation: str) -> None:
    call = caller(faulty, operation)
    faulty.stand_in.faults.add(Fault(operation="*", status=500))
    assert call().status_code == 500


@pytest.mark.parametrize("operation", sorted(GRAPHQL))
def test_an_operation_of_graphql_can_have_an_error(faulty: Client, operation: str) -> None:
    call = caller(faulty, operation)
    faulty.stand_in.faults.add(Fault(operation=operation, code="access_not_allowed", count=1))
    answer = call()
    assert answer.status_code == 200
    error = answer.json()["errors"][0]
    assert (error["extensions"]["name"], error["extensions"]["code"]) == (
        "PreconditionError",
        "access_not_allowed",
    )
    assert error["path"] == [operation.partition(".")[0]]
    assert faulty.stand_in.requests[-1].code == "access_not_allowed"


@pytest.mark.parametrize("operation", ["users", "listConnectors", "dialog", "submit", "login"])
def test_an_answer_can_be_cut_off(faulty: Client, operation: str) -> None:
    call = caller(faulty, operation)
    faulty.stand_in.faults.add(Fault(operation=operation, cut_off=True, count=1))
    with pytest.raises(httpx.RemoteProtocolError, match="peer closed connection"):
        call()
    assert faulty.stand_in.requests[-1].fault == "cut off"
    assert call().status_code > 0


def test_half_of_what_is_cut_off_has_come(faulty: Client) -> None:
    whole = faulty.rest("GET", "connectors").content
    faulty.stand_in.faults.add(Fault(operation="listConnectors", cut_off=True))
    headers = {"Authorization": f"Bearer {faulty.stand_in.master_token}"}
    address = f"{faulty.stand_in.rest_url}/core/v1/connectors"
    came = bytearray()
    with (
        faulty.http.stream("GET", address, headers=headers) as answer,
        contextlib.suppress(httpx.RemoteProtocolError),
    ):
        for part in answer.iter_raw():
            came += part
    assert answer.headers["content-length"] == str(len(whole))
    assert bytes(came) == whole[: len(whole) // 2]


def test_what_is_cut_off_was_carried_out(faulty: Client) -> None:
    faulty.stand_in.faults.add(Fault(operation="createExternalUser", cut_off=True))
    with pytest.raises(httpx.RemoteProtocolError):
        faulty.send("create_user", name="Mira", externalUserId="cut-off")
    assert faulty.stand_in.state.users.all()[-1].external_user_id == "cut-off"


@pytest.mark.parametrize("operation", ["users", "listConnectors", "submit"])
def test_an_answer_can_be_malformed(faulty: Client, operation: str) -> None:
    call = caller(faulty, operation)
    faulty.stand_in.faults.add(Fault(operation=operation, malformed=True, count=1))
    answer = call()
    assert answer.headers["content-type"] == "application/json"
    assert answer.text.startswith("{")
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        answer.json()
    assert call().json()


@pytest.mark.parametrize("operation", ["users", "listConnectors", "dialog"])
def test_a_request_can_be_sent_elsewhere(faulty: Client, operation: str) -> None:
    call = caller(faulty, operation)
    faulty.stand_in.faults.add(Fault(operation=operation, redirect="https://elsewhere.invalid/x"))
    answer = call()
    assert (answer.status_code, answer.headers["location"]) == (307, "https://elsewhere.invalid/x")


def test_an_answer_can_be_late(faulty: Client) -> None:
    faulty.stand_in.faults.add(Fault(operation="users", delay_s=0.3))
    assert "errors" not in faulty.graphql("users")
    recorded = faulty.stand_in.requests[-1]
    assert (recorded.fault, recorded.status) == ("delay", 200)
    assert recorded.duration_s >= 0.3


def test_a_late_failure(faulty: Client) -> None:
    faulty.stand_in.faults.add(Fault(operation="users", delay_s=0.2, status=502))
    assert faulty.send("users").status_code == 502
    assert faulty.stand_in.requests[-1].duration_s >= 0.2


def test_a_rule_strikes_as_often_as_it_says(faulty: Client) -> None:
    faulty.stand_in.faults.add(Fault(operation="users", status=503, count=2))
    assert [faulty.send("users").status_code for _ in range(4)] == [503, 503, 200, 200]
    assert [strikes for _, strikes in faulty.stand_in.faults.strikes()] == [2]


def test_the_first_rule_that_strikes_counts(faulty: Client) -> None:
    faulty.stand_in.faults.add(Fault(operation="users", status=503, count=1))
    faulty.stand_in.faults.add(Fault(operation="*", status=500, count=2))
    assert [faulty.send("users").status_code for _ in range(4)] == [503, 500, 500, 200]
    faulty.stand_in.faults.clear()
    assert faulty.stand_in.faults.strikes() == []


def test_a_rule_is_taken_away_by_its_number(faulty: Client) -> None:
    faults = faulty.stand_in.faults
    for status in (500, 502, 503):
        faults.add(Fault(operation="users", status=status, count=2))
    assert faulty.send("users").status_code == 500
    faults.remove(2)
    assert [faulty.send("users").status_code for _ in range(4)] == [500, 503, 503, 200]
    assert [(rule.number, rule.strikes) for rule in faults.rules()] == [(1, 2), (3, 2)]
    with pytest.raises(LookupError, match="no fault of the number 2"):
        faults.remove(2)
    faults.replace([Fault(operation="users", status=500)])
    assert faults.rules()[0].number == 4


def test_a_bad_token_is_refused_as_ever(faulty: Client) -> None:
    faulty.stand_in.faults.add(Fault(operation="users", status=500))
    assert faulty.send("users", "f" * 64).status_code == 403
    assert faulty.stand_in.faults.strikes()[0][1] == 0


def test_chances_are_the_same_for_the_same_seed() -> None:
    def strikes(seed: int) -> list[bool]:
        book = FaultBook([Fault(operation="users", status=500, probability=0.3)], seed)
        return [book.met_by(["users"]) is not None for _ in range(200)]

    assert strikes(1) == strikes(1)
    assert strikes(1) != strikes(2)
    assert 30 <= sum(strikes(1)) <= 90


def test_the_seed_is_given_at_the_start(make_client: Callable[[StandIn], Client]) -> None:
    def statuses() -> list[int]:
        rule = Fault(operation="users", status=500, probability=0.5)
        with StandIn(faults=[rule], random_seed=7, requests_per_s=10_000, burst=10_000) as stand_in:
            client = make_client(stand_in)
            return [client.send("users").status_code for _ in range(30)]

    first = statuses()
    assert set(first) == {200, 500}
    assert statuses() == first


def test_a_delay_does_not_keep_the_stand_in_from_stopping(
    make_client: Callable[[StandIn], Client], caplog: pytest.LogCaptureFixture
) -> None:
    with StandIn(faults=[Fault(operation="users", delay_s=600)]) as stand_in:
        client = make_client(stand_in)

        def ask() -> None:
            with pytest.raises(httpx.RemoteProtocolError):
                httpx.post(
                    stand_in.graphql_url,
                    json={"query": "{users{edges{cursor}}}"},
                    headers={"Authorization": f"Bearer {stand_in.master_token}"},
                    trust_env=False,
                    timeout=60,
                )

        waiting = threading.Thread(target=ask)
        waiting.start()
        while stand_in.faults.strikes()[0][1] == 0:
            client.http.get(f"{stand_in.rest_url}/")
        stand_in.stop()
        waiting.join()
    assert [one for one in caplog.records if one.name.startswith("uvicorn")] == []
