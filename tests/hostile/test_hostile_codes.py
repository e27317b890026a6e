"""A code that was used or has expired: recognised, explained, and one click makes a new one."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from urllib.error import HTTPError

import pytest

from tests.hostile.faulty_tray import FaultyTray
from tests.hostile.launching import CREATE, Launcher
from tests.sizes import only_full
from tray_auth_desktop.standin import StandIn

pytestmark = [pytest.mark.program, pytest.mark.webengine]

_CODE_LIFE_S = 300


class LateClock:
    """Goes right until the first code is made; from then on it is six minutes later."""

    def __init__(self) -> None:
        self.stand_in: StandIn | None = None

    def __call__(self) -> float:
        made = self.stand_in is not None and any(
            seen.operation == "generateAuthorizationCode" for seen in self.stand_in.requests
        )
        return time.time() + (_CODE_LIFE_S + 60 if made else 0)


@pytest.fixture
def late_stand_in() -> Iterator[StandIn]:
    """A stand-in whose first code has expired by the time that the dialog opens."""
    clock = LateClock()
    with StandIn(clock=clock, requests_per_s=10_000, burst=10_000) as stand_in:
        clock.stand_in = stand_in
        yield stand_in


def chosen(stand_in: StandIn) -> tuple[str, ...]:
    """Return the arguments that ask a stand-in for a dialog."""
    user = asked(stand_in, "{ users(first: 1) { edges { node { id } } } }")["users"]["edges"][0]["node"]["id"]
    return ("create", "--user-id", user, "--service", "twilio", "--json")


def asked(stand_in: StandIn, query: str) -> dict[str, dict[str, list[dict[str, dict[str, str]]]]]:
    """Ask a stand-in as its organisation."""
    request = urllib.request.Request(
        stand_in.graphql_url,
        json.dumps({"query": query}).encode(),
        {"Authorization": f"Bearer {stand_in.master_token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as reply:
        data: dict[str, dict[str, list[dict[str, dict[str, str]]]]] = json.load(reply)["data"]
    return data


def test_a_code_that_has_expired(launcher: Launcher, late_stand_in: StandIn) -> None:
    arguments = chosen(late_stand_in)
    launcher.variables |= late_stand_in.environment()

    ended = launcher.run(*arguments)

    assert (ended.answer["outcome"], ended.code) == ("failed", 4), ended.err
    message = ended.answer["message"]
    for word in (
        "refused its single-use code",
        "expired",
        "works once and for 5 minutes",
        "makes a new code",
    ):
        assert word in message
    assert "scopes" not in message, "advice that leads astray"


def test_a_code_that_was_used(launcher: Launcher, tray: FaultyTray) -> None:
    """The API hands out one that somebody has used already."""
    with StandIn(requests_per_s=10_000, burst=10_000) as stand_in:
        tray.code = _spent_code(stand_in)
        launcher.variables |= {
            "TRAY_DIALOG_URL": stand_in.dialog_url, "TRAY_EMBEDDED_ID": stand_in.embedded_id,
        }  # fmt: skip
        ended = launcher.run(*CREATE)
        assert tray.code not in ended.out + ended.err

    assert (ended.answer["outcome"], ended.code) == ("failed", 4), ended.err
    for word in ("refused its single-use code", "used before", "works once", "makes a new code"):
        assert word in ended.answer["message"]


def _spent_code(stand_in: StandIn) -> str:
    user = chosen(stand_in)[2]
    query = f'mutation {{ generateAuthorizationCode(input: {{userId: "{user}"}}) {{ authorizationCode }} }}'
    made = asked(stand_in, query)["generateAuthorizationCode"]
    code = str(made["authorizationCode"])
    with suppress(HTTPError):
        urllib.request.urlopen(
            f"{stand_in.dialog_url}/external/auth/create/{stand_in.embedded_id}?code={code}"
        ).close()
    return code


@pytest.mark.parametrize(
    "text",
    [
        "This link has expired",
        pytest.param("The authorization code is invalid.", marks=only_full),
        pytest.param("Code already used", marks=only_full),
    ],
)
def test_a_code_that_the_dialog_refuses_in_any_words(launcher: Launcher, tray: FaultyTray, text: str) -> None:
    message = json.dumps({"type": "tray.authPopup.error", "error": text})
    tray.dialog = lambda handler: handler.send(200, f"<script>opener.postMessage({message}, '*')</script>")

    answer = launcher.run(*CREATE).answer

    assert answer["outcome"] == "failed"
    for word in ("refused its single-use code", text.rstrip("."), "makes a new code"):
        assert word in answer["message"]


@pytest.mark.parametrize("status", [403, *(pytest.param(status, marks=only_full) for status in (401, 410))])
def test_a_page_without_a_word_says_that_it_may_be_the_code(
    launcher: Launcher, tray: FaultyTray, status: int
) -> None:
    tray.dialog = lambda handler: handler.send(status, "<h1>Sorry</h1>")

    answer = launcher.run(*CREATE).answer

    assert answer["outcome"] == "failed"
    for word in (f"HTTP {status}", "works once and for 5 minutes", "makes a new code"):
        assert word in answer["message"]


def test_the_error_of_something_else_is_not_taken_for_it(launcher: Launcher, tray: FaultyTray) -> None:
    message = json.dumps({"type": "tray.authPopup.error", "error": "No such service environment"})
    tray.dialog = lambda handler: handler.send(200, f"<script>opener.postMessage({message}, '*')</script>")

    assert "Check the service, its environment and the scopes" in launcher.run(*CREATE).answer["message"]
