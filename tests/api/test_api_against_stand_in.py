"""The client and the stand-in, two implementations of one contract, over real HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from tray_auth_desktop.api import RetryPolicy, TrayClient, UserCriteria
from tray_auth_desktop.core.services import services_of
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.errors import ForbiddenError, GraphQLError, HttpStatusError, NetworkError
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn

TWILIO = "55d1154c-4fd8-4c2c-ba22-041deabfcbfd"
TWILIO_ENVIRONMENT = "973b1afa-aa13-42c7-86c3-3964f44c53dd"
NOBODY = "00000000-0000-4000-8000-000000000000"


class Clock:
    """Seconds that a test can add to."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stand_in(clock: Clock) -> Iterator[StandIn]:
    with StandIn(clock=clock) as running:
        yield running


def hosts_of(stand_in: StandIn) -> Hosts:
    return Hosts(stand_in.graphql_url, stand_in.rest_url, stand_in.dialog_url)


@pytest.fixture
def client(stand_in: StandIn) -> Iterator[TrayClient]:
    made = TrayClient(hosts_of(stand_in), Secret(stand_in.master_token))
    yield made
    made.close()


def test_users_are_listed_and_found(client: TrayClient) -> None:
    everybody = client.users().users
    assert len(everybody) >= 6
    assert len({user.user_id for user in everybody}) == len(everybody)
    assert any(user.is_test_user for user in everybody)
    wanted = everybody[2]
    for criteria in (
        UserCriteria(user_id=wanted.user_id),
        UserCriteria(external_user_id=wanted.external_user_id),
        UserCriteria(name=wanted.name),
    ):
        assert client.users(criteria).users == (wanted,)
    assert client.users(UserCriteria(name="Nobody at all")).users == ()


def test_pages_join_to_the_whole_list(client: TrayClient) -> None:
    whole = client.users().users
    pages = list(client.all_users(page_size=2))
    assert [len(page.users) for page in pages[:-1]] == [2] * (len(pages) - 1)
    assert tuple(user for page in pages for user in page.users) == whole


def test_lists_are_the_users_own(client: TrayClient, stand_in: StandIn) -> None:
    lists = [client.authentications_of(user.user_id) for user in client.users().users]
    ids = [found.auth_id for listed in lists for found in listed]
    assert ids
    assert len(set(ids)) == len(ids)
    assert () in lists
    services = [found.service for listed in lists for found in listed]
    assert all(service is not None and service.title and service.version for service in services)
    assert all(found.service_environment is not None for listed in lists for found in listed)
    organisation = client.authentications(Secret(stand_in.master_token))
    assert not {found.auth_id for found in organisation} & set(ids)


def test_the_fullest_selection_is_accepted(client: TrayClient, stand_in: StandIn) -> None:
    user = client.users().users[0]
    before = len(stand_in.requests)
    client.authentications_of(user.user_id)
    assert len(stand_in.requests) == before + 2


def test_codes_are_made_for_known_users(client: TrayClient) -> None:
    user = client.users().users[0]
    first, second = (client.generate_authorization_code(user.user_id) for _ in range(2))
    assert first != second
    assert first.reveal().isalnum()
    with pytest.raises(GraphQLError) as raised:
        client.generate_authorization_code(NOBODY)
    assert raised.value.code == "user_does_not_exist"
    with pytest.raises(GraphQLError):
        client.authentications_of(NOBODY)


def test_services_and_environments(client: TrayClient) -> None:
    connectors = client.connectors()
    assert any(connector.name == "twilio-output" for connector in connectors)
    assert any(connector.service is None for connector in connectors)
    services = {service.name: service for service in services_of(connectors)}
    assert services["twilio"].service_id == TWILIO
    found = {
        name: client.service_environments(name, service.version or "1") for name, service in services.items()
    }
    assert TWILIO_ENVIRONMENT in {each.service_environment_id for each in found["twilio"]}
    assert any(scope.children for scope in found["salesforce"][0].scopes)
    assert all(scope.description for scope in found["slack"][0].scopes)
    assert any(len(environments) == 2 for environments in found.values())


def test_unknown_services_are_refused(client: TrayClient) -> None:
    with pytest.raises(HttpStatusError) as raised:
        client.service_environments("no such/service", "1")
    assert raised.value.status == 404


def test_a_wrong_token_is_refused(stand_in: StandIn) -> None:
    client = TrayClient(hosts_of(stand_in), Secret("wrong"))
    for operation in (client.users, client.connectors, lambda: client.authorize("u")):
        with pytest.raises(ForbiddenError):
            operation()
    client.close()


def test_a_user_token_is_not_a_master_token(client: TrayClient, stand_in: StandIn) -> None:
    user = client.users().users[0]
    as_user = TrayClient(hosts_of(stand_in), client.authorize(user.user_id))
    with pytest.raises(ForbiddenError):
        as_user.generate_authorization_code(user.user_id)
    as_user.close()


def test_an_expired_user_token_is_replaced(client: TrayClient, clock: Clock, stand_in: StandIn) -> None:
    user = next(user for user in client.users().users if client.authentications_of(user.user_id))
    listed = client.authentications_of(user.user_id)
    clock.ahead_s = 3 * 86_400
    before = len(stand_in.requests)
    assert client.authentications_of(user.user_id) == listed
    assert len(stand_in.requests) == before + 3


def test_a_rate_limit_is_waited_for() -> None:
    with StandIn(requests_per_s=2, burst=1) as stand_in:
        calls: list[str | None] = []
        client = TrayClient(
            hosts_of(stand_in),
            Secret(stand_in.master_token),
            retry=RetryPolicy(max_tries=50),
            observer=lambda call: calls.append(call.error),
        )
        for _ in range(2):
            assert client.users().users
            assert client.connectors()
        client.close()
    assert "RateLimitedError" in calls
    assert set(calls) == {None, "RateLimitedError"}


def test_many_threads_at_once(client: TrayClient) -> None:
    users = client.users().users
    expected = {user.user_id: client.authentications_of(user.user_id) for user in users}
    failures: list[str] = []

    def work(user_id: str) -> None:
        if client.authentications_of(user_id) != expected[user_id]:
            failures.append(user_id)

    threads = [threading.Thread(target=work, args=(user.user_id,)) for user in users * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []


def test_a_stand_in_that_went_away_is_a_network_error(client: TrayClient, stand_in: StandIn) -> None:
    client.users()
    stand_in.stop()
    with pytest.raises(NetworkError):
        client.authorize("u")
