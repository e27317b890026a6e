"""The client and the stand-in, two implementations of one contract, over real HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from tray_auth_desktop.api import RetryPolicy, TrayClient, UserCriteria
from tray_auth_desktop.api.diagnosis import diagnose
from tray_auth_desktop.core.connection_check import TokenKind, Verdict
from tray_auth_desktop.core.services import families_of
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.errors import (
    ApiError,
    ForbiddenError,
    GraphQLError,
    HttpStatusError,
    NetworkError,
    UsageError,
)
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
    with pytest.raises(UsageError, match="the organisation's own"):
        client.authentications(Secret(stand_in.master_token))


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
    services = {family.newest.name: family.newest for family in families_of(connectors)}
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


def test_a_user_is_made_changed_and_deleted(client: TrayClient) -> None:
    user_id = client.create_user("Dwight Schrute", "dunder-7", is_test_user=True)
    (made,) = client.users(UserCriteria(external_user_id="dunder-7")).users
    assert (made.user_id, made.name, made.is_test_user) == (user_id, "Dwight Schrute", True)
    client.set_test_user(user_id, False)
    (changed,) = client.users(UserCriteria(user_id=user_id)).users
    assert changed.is_test_user is False
    assert client.authentications_of(user_id) == ()
    client.delete_user(user_id)
    assert client.users(UserCriteria(user_id=user_id)).users == ()
    with pytest.raises(GraphQLError):
        client.authentications_of(user_id)


def test_a_user_made_without_a_word_about_tests_is_none(client: TrayClient) -> None:
    user_id = client.create_user("n", "e-1")
    (made,) = client.users(UserCriteria(user_id=user_id)).users
    assert made.is_test_user is False


def test_operations_tell_their_scopes(client: TrayClient) -> None:
    versions = {connector.name: connector.version for connector in client.connectors()}
    found = {name: client.operations(name, version) for name, version in versions.items()}
    assert any(operation.auth_scopes for operations in found.values() for operation in operations)
    assert all(operation.label for operations in found.values() for operation in operations)


def test_an_authentication_is_looked_at_renamed_and_deleted(client: TrayClient, clock: Clock) -> None:
    user = next(user for user in client.users().users if client.authentications_of(user.user_id))
    listed = client.authentications_of(user.user_id)[0]
    details = client.authentication_details(user.user_id, listed.auth_id)
    assert (details.auth_id, details.name) == (listed.auth_id, listed.name)
    clock.ahead_s = 3 * 86_400
    credentials = Secret('{"account_sid": "AC0123", "auth_token": "token", "access_token": "token"}')
    client.rename_authentication(user.user_id, listed.auth_id, "Another name", credentials)
    renamed = client.authentication_details(user.user_id, listed.auth_id)
    assert renamed.name == "Another name"
    assert renamed.scopes == details.scopes
    clock.ahead_s = 6 * 86_400
    client.delete_authentication(user.user_id, listed.auth_id)
    assert listed.auth_id not in {one.auth_id for one in client.authentications_of(user.user_id)}
    with pytest.raises(HttpStatusError, match="not found, or is not accessible"):
        client.authentication_details(user.user_id, listed.auth_id)


def test_the_authentication_of_another_user_is_not_deleted(client: TrayClient) -> None:
    lists = {user.user_id: client.authentications_of(user.user_id) for user in client.users().users}
    owner = next(user_id for user_id, listed in lists.items() if listed)
    other = next(user_id for user_id in lists if user_id != owner)
    with pytest.raises((GraphQLError, ForbiddenError)):
        client.delete_authentication(other, lists[owner][0].auth_id)
    assert client.authentications_of(owner) == lists[owner]


def test_icons_are_images(client: TrayClient) -> None:
    urls = {connector.service.icon for connector in client.connectors() if connector.service}
    listed = [one for user in client.users().users for one in client.authentications_of(user.user_id)]
    urls |= {one.service.icon for one in listed if one.service}
    images, refusals = [], 0
    for url in filter(None, urls):
        try:
            images.append(client.icon(url))
        except ApiError:
            refusals += 1  # some services have none, as in life
    assert len(images) > refusals
    assert all(image.startswith((b"\x89PNG", b"<svg", b"<?xml", b"GIF8", b"\xff\xd8")) for image in images)


def test_the_connection_is_good(client: TrayClient, stand_in: StandIn) -> None:
    found = list(diagnose(client, [stand_in.dialog_url], stand_in.embedded_id))
    assert [result.subject for result in found] == ["Master token", "Region", "REST API", "Dialog host"]
    assert {result.verdict for result in found} == {Verdict.OK}
    assert client.token_kind() is TokenKind.MASTER


def test_the_wrong_kinds_of_token_are_told_apart(client: TrayClient, stand_in: StandIn) -> None:
    user = client.users().users[0]
    for token, kind, text in (
        (client.authorize(user.user_id), TokenKind.USER, "user token"),
        (Secret("0" * 41), TokenKind.REFUSED, "master token is not allowed"),
    ):
        other = TrayClient(hosts_of(stand_in), token)
        assert other.token_kind() is kind
        first = next(iter(diagnose(other, [], stand_in.embedded_id)))
        assert first.verdict is Verdict.FAILED
        assert text in first.text
        other.close()
