"""Scenarios over HTTP: how they are chosen, which choice wins, and what each answer says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tray_auth_desktop.standin import StandIn
from tray_auth_desktop.standin.state.operations import OPERATIONS
from tray_auth_desktop.standin.state.scenarios import scenario_named, scenarios

if TYPE_CHECKING:
    from tests.standin.conftest import Client, Clock, OpenDialog

GOOD = {"account_sid": "AC0123", "auth_token": "typed"}
COOP = "cross-origin-opener-policy"


@pytest.fixture
def scripted(make_client: Callable[[StandIn], Client]) -> Iterator[Client]:
    """A client of a stand-in that tests may script as they like."""
    with StandIn(requests_per_s=10_000, burst=10_000) as stand_in:
        yield make_client(stand_in)


def submit(page: OpenDialog, **changes: str) -> Any:
    name = changes.pop("name", "Mine")
    return page.act("submit", {"name": name, "fields": GOOD | changes}).json()


def posted(answer: Any) -> list[str]:
    return [step["message"]["type"].rpartition(".")[2] for step in answer["steps"] if step["do"] == "post"]


def test_a_scenario_is_chosen_for_a_service(scripted: Client) -> None:
    scripted.stand_in.scenarios.choose({"twilio": "finish-twice"})
    user_id = scripted.new_user()
    assert posted(submit(scripted.open(scripted.link(user_id, "twilio", 1)))) == ["finish", "finish"]
    trello = scripted.open(scripted.link(user_id, "trello", 1))
    made = trello.act("submit", {"name": "n", "fields": {"api_key": "k", "token": "t"}}).json()
    assert posted(made) == ["finish"]


def test_the_more_particular_choice_wins(scripted: Client) -> None:
    user_id = scripted.new_user()

    def ends(more: str = "", typed: str = "typed") -> list[str]:
        page = scripted.open(scripted.link(user_id, "twilio", 1, more))
        return posted(submit(page, auth_token=typed))

    assert ends() == ["finish"]
    scripted.stand_in.scenarios.choose({"*": "person-closes"})
    assert ends() == ["close"]
    scripted.stand_in.scenarios.choose({"*": "person-closes", "twilio": "finish-twice"})
    assert ends() == ["finish", "finish"]
    assert ends("&scenario=close-before-finish") == ["close", "finish"]
    assert ends("&scenario=close-before-finish", "scenario:never-finishes") == []
    assert ends("&scenario=happy") == ["finish"]


def test_scenarios_are_given_at_the_start(make_client: Callable[[StandIn], Client]) -> None:
    with StandIn(scenarios={"twilio": "never-finishes", "*": "slow:0.1s"}) as stand_in:
        client = make_client(stand_in)
        page = client.open(client.link(client.new_user(), "twilio", 1))
        assert submit(page)["steps"] == []
        assert stand_in.scenarios.chosen == {"twilio": "never-finishes", "*": "slow:0.1s"}


@pytest.mark.parametrize(
    ("chosen", "complaint"),
    [
        ({"twilo": "happy"}, "no service 'twilo'"),
        ({"twilio": "hapy"}, "no scenario 'hapy'"),
        ({"*": "happy:3s"}, "takes no amount"),
        ({"*": "slow:3requests"}, "takes no amount of requests"),
        ({"*": "slow:-3s"}, "no scenario"),
    ],
)
def test_what_does_not_exist_cannot_be_chosen(chosen: dict[str, str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        StandIn(scenarios=chosen)


def test_a_bad_choice_changes_nothing(scripted: Client) -> None:
    scripted.stand_in.scenarios.choose({"*": "finish-twice"})
    with pytest.raises(ValueError, match="no scenario"):
        scripted.stand_in.scenarios.choose({"twilio": "happy", "*": "none"})
    assert scripted.stand_in.scenarios.chosen == {"*": "finish-twice"}


@pytest.mark.parametrize(
    ("more", "status", "text"),
    [
        ("&scenario=hapy", 400, "no scenario"),
        ("&targetOrigin=*", 400, "targetOrigin"),
        ("&targetOrigin=https://app.example/path", 400, "targetOrigin"),
        ("&targetOrigin=javascript:1", 400, "targetOrigin"),
        ("&targetOrigin=https://app.example:8443", 200, "Connect Twilio"),
    ],
)
def test_what_the_address_asks_for_is_checked(client: Client, more: str, status: int, text: str) -> None:
    answer = client.http.get(client.link(client.new_user(), "twilio", 1, more))
    assert (answer.status_code, text in answer.text) == (status, True)


@pytest.mark.parametrize(
    ("sent", "field", "complaint"),
    [
        ({"auth_token": "scenario:none"}, "field.auth_token", "no scenario"),
        ({"name": "scenario: endless-load"}, "name", "before"),
    ],
)
def test_a_typed_scenario_must_be_one_that_can_be_typed(
    client: Client, sent: dict[str, str], field: str, complaint: str
) -> None:
    user_id = client.new_user()
    answer = submit(client.open(client.link(user_id, "twilio", 1)), **sent)
    assert complaint in answer["fields"][field]
    assert client.listed(client.user_token(user_id)) == []


def test_those_that_exist_are_named_where_one_does_not(client: Client) -> None:
    page = client.open(client.link(client.new_user(), "twilio", 1))
    said = submit(page, auth_token="Scenario:hapy")["fields"]["field.auth_token"]
    assert said == f"There is no scenario 'hapy'; there are {', '.join(scenarios())}."


@pytest.mark.parametrize("field", ["name", "auth_token"])
@pytest.mark.parametrize(
    "typed",
    [
        "scenario:finish-twice",
        "SCENARIO:finish-twice",
        "Scenario: Finish-Twice",
        "  scenario:finish-twice  ",
        "scenario : finish-twice",
        "\tscenario:finish-twice\u00a0",
    ],
)
def test_a_scenario_can_be_typed(client: Client, typed: str, field: str) -> None:
    page = client.open(client.link(client.new_user(), "twilio", 1))
    assert posted(submit(page, **{field: typed})) == ["finish", "finish"]


@pytest.mark.parametrize("typed", ["scenario", "my scenario:finish-twice", "scenarios:finish-twice"])
def test_a_text_that_is_no_scenario_is_a_text(client: Client, typed: str) -> None:
    page = client.open(client.link(client.new_user(), "twilio", 1))
    assert posted(submit(page, auth_token=typed)) == ["finish"]


def test_failures_are_counted_by_the_page(client: Client) -> None:
    user_id = client.new_user()
    page = client.open(client.link(user_id, "twilio", 1, "&scenario=error-then-retry"))
    first = page.act("submit", {"name": "Mine", "fields": GOOD})
    assert (first.status_code, posted(first.json())) == (502, ["error"])
    assert client.listed(client.user_token(user_id)) == []
    assert posted(submit(page)) == ["finish"]
    other = client.open(client.link(user_id, "twilio", 1, "&scenario=error-then-retry"))
    assert posted(submit(other)) == ["error"]


def test_headers_of_the_page(client: Client) -> None:
    def headers(scenario: str) -> Any:
        return client.http.get(client.link(client.new_user(), "twilio", 1, f"&scenario={scenario}")).headers

    assert headers("severed-opener")[COOP] == "same-origin"
    refused = headers("iframe-refused")
    assert refused["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in refused["content-security-policy"]
    usual = headers("happy")
    assert COOP not in usual
    assert "x-frame-options" not in usual


def test_everything_of_a_slow_dialog_is_slow(client: Client) -> None:
    page = client.open(client.link(client.new_user(), "twilio", 1, "&scenario=slow:0.3s"))
    submit(page)
    number = len(client.stand_in.requests)
    opened, submitted = (one for one in client.stand_in.requests[number - 2 :])
    assert (opened.operation, submitted.operation) == ("create", "submit")
    assert opened.duration_s >= 0.3
    assert submitted.duration_s >= 0.3


def test_a_lag_in_seconds_ends_by_the_clock(timed_client: Client, clock: Clock) -> None:
    user_id = timed_client.new_user()
    token = timed_client.user_token(user_id)
    made = submit(timed_client.open(timed_client.link(user_id, "twilio", 1, "&scenario=list-lag:8s")))
    assert timed_client.listed(token) == []
    got = timed_client.rest("GET", f"authentications/{made['authenticationId']}", token)
    assert got.status_code == 200
    clock.now += 7.5
    assert timed_client.listed(token) == []
    clock.now += 0.5
    assert [one["id"] for one in timed_client.listed(token)] == [made["authenticationId"]]


def test_a_lag_in_lists_ends_by_their_number(timed_client: Client, clock: Clock) -> None:
    user_id = timed_client.new_user()
    token = timed_client.user_token(user_id)
    submit(timed_client.open(timed_client.link(user_id, "twilio", 1, "&scenario=list-lag:2requests")))
    clock.now += 3600
    assert [len(timed_client.listed(token)) for _ in range(4)] == [0, 0, 1, 1]


def test_the_ordinary_amounts(client: Client) -> None:
    assert (scenario_named("slow").delay_s, scenario_named("slow:0.5s").delay_s) == (2, 0.5)
    lagging = scenario_named("list-lag:3requests")
    assert (lagging.lag_s, lagging.lag_lists) == (0, 3)


def test_each_scenario_says_what_it_is() -> None:
    for name, scenario in scenarios().items():
        assert scenario.name == name
        assert scenario.summary.endswith(".")


def test_an_endless_page_does_not_keep_the_stand_in_from_stopping(
    make_client: Callable[[StandIn], Client], caplog: pytest.LogCaptureFixture
) -> None:
    with StandIn() as stand_in:
        client = make_client(stand_in)
        link = client.link(client.new_user(), "twilio", 1, "&scenario=endless-load")
        with client.http.stream("GET", link) as answer:
            beginning = next(answer.iter_raw())
            stand_in.stop()
    assert b"<title>" in beginning
    assert caplog.records == [one for one in caplog.records if one.name.startswith(("httpx", "httpcore"))]


def test_each_scenario_and_each_operation_is_in_the_documentation() -> None:
    text = (Path(__file__).parents[2] / "docs" / "standin.md").read_text(encoding="utf-8")
    scripted = text.partition("## Scenarios")[2].partition("## Clock")[0]
    assert [name for name in [*scenarios(), *OPERATIONS] if f"`{name}`" not in scripted] == []
