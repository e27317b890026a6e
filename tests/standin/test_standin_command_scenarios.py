"""Each scenario, given on the command line for a service of its own, and seen over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from tests.standin.from_outside import Outside, signed, started
from tray_auth_desktop.standin import SeedSize
from tray_auth_desktop.standin.state.catalogue import Service, load_catalogue
from tray_auth_desktop.standin.state.scale_seed import ScaleSeed
from tray_auth_desktop.standin.state.scenarios import scenarios

pytestmark = pytest.mark.program
USER = "4a392901-1acd-54f4-af29-8f1da44444fd"  # Mei Tanaka, who has nothing yet
DELAY_S = 0.2
MORE = 60
FINISH, CLOSES = "post tray.authpopup.finish authId=its id authType=token", "close"
CLOSE, ERROR = "post tray.authpopup.close", "post tray.authPopup.error error=…"
HAPPY = [FINISH, CLOSES]
#: Scenario → what the page is told to do at each press, and in how many of two lists the new one is.
ENDINGS: dict[str, tuple[list[list[str]], int]] = {
    "happy": ([HAPPY], 2),
    "person-closes": ([[CLOSE, CLOSES]], 0),
    "service-error": ([[ERROR], [ERROR]], 0),
    "error-then-retry": ([[ERROR], HAPPY], 2),
    "err-instead-of-error": ([["post tray.authPopup.error err=…"]], 0),
    "renderer-crash": ([["mark crash-renderer"]], 0),
    "finish-twice": ([[FINISH, FINISH, CLOSES]], 2),
    "close-before-finish": ([[CLOSE, FINISH, CLOSES]], 2),
    "never-finishes": ([[]], 2),
    "wrong-case": ([[FINISH.replace("tray.authpopup.finish", "TRAY.AUTHPOPUP.FINISH"), CLOSES]], 2),
    "extra-fields": ([[f"{FINISH} details=… origin=… revision=…", CLOSES]], 2),
    "missing-id": ([["post tray.authpopup.finish authType=token", CLOSES]], 2),
    "malformed-id": ([["post tray.authpopup.finish authId=not-an-id authType=token", CLOSES]], 2),
    "foreign-origin": ([["leave"]], 2),
    "exact-target-origin": ([[f"{FINISH}, exact", CLOSES]], 2),
    "severed-opener": ([HAPPY], 2),
    "iframe-refused": ([HAPPY], 2),
    f"slow:{DELAY_S}s": ([HAPPY], 2),
    "list-lag:1requests": ([HAPPY], 1),
}
APART = ("existing-chosen", "consent-denied", "endless-load")
HEADERS = {
    "severed-opener": ("cross-origin-opener-policy", "same-origin"),
    "iframe-refused": ("x-frame-options", "DENY"),
}


def services() -> dict[str, Service]:
    """Return a service for each scenario: one with a third party for the one that needs it."""
    more = ScaleSeed(SeedSize(services=MORE)).services()
    names = {one.name for one in more.services}
    added = [
        one
        for one in load_catalogue(more.services, more.connectors).services
        if one.name in names and one.version == 1
    ]
    tokens = (one for one in added if not one.environments[0].is_oauth)
    oauth = next(one for one in added if one.environments[0].is_oauth)
    return {name: oauth if name == "consent-denied" else next(tokens) for name in [*ENDINGS, *APART]}


SERVICES = services()


@pytest.fixture(scope="module")
def outside() -> Iterator[Outside]:
    """A stand-in with all scenarios; each is that of one service."""
    chosen = [part for name, one in SERVICES.items() for part in ("--scenario", f"{one.name}={name}")]
    with started(*chosen, "--services", str(MORE)) as running:
        yield running


def address_of(outside: Outside, scenario: str) -> str:
    """Return the address of a fresh dialog that goes that way because of its service."""
    service = SERVICES[scenario]
    place = {"service_id": service.id, "service_environment_id": service.environments[0].id}
    address: str = outside.control("/dialogs", {"user_id": USER} | place)["url"]
    return address


def opened(outside: Outside, scenario: str) -> tuple[httpx.Response, str]:
    """Open a dialog; return its page and the page's token."""
    page = outside.http.get(address_of(outside, scenario))
    token = re.search(r'data-page-token="([0-9a-f]{64})"', page.text)
    assert token is not None
    return page, token[1]


def press(outside: Outside, token: str, **fields: str) -> dict[str, Any]:
    """Fill the form in and press its button."""
    form = {"name": "Mine", "fields": fields}
    address = f"{outside.said['dialog_url']}/external/auth/page/submit"
    answer: dict[str, Any] = outside.http.post(address, json=form, headers=signed(token)).json()
    return answer


def told(answer: dict[str, Any]) -> list[str]:
    """Return what the page is told to do, each in a line."""
    return [line(step, answer.get("authenticationId", "")) for step in answer["steps"]]


def line(step: dict[str, Any], auth_id: str) -> str:
    message = dict(step.get("message", {}))
    words = [step["do"], step.get("mark", ""), str(message.pop("type", ""))]
    known = {auth_id: "its id", "token": "token", "not-an-id": "not-an-id"}
    for name, value in sorted(message.items()):
        words.append(f"{name}={known.get(value, '…') if isinstance(value, str) else '…'}")
    exact = ", exact" if step.get("target") == "exact" else ""
    return " ".join(word for word in words if word) + exact


def lists(outside: Outside, scenario: str) -> list[list[str]]:
    """Ask twice for what the end user has for the scenario's service; return the ids."""
    query = "mutation($id: ID!) {authorize(input: {userId: $id}) {accessToken}}"
    token = outside.graphql(query, id=USER).json()["data"]["authorize"]["accessToken"]
    environment = SERVICES[scenario].environments[0].id
    asked = "{viewer{authentications{edges{node{id serviceEnvironment{id}}}}}}"
    found = [outside.graphql(asked, token).json()["data"]["viewer"]["authentications"]["edges"] for _ in "12"]
    return [
        [edge["node"]["id"] for edge in edges if edge["node"]["serviceEnvironment"]["id"] == environment]
        for edges in found
    ]


@pytest.mark.parametrize("scenario", ENDINGS)
def test_a_scenario_of_the_command_line_acts(scenario: str, outside: Outside) -> None:
    presses, listed = ENDINGS[scenario]
    page, token = opened(outside, scenario)
    assert [told(press(outside, token, api_key="typed")) for _ in presses] == presses
    assert sum(map(len, lists(outside, scenario))) == listed
    for one, (header, value) in HEADERS.items():
        assert (page.headers.get(header) == value) is (scenario == one)
    if scenario.startswith("slow"):
        shown, submitted = outside.control("/requests")["requests"][-5:-3]
        assert (shown["operation"], submitted["operation"]) == ("create", "submit")
        assert min(shown["duration_s"], submitted["duration_s"]) >= DELAY_S


def test_an_existing_one_is_chosen(outside: Outside) -> None:
    scenario = "existing-chosen"
    made, again = (press(outside, opened(outside, scenario)[1], api_key="typed") for _ in range(2))
    assert made["authenticationId"] == again["authenticationId"]
    assert lists(outside, scenario)[0] == [made["authenticationId"]]


def test_the_third_party_denies_access(outside: Outside) -> None:
    _, token = opened(outside, "consent-denied")
    auth_id = press(outside, token)["authenticationId"]
    begun = outside.http.post(f"{outside.said['rest_url']}/session", json={}, headers=signed(token)).json()
    way = outside.http.get(f"{outside.said['rest_url']}/oauth2/auth/{auth_id}?{urlencode(begun)}")
    form = outside.http.get(way.headers["location"])
    ticket = re.search(r'name="ticket" value="(\w+)"', form.text)
    assert ticket is not None
    typed = {"ticket": ticket[1], "account": "mei@example.com", "password": "any"}
    back = outside.http.post(f"{outside.said['provider_url']}/login", data=typed)
    outside.http.get(back.headers["location"])
    progress = f"{outside.said['dialog_url']}/external/auth/page/progress"
    assert outside.http.get(progress, headers=signed(token)).json()["progress"] == "denied"
    assert lists(outside, "consent-denied") == [[], []]


def test_half_of_a_page_comes(outside: Outside) -> None:
    with outside.http.stream("GET", address_of(outside, "endless-load")) as answer:
        beginning = next(answer.iter_raw())
    assert b"<title>" in beginning
    assert b"</html>" not in beginning


def test_every_scenario_is_tried() -> None:
    assert {name.partition(":")[0] for name in SERVICES} == set(scenarios())
