"""The stand-in with more in it than anybody has: what is added, that it stays, and how fast it is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING

import httpx
import pytest

from tray_auth_desktop.standin import SeedSize, StandIn
from tray_auth_desktop.standin.state.scale_seed import ScaleSeed
from tray_auth_desktop.standin.state.state import State
from tray_auth_desktop.standin.state.users import Criteria, EndUser, PageRequest, cursor_of

if TYPE_CHECKING:
    from tests.standin.conftest import Client

SMALL = SeedSize(authentications=3_000, users=450, services=30)
LARGE = SeedSize(authentications=100_000, users=20_000, services=1_000)
#: As the documentation names it.
BIG_USER_ID = "632be88e-a9de-58fd-93b5-30eb73c8cbe7"
START_LIMIT_S = 20


@pytest.fixture(scope="module")
def scaled() -> Iterator[StandIn]:
    with StandIn(seed=SMALL, requests_per_s=10_000, burst=10_000) as running:
        yield running


@pytest.fixture
def big(scaled: StandIn, make_client: Callable[[StandIn], Client]) -> Client:
    return make_client(scaled)


def everyone(client: Client, first: int = 100) -> list[dict[str, str]]:
    nodes: list[dict[str, str]] = []
    after = None
    while True:
        page = client.data("users", first=first, after=after)["users"]
        nodes += [edge["node"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return nodes


def test_all_authentications_are_one_end_users(big: Client) -> None:
    assert big.stand_in.big_user_id == BIG_USER_ID
    nodes = big.listed(big.user_token(BIG_USER_ID))
    assert len(nodes) == SMALL.authentications
    assert len({node["id"] for node in nodes}) == SMALL.authentications
    assert len({node["name"] for node in nodes}) == SMALL.authentications
    other = next(user for user in everyone(big) if user["externalUserId"] == "scale-000001")
    assert big.listed(big.user_token(other["id"])) == []


def test_authentications_are_spread_over_all_services(big: Client) -> None:
    nodes = big.listed(big.user_token(BIG_USER_ID))
    used = Counter(node["serviceEnvironment"]["id"] for node in nodes)
    assert len(used) == len(big.stand_in.state.catalogue.places)
    neighbours = {node["service"]["name"] for node in nodes[:10]}
    assert len(neighbours) > 5


def test_the_ordinary_seed_comes_first_and_is_unchanged(big: Client, client: Client) -> None:
    plain = State("acme", "m").users.all()
    users = everyone(big)
    assert [node["id"] for node in users[: len(plain)]] == [user.id for user in plain]
    assert len(users) == len(plain) + 1 + SMALL.users
    assert client.stand_in.big_user_id is None


def test_users_are_found_among_many(big: Client) -> None:
    found = big.data("users", criteria={"externalUserId": "scale-000450"})["users"]["edges"]
    assert [edge["node"]["externalUserId"] for edge in found] == ["scale-000450"]
    named = big.data("users", criteria={"name": "brightWATER"})["users"]["edges"]
    assert [edge["node"]["id"] for edge in named] == [BIG_USER_ID]


def test_each_service_has_two_versions_with_connectors_and_environments(big: Client) -> None:
    elements = big.rest("GET", "connectors").json()["elements"]
    more = elements[-2 * SMALL.services :]
    assert Counter(Counter(one["service"]["name"] for one in more).values()) == {2: SMALL.services}
    service = more[0]["service"]
    path = f"services/{service['name']}/versions/{service['version']}/environments"
    assert [one["title"] for one in big.rest("GET", path).json()["elements"]] == ["Production", ""]
    operations = big.rest("GET", f"connectors/{more[0]['name']}/versions/2.0/operations").json()["elements"]
    assert operations[0]["authScopes"] == ["records.read"]


def test_the_dialog_opens_for_a_service_that_was_added(big: Client) -> None:
    service = big.stand_in.state.catalogue.services[-1]
    page = big.open(big.link(BIG_USER_ID, service.name, service.version))
    assert f"Connect {service.title}" in page.text


def test_ids_are_the_same_at_every_start(scaled: StandIn) -> None:
    again = State("other", "other", seed_size=SMALL)
    for one, other in ((scaled.state, again), (again, scaled.state)):
        assert [a.id for a in one.authentications.of(BIG_USER_ID)] == [
            a.id for a in other.authentications.of(BIG_USER_ID)
        ]
    assert [s.id for s in scaled.state.catalogue.services] == [s.id for s in again.catalogue.services]
    assert [u.id for u in again.users.all()] == [u.id for u in scaled.state.users.all()]


def test_a_smaller_seed_is_the_beginning_of_a_larger_one() -> None:
    few, many = ScaleSeed(SeedSize(users=10, services=5)), ScaleSeed(SeedSize(users=20, services=9))
    assert many.users()[:10] == few.users()
    assert many.services().services[:10] == few.services().services


def test_a_thousand_services_have_names_of_their_own_and_so_have_more() -> None:
    services = ScaleSeed(SeedSize(services=1_500)).services().services
    assert len({service.name for service in services}) == 1_500


@pytest.mark.parametrize("size", [{"users": -1}, {"services": 1_000_001}])
def test_a_size_that_makes_no_sense_is_refused(size: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=f"the number of {next(iter(size))} must be between"):
        SeedSize(**size)


def test_the_front_page_stays_short(big: Client) -> None:
    text = big.http.get(f"{big.stand_in.rest_url}/").text
    assert f"and {len(big.stand_in.state.users.all()) - 200} more" in text
    assert text.count("<tr>") < 700


def test_the_documented_query_is_spared_the_executor(big: Client) -> None:
    token = big.user_token(BIG_USER_ID)

    def best_of_three(document: str) -> float:
        times = []
        for _ in range(3):
            began = perf_counter()
            big.send(document, token)
            times.append(perf_counter() - began)
        return min(times)

    # Measured: a tenth. The machine is the same for both, so it may be slow.
    assert best_of_three("authentications") < best_of_three("authentications_by_fragment") / 2


def test_the_largest_lists_are_answered_whole(make_client: Callable[[StandIn], Client]) -> None:
    with StandIn(seed=LARGE) as stand_in:
        client = make_client(stand_in)
        answer = client.send("authentications", client.user_token(BIG_USER_ID))
        assert len(answer.json()["data"]["viewer"]["authentications"]["edges"]) == LARGE.authentications
        connectors = client.rest("GET", "connectors").json()["elements"]
        assert len(connectors) > 2 * LARGE.services


looked_at: list[str] = []


class Counting(Criteria):
    """Everyone, and a record of who was looked at."""

    def match(self, user: EndUser) -> bool:
        looked_at.append(user.id)
        return super().match(user)


def test_the_last_page_costs_what_the_first_does() -> None:
    users = State("acme", "m", seed_size=SeedSize(users=20_000)).users
    looked_at.clear()
    criteria = Counting()
    page = users.page(criteria, PageRequest(first=100, after=cursor_of(users.all()[-150])))
    assert (len(page.users), page.has_previous, page.has_next) == (100, True, True)
    assert len(looked_at) < 110


@pytest.mark.program
def test_the_command_names_the_end_user(http: httpx.Client) -> None:
    command = [sys.executable, "-m", "tray_auth_desktop", "standin", "--json"]
    sizes = ["--authentications", "30", "--users", "5", "--services", "3"]
    with subprocess.Popen([*command, *sizes], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = json.loads(process.stdout.readline())
            headers = {"Authorization": f"Bearer {said['environment']['TRAY_MASTER_TOKEN']}"}
            connectors = http.get(f"{said['rest_url']}/core/v1/connectors", headers=headers).json()[
                "elements"
            ]
        finally:
            process.terminate()
            process.wait(START_LIMIT_S)
    assert said["big_user_id"] == BIG_USER_ID
    assert [one["version"] for one in connectors[-6:]] == ["2.0", "1.0"] * 3


@pytest.mark.program
def test_the_command_refuses_a_size_that_makes_no_sense() -> None:
    command = [sys.executable, "-m", "tray_auth_desktop", "standin", "--users", "-1"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=START_LIMIT_S, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "the number of users must be between 0 and 1,000,000" in ended.stderr
