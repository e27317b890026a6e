"""Clock, reset, dump and records: what a test may rely on beside the contract itself."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tray_auth_desktop.standin import Fault, StandIn
from tray_auth_desktop.standin.state.message_record import MessageRecord

if TYPE_CHECKING:
    from tests.standin.conftest import Client, Clock

GOOD = {"account_sid": "AC0typed", "auth_token": "typed-secret"}
TWO_DAYS_S = 2 * 24 * 60 * 60


@pytest.fixture
def own(make_client: Callable[[StandIn], Client]) -> Iterator[Client]:
    """A client of a stand-in with a script of its own."""
    script: dict[str, Any] = {
        "scenarios": {"twilio": "finish-twice"},
        "faults": [Fault(operation="listConnectors", status=503, count=1)],
    }
    with StandIn(requests_per_s=10_000, burst=10_000, **script) as stand_in:
        yield make_client(stand_in)


def report(client: Client, ticket: str, body: Any, base: str | None = None) -> int:
    headers = {"Authorization": f"Bearer {ticket}"} if ticket else {}
    base = base or client.stand_in.dialog_url
    return client.http.post(f"{base}/messages", json=body, headers=headers).status_code


def test_a_code_expires_when_the_clock_is_put_forward(client: Client, own: Client) -> None:
    early, late = (own.link(own.new_user(), "twilio", 1) for _ in range(2))
    own.stand_in.clock.advance(299)
    assert own.http.get(early).status_code == 200
    own.stand_in.clock.advance(1)
    assert own.http.get(late).status_code == 410


def test_a_user_token_expires_when_the_clock_is_put_forward(own: Client) -> None:
    token = own.user_token(own.new_user())
    own.stand_in.clock.advance(TWO_DAYS_S - 60)
    assert own.send("authentications", token).status_code == 200
    own.stand_in.clock.advance(60)
    assert own.send("authentications", token).status_code == 403


def test_it_goes_on_from_where_it_was_put(own: Client) -> None:
    before = time.time()
    own.stand_in.clock.advance(1_000)
    assert 1_000 <= own.stand_in.clock() - before < 1_060
    assert own.stand_in.clock.offset_s == 1_000


def test_it_never_goes_back(own: Client) -> None:
    own.stand_in.clock.advance(10)
    with pytest.raises(ValueError, match="10 seconds ahead and never goes back"):
        own.stand_in.clock.advance(-1)
    assert own.stand_in.clock.offset_s == 10


def test_a_clock_of_the_tests_own_can_be_put_forward_too(timed_client: Client, clock: Clock) -> None:
    timed_client.stand_in.clock.advance(5)
    assert timed_client.stand_in.clock() == clock.now + 5


def test_reset_returns_to_the_start(own: Client) -> None:
    stand_in = own.stand_in
    start = stand_in.dump()
    user_id = own.new_user()
    link, token = own.link(user_id, "twilio", 1), own.user_token(user_id)
    page = own.open(own.link(user_id, "twilio", 1))
    page.act("submit", {"name": "Mine", "fields": GOOD})
    assert own.rest("GET", "connectors").status_code == 503
    stand_in.scenarios.choose({"*": "slow"})
    stand_in.faults.add(Fault(operation="users", status=500))
    stand_in.clock.advance(100)

    stand_in.reset()

    assert stand_in.dump() | {"now": 0} == start | {"now": 0}
    assert (stand_in.requests, stand_in.messages) == ((), ())
    assert own.http.get(link).status_code == 403
    assert own.send("authentications", token).status_code == 403
    assert page.act("submit", {"name": "Mine", "fields": GOOD}).status_code == 403
    assert own.rest("GET", "connectors").status_code == 503
    assert stand_in.requests[0].number == 1


def test_reset_begins_the_chances_again(own: Client) -> None:
    rule = Fault(operation="users", status=500, probability=0.5)

    def statuses(seed: int | None = None) -> list[int]:
        own.stand_in.reset(seed)
        own.stand_in.faults.replace([rule])
        return [own.send("users").status_code for _ in range(30)]

    first = statuses()
    assert statuses() == first
    assert statuses(99) != first
    assert own.stand_in.dump()["random_seed"] == 99
    assert statuses() == first
    assert own.stand_in.dump()["random_seed"] == 1


def test_the_dump_shows_what_there_is_and_no_secret(own: Client) -> None:
    user_id = own.new_user("Dana Whitlock")
    token, code = own.user_token(user_id), own.code(user_id)
    page = own.open(own.link(user_id, "twilio", 1))
    made = page.act("submit", {"name": "Mine", "fields": GOOD}).json()

    held = own.stand_in.dump()
    text = json.dumps(held)

    secrets = [token, code, page.token, own.stand_in.master_token, *GOOD.values()]
    assert [secret for secret in secrets if secret in text] == []
    assert held["users"][-1]["name"] == "Dana Whitlock"
    assert held["authentications"][-1] == {
        "id": made["authenticationId"],
        "owner": user_id,
        "name": "Mine",
        "service": "twilio",
        "service_version": 1,
        "service_environment_id": own.environment("twilio", 1).id,
        "scopes": [],
        "progress": "complete",
    }
    assert (held["open_codes"], held["live_user_tokens"]) == (1, 1)
    assert held["dialog_pages"] == [
        {
            "number": 1,
            "user_id": user_id,
            "service": "twilio",
            "scenario": "finish-twice",
            "is_editing": False,
            "failures": 0,
            "authentication_id": made["authenticationId"],
        }
    ]
    assert held["faults"] == [
        {"operation": "listConnectors", "status": 503, "count": 1, "number": 1, "strikes": 0}
    ]


def test_requests_have_number_time_and_duration(timed_client: Client, clock: Clock) -> None:
    timed_client.data("users")
    clock.now += 60
    timed_client.data("users")
    first, second = timed_client.stand_in.requests
    assert (first.number, second.number) == (1, 2)
    assert 59 < second.at - first.at < 61
    assert 0 < first.duration_s < 60


def ticket_of(text: str) -> str:
    return text.partition('data-report-ticket="')[2].partition('"')[0]


def test_what_a_page_posts_is_recorded(timed_client: Client, clock: Clock) -> None:
    user_id = timed_client.new_user()
    page = timed_client.open(timed_client.link(user_id, "twilio", 1))
    said = {"message": {"type": "tray.authpopup.close"}, "target": "*", "receiver": "opener"}
    before = len(timed_client.stand_in.requests)
    assert report(timed_client, ticket_of(page.text), said) == 204
    sent = timed_client.stand_in.messages[0]
    assert (sent.number, sent.at, sent.host, sent.page) == (1, clock.now, "dialog", 1)
    assert (sent.type, sent.target, sent.receiver) == ("tray.authpopup.close", "*", "opener")
    assert len(timed_client.stand_in.requests) == before


def test_a_page_that_was_refused_tells_what_it_posts(client: Client) -> None:
    answer = client.http.get(f"{client.stand_in.dialog_url}/external/auth/create/stand-in?code=none")
    said = {"message": {"type": "tray.authPopup.error"}, "target": "*", "receiver": "opener"}
    assert report(client, ticket_of(answer.text), said) == 204
    assert client.stand_in.messages[-1].page is None


@pytest.mark.parametrize("ticket", ["", "0" * 32, "page"])
def test_nobody_else_adds_to_the_record(client: Client, ticket: str) -> None:
    page = client.open(client.link(client.new_user(), "twilio", 1))
    before = client.stand_in.messages
    said = {"message": {"type": "x"}, "target": "*", "receiver": "opener"}
    held = page.token if ticket == "page" else ticket
    assert report(client, held, said) == (401 if not ticket else 403)
    assert client.stand_in.messages == before


@pytest.mark.parametrize("said", [{}, [], {"message": 1, "target": "*", "receiver": "opener"}])
def test_what_cannot_be_read_is_not_recorded(client: Client, said: Any) -> None:
    page = client.open(client.link(client.new_user(), "twilio", 1))
    before = client.stand_in.messages
    assert report(client, ticket_of(page.text), said) == 400
    assert client.stand_in.messages == before


def test_a_ticket_is_not_shown(client: Client) -> None:
    poster = MessageRecord().admit("dialog", 1)
    assert poster.ticket not in repr(poster)


def test_the_record_of_messages_does_not_grow_for_ever() -> None:
    record = MessageRecord()
    poster = record.admit("dialog", 1)
    for _ in range(25_000):
        record.add(poster, 0.0, {"type": "x"}, "*", "opener")
    assert len(record.all()) <= 10_000
    assert record.all()[-1].number == 25_000


def test_there_is_no_such_message(client: Client) -> None:
    assert client.http.get(f"{client.stand_in.provider_url}/messenger?ticket=none").status_code == 404
