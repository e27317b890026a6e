"""What a test names is found at Tray, and whoever may not be used is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tray_auth_desktop.api import TrayClient
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.qa.request import RequestFinder, Wanted
from tray_auth_desktop.qa.workers import Worker
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn

MEI, TEST_USER = "Mei Tanaka", "Rosa Delgado"


@pytest.fixture
def client(stand_in: StandIn) -> Iterator[TrayClient]:
    hosts = Hosts(stand_in.graphql_url, stand_in.rest_url, stand_in.dialog_url)
    client = TrayClient(hosts, Secret(stand_in.master_token))
    yield client
    client.close()


def id_of(client: TrayClient, name: str) -> str:
    return next(user.user_id for page in client.all_users() for user in page.users if user.name == name)


def test_an_end_user_is_known_by_three_names(client: TrayClient) -> None:
    finder = RequestFinder(client, may_use_anybody=True)
    mei = id_of(client, MEI)
    for name in (MEI, "ext-1005", mei):
        assert finder.request(Wanted("twilio", name)).user_id == mei


def test_without_a_name_it_is_a_test_user(client: TrayClient) -> None:
    request = RequestFinder(client, may_use_anybody=False).request(Wanted("Twilio"))
    assert request.user_id == id_of(client, TEST_USER)


def test_only_test_users_unless_anybody_may_be_used(client: TrayClient) -> None:
    finder = RequestFinder(client, may_use_anybody=False)
    finder.request(Wanted("twilio", TEST_USER))
    with pytest.raises(UsageError, match="'Mei Tanaka' is no test user") as caught:
        finder.request(Wanted("twilio", MEI))
    assert "--tray-any-user" in caught.value.advice


@pytest.mark.parametrize(
    ("worker", "why"),
    [
        (Worker("gw0", 2), "2 workers need a test user each; the workspace has 1"),
        (Worker("gw1", 1), "gw1 replaces a worker that has ended, and needs a test user of its own"),
        (Worker("popen", 1), "The worker 'popen' has no number"),
    ],
)
def test_a_worker_for_which_there_is_no_test_user_is_refused(
    client: TrayClient, worker: Worker, why: str
) -> None:
    finder = RequestFinder(client, may_use_anybody=True, worker=worker)
    for user in ("", MEI):
        with pytest.raises(UsageError, match=why):
            finder.request(Wanted("twilio", user))


def test_a_worker_may_name_its_own_end_user_only(client: TrayClient) -> None:
    finder = RequestFinder(client, may_use_anybody=True, worker=Worker("gw0", 1))
    assert finder.request(Wanted("twilio", TEST_USER)).user_id == id_of(client, TEST_USER)
    with pytest.raises(UsageError, match=r"The end user of the worker gw0 is Rosa Delgado .* Mei Tanaka"):
        finder.request(Wanted("twilio", MEI))


def test_two_of_a_name_must_be_told_apart(client: TrayClient) -> None:
    one, other = (client.create_user("Kim Twice", f"ext-kim-{number}") for number in (1, 2))
    finder = RequestFinder(client, may_use_anybody=True)
    with pytest.raises(UsageError, match="2 end users are called 'Kim Twice'") as caught:
        finder.request(Wanted("twilio", "Kim Twice"))
    assert one in str(caught.value)
    assert finder.request(Wanted("twilio", "ext-kim-2")).user_id == other


def test_a_workspace_without_test_users_says_how_to_make_one(client: TrayClient) -> None:
    client.delete_user(id_of(client, TEST_USER))
    with pytest.raises(UsageError, match="no test user") as caught:
        RequestFinder(client, may_use_anybody=False).request(Wanted("twilio"))
    assert "--test-user" in caught.value.advice


def test_names_are_looked_up_once(client: TrayClient, stand_in: StandIn) -> None:
    finder = RequestFinder(client, may_use_anybody=True)
    first = finder.request(Wanted("meridian-support", MEI, "Production", ("a",), "slow", (("lang", "de"),)))
    asked = len(stand_in.requests)
    assert finder.request(Wanted("meridian-support", MEI, "Production")).service_id == first.service_id
    assert len(stand_in.requests) == asked
    assert first.extra_parameters == (("scenario", "slow"), ("lang", "de"))
    assert first.scopes == ("a",)
