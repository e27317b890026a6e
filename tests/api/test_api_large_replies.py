"""A list of any length: in parts as it is decoded, complete in the end, and the same errors as ever."""

from __future__ import annotations

import json
import logging
import threading
import time
import tracemalloc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.large_list import edges, reply
from tray_auth_desktop.api import RetryPolicy
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.errors import (
    ForbiddenError,
    GraphQLError,
    HttpStatusError,
    NetworkError,
    UnreadableReplyError,
)
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tests.api.conftest import ScriptedTray

TOKEN = Secret("fedcba9876543210" * 4)
COUNT = 3500
DENIED = [{"message": "no", "extensions": {"name": "PreconditionError", "code": "access_not_allowed"}}]
BROKEN_FIELD = [{"message": "x", "path": ["viewer", "authentications", "edges", 3, "node", "service"]}]
Part = tuple[Authentication, ...]


@pytest.fixture(scope="module")
def listed() -> list[dict[str, Any]]:
    return edges(COUNT)


def test_the_list_comes_in_parts_and_as_a_whole(tray: ScriptedTray, listed: list[dict[str, Any]]) -> None:
    tray.say_bytes(reply(listed))
    parts: list[Part] = []
    threads: set[str] = set()

    def on_part(part: Part) -> None:
        parts.append(part)
        threads.add(threading.current_thread().name)

    whole = tray.client().authentications(TOKEN, on_part=on_part)
    assert [len(part) for part in parts] == [1000, 1000, 1000, 500]
    assert tuple(found for part in parts for found in part) == whole
    assert threads == {threading.current_thread().name}
    assert [found.auth_id for found in whole] == [edge["node"]["id"] for edge in listed]
    assert [found.custom_fields for found in whole] == [edge["node"]["customFields"] for edge in listed]


def test_a_small_list_comes_as_one_part(tray: ScriptedTray) -> None:
    tray.say_bytes(reply(edges(3)))
    parts: list[Part] = []
    whole = tray.client().authentications(TOKEN, on_part=parts.append)
    assert parts == [whole]
    assert len(whole) == 3


def test_an_empty_list_has_no_parts(tray: ScriptedTray) -> None:
    tray.say_bytes(reply([]))
    parts: list[Part] = []
    assert tray.client().authentications(TOKEN, on_part=parts.append) == ()
    assert parts == []


def test_large_and_small_replies_are_read_alike(tray: ScriptedTray, listed: list[dict[str, Any]]) -> None:
    tray.say_bytes(reply(listed))
    tray.say_bytes(reply(listed[:700]))
    client = tray.client()
    assert client.authentications(TOKEN)[:700] == client.authentications(TOKEN)


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(
    ("errors", "kind"), [(DENIED, ForbiddenError), ([{"message": "partly"}], GraphQLError)]
)
def test_errors_beside_the_data_are_errors(
    tray: ScriptedTray, listed: list[dict[str, Any]], errors: object, kind: type[Exception], is_first: bool
) -> None:
    whole = json.loads(reply(listed, errors=errors))
    order = ("errors", "data") if is_first else ("data", "errors")
    tray.say_bytes(json.dumps({name: whole[name] for name in order}).encode())
    parts: list[Part] = []
    with pytest.raises(kind):
        tray.client().authentications(TOKEN, on_part=parts.append)
    assert parts == []


def test_asking_for_less_does_not_tell_the_parts_twice(
    tray: ScriptedTray, listed: list[dict[str, Any]]
) -> None:
    tray.say_bytes(reply(listed, errors=BROKEN_FIELD))
    tray.say_bytes(reply(listed))
    parts: list[Part] = []
    whole = tray.client().authentications(TOKEN, on_part=parts.append)
    assert len(tray.requests) == 2
    assert tuple(found for part in parts for found in part) == whole
    assert len(whole) == COUNT


def test_another_try_does_not_tell_the_parts_twice(tray: ScriptedTray, listed: list[dict[str, Any]]) -> None:
    tray.say_bytes(reply(listed), 503)
    tray.say_bytes(reply(listed))
    parts: list[Part] = []
    whole = tray.client().authentications(TOKEN, on_part=parts.append)
    assert sum(map(len, parts)) == len(whole) == COUNT


@pytest.mark.parametrize("status", [400, 404, 500])
def test_a_list_with_a_bad_status_is_no_list(
    tray: ScriptedTray, listed: list[dict[str, Any]], status: int
) -> None:
    tray.say_bytes(reply(listed), status)
    parts: list[Part] = []
    with pytest.raises(HttpStatusError):
        tray.client(retry=RetryPolicy(max_tries=1)).authentications(TOKEN, on_part=parts.append)
    assert parts == []


@pytest.mark.parametrize("tail", [b"", b"}", b"}}}}} x", b'], "pageInfo": {]}}}}'])
def test_a_malformed_tail_is_unreadable(
    tray: ScriptedTray, listed: list[dict[str, Any]], tail: bytes
) -> None:
    body = reply(listed)
    tray.say_bytes(body[: body.index(b'], "pageInfo"')] + tail)
    with pytest.raises(UnreadableReplyError, match="cut off or broken"):
        tray.client().authentications(TOKEN)
    assert len(tray.requests) == 1


def test_a_large_reply_of_another_shape_is_unreadable(tray: ScriptedTray) -> None:
    tray.say({"data": {"viewer": {"authentications": {"edges": {"odd": ["x" * 1000] * 600}}}}})
    with pytest.raises(UnreadableReplyError, match=r"\$\.data\.viewer\.authentications\.edges"):
        tray.client().authentications(TOKEN)


def test_an_entry_without_an_id_is_reported(
    tray: ScriptedTray, listed: list[dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    odd: list[Any] = [*listed[:1200], {"node": {"name": "no id"}}, None, {"node": None}, *listed[1200:]]
    tray.say_bytes(reply(odd))
    assert len(tray.client().authentications(TOKEN)) == COUNT
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "entry 1200 of the list of authentications" in record.getMessage()


def test_half_an_emoji_and_bad_bytes_do_not_cost_a_long_list(
    tray: ScriptedTray, listed: list[dict[str, Any]]
) -> None:
    odd = {"node": {"id": "odd", "name": "half \ud83d"}}
    tray.say_bytes(reply([odd, *listed]).replace(b'number 7"', b'number \xff"'))
    found = tray.client().authentications(TOKEN)
    assert (found[0].name, found[8].name) == ("half ?", "Authentication number \ufffd")


def test_a_consumer_that_fails_is_heard(tray: ScriptedTray, listed: list[dict[str, Any]]) -> None:
    def on_part(_part: Part) -> None:
        raise LookupError("of the consumer")

    tray.say_bytes(reply(listed))
    with pytest.raises(LookupError, match="of the consumer"):
        tray.client().authentications(TOKEN, on_part=on_part)


def test_close_ends_the_reading_of_a_list(tray: ScriptedTray, listed: list[dict[str, Any]]) -> None:
    tray.say_bytes(reply(listed))
    client = tray.client()
    parts: list[Part] = []

    def on_part(part: Part) -> None:
        parts.append(part)
        client.close()

    with pytest.raises(NetworkError, match="closed"):
        client.authentications(TOKEN, on_part=on_part)
    assert len(parts) == 1


def test_equal_services_and_environments_are_one_object(
    tray: ScriptedTray, listed: list[dict[str, Any]]
) -> None:
    tray.say_bytes(reply(listed))
    found = tray.client().authentications(TOKEN)
    assert len({id(each.service) for each in found}) == 50
    assert len({id(each.service_environment) for each in found}) == 50


@pytest.mark.parametrize(("version", "text"), [(1, "1"), (1.0, "1.0"), (True, None), ("1", "1")])
def test_what_is_equal_for_python_is_not_taken_for_the_same(
    tray: ScriptedTray, version: object, text: str | None
) -> None:
    nodes = [{"id": "a", "service": {"id": "s", "version": first}} for first in (1, 1.0, True, "1", version)]
    tray.say({"data": {"viewer": {"authentications": {"edges": [{"node": each} for each in nodes]}}}})
    last = tray.client().authentications(TOKEN)[-1]
    assert last.service is not None
    assert last.service.version == text


def test_scopes_that_have_no_hash_do_not_break_the_list(tray: ScriptedTray) -> None:
    environment = {"id": "e", "title": "t", "scopes": [{"scope": "a"}]}
    nodes = [{"id": str(index), "serviceEnvironment": environment} for index in range(2)]
    tray.say({"data": {"viewer": {"authentications": {"edges": [{"node": each} for each in nodes]}}}})
    first, second = tray.client().authentications(TOKEN)
    assert first.service_environment is second.service_environment
    assert first.service_environment is not None
    assert first.service_environment.scopes[0].value == "a"


def test_an_authentication_takes_little_memory(tray: ScriptedTray, listed: list[dict[str, Any]]) -> None:
    tray.say_bytes(reply(listed))
    client = tray.client()
    client.authentications(TOKEN)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    found = client.authentications(TOKEN)
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    # httpx's mock keeps the request and the reply that the script holds anyway
    assert taken / len(found) < 700


def test_a_long_page_of_users_goes_on_where_it_ends(tray: ScriptedTray) -> None:
    users = [
        {"node": {"id": f"u{index}", "name": "n" * 60, "externalUserId": "e"}, "cursor": f"c{index}"}
        for index in range(6000)
    ]
    tray.say({"data": {"users": {"edges": users, "pageInfo": {"hasNextPage": True}}}})
    page = tray.client().users(first=None)
    assert len(page.users) == 6000
    assert page.next_cursor == "c5999"


@pytest.mark.parametrize("is_bare", [True, False])
def test_a_long_list_of_connectors(tray: ScriptedTray, is_bare: bool) -> None:
    elements = [
        {"name": f"c{index}", "version": "1.0", "description": "d" * 300, "service": {"id": f"s{index}"}}
        for index in range(2000)
    ]
    tray.say(elements if is_bare else {"elements": elements})
    found = tray.client().connectors()
    assert [connector.name for connector in found] == [f"c{index}" for index in range(2000)]
    assert found[1999].service is not None


def longest_wait_s(do: Callable[[], object]) -> float:
    """Return how long a thread that wants to do something every millisecond had to wait at most."""
    gaps: list[float] = []
    done = threading.Event()

    def tick() -> None:
        last = time.perf_counter()
        while not done.wait(0.001):
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    ticker = threading.Thread(target=tick)
    ticker.start()
    do()
    done.set()
    ticker.join(10)
    return max(gaps)


def test_no_other_thread_waits_long_for_a_long_list(tray: ScriptedTray) -> None:
    """A decoder's one call would take 200 ms each time; what else runs on the machine disturbs some times."""
    body = reply(edges(30_000))
    tray.say_bytes(body)
    client = tray.client()
    waits = [longest_wait_s(lambda: client.authentications(TOKEN)) for _ in range(3)]
    assert min(waits) < 0.08
