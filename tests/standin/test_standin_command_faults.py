"""Each way to fail, given on the command line and seen over HTTP."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.standin.from_outside import Outside, started

pytestmark = pytest.mark.program
NOBODY = "14ee78f9-73d8-527a-bd84-7734b8424c08"
ELSEWHERE = "http://nowhere.invalid/"
SEED, PROBABILITY, TIMES = 7, 0.5, 20
DELAY_S = 0.3
#: What is asked for → the rest of the rule it meets.
RULES = {
    "users": "status=503,count=2",
    "viewer.authentications": "code=access_not_allowed,count=1",
    "authorize": f"redirect={ELSEWHERE},count=1",
    "listConnectors": f"delay={DELAY_S},count=1",
    "listOperations": "cut-off,count=1",
    "listServiceEnvironments": "malformed,count=1",
    "getAuthentication": f"status=500,probability={PROBABILITY}",
}
CALLS: dict[str, Callable[[Outside], httpx.Response]] = {
    "users": lambda outside: outside.graphql("{users{edges{cursor}}}"),
    "viewer.authentications": lambda outside: outside.graphql("{viewer{authentications{edges{node{id}}}}}"),
    "authorize": lambda outside: outside.graphql(
        "mutation($id: ID!) {authorize(input: {userId: $id}) {accessToken}}", id=NOBODY
    ),
    "listConnectors": lambda outside: outside.rest("connectors"),
    "listOperations": lambda outside: outside.rest("connectors/shopify/versions/3.4/operations"),
    "listServiceEnvironments": lambda outside: outside.rest("services/slack/versions/4/environments"),
    "getAuthentication": lambda outside: outside.rest(f"authentications/{NOBODY}"),
}


def by_chance() -> list[str]:
    """Return what comes of the calls that fail by chance."""
    chance = random.Random(SEED)
    return ["500" if chance.random() < PROBABILITY else "404" for _ in range(TIMES)]


#: What is seen, call by call, and what the record says of the first.
SEEN = {
    "users": (["503", "503", "good"], "status 503"),
    "viewer.authentications": (["access_not_allowed", "good"], "code access_not_allowed"),
    "authorize": ([f"to {ELSEWHERE}", "good"], "redirect"),
    "listConnectors": (["good", "good"], "delay"),
    "listOperations": (["cut off", "good"], "cut off"),
    "listServiceEnvironments": (["malformed", "good"], "malformed"),
    "getAuthentication": (by_chance(), "status 500"),
}


@pytest.fixture(scope="module")
def outside() -> Iterator[Outside]:
    """A stand-in with all of the rules; each is about an operation of its own."""
    rules = [part for name, rest in RULES.items() for part in ("--fault", f"operation={name},{rest}")]
    with started(*rules, "--seed", str(SEED)) as running:
        yield running


def seen(call: Callable[[], httpx.Response]) -> str:
    """Return what comes of a call, in a word."""
    try:
        answer = call()
    except httpx.RemoteProtocolError:
        return "cut off"
    if answer.status_code != 200:
        return f"to {answer.headers['location']}" if answer.is_redirect else str(answer.status_code)
    try:
        said = answer.json()
    except ValueError:
        return "malformed"
    return str(said["errors"][0]["extensions"]["code"]) if "errors" in said else "good"


@pytest.mark.parametrize("operation", RULES)
def test_a_fault_of_the_command_line_strikes(operation: str, outside: Outside) -> None:
    expected, fault = SEEN[operation]
    assert [seen(lambda: CALLS[operation](outside)) for _ in expected] == expected
    struck = [one for one in outside.requests_for(operation) if one["fault"]]
    assert {one["fault"] for one in struck} == {fault}
    (rule,) = (one for one in outside.control("/faults")["faults"] if one["operation"] == operation)
    assert rule["strikes"] == len(struck) == rule.get("count", expected.count("500"))
    if fault == "delay":
        assert struck[0]["duration_s"] >= DELAY_S
