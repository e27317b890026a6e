"""`standin`: its ports, and how what is given on the command line is obeyed."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest

from tray_auth_desktop.cli.standin import standin
from tray_auth_desktop.standin import StandIn

if TYPE_CHECKING:
    from tests.cli.conftest import Program

FREE_PORTS = ("--api-port", "0", "--dialog-port", "0", "--provider-port", "0")
Started = Callable[..., dict[str, Any]]


@pytest.fixture
def started(program: Program) -> Iterator[Started]:
    """Start it on free ports, with further arguments; return what it says."""
    processes = []

    def start(*arguments: str) -> dict[str, Any]:
        process = program.start("standin", *FREE_PORTS, *arguments, "--json")
        processes.append(process)
        assert process.stdout is not None
        said: dict[str, Any] = json.loads(process.stdout.readline())
        return said

    yield start
    for process in processes:
        process.terminate()
        program.end(process)


def users(said: dict[str, Any]) -> int:
    """Ask for the users, and return the status."""
    headers = {"Authorization": f"Bearer {said['environment']['TRAY_MASTER_TOKEN']}"}
    query = {"query": "{users{edges{cursor}}}"}
    return httpx.post(said["graphql_url"], json=query, headers=headers, trust_env=False).status_code


def test_the_ports_are_the_same_at_every_start() -> None:
    defaults = {option.name: option.default for option in standin.params}
    assert (defaults["api_port"], defaults["dialog_port"], defaults["provider_port"]) == (18730, 18731, 18732)
    control = next(option for option in standin.params if option.name == "control")
    assert "18733" in str(control.to_info_dict()["help"])


@pytest.mark.program
def test_scenarios_faults_and_seed_are_obeyed(started: Started) -> None:
    said = started(
        *("--scenario", "slow:0.5s", "--scenario", "twilio=finish-twice", "--seed", "7"),
        *("--fault", "operation=users,status=503,count=2", "--fault", "operation=dialog,cut-off"),
        *("--control-port", "0"),
    )
    assert [users(said) for _ in range(3)] == [503, 503, 200]
    held = httpx.get(f"{said['control_url']}/state", trust_env=False).json()
    assert held["scenarios"] == {"*": "slow:0.5s", "twilio": "finish-twice"}
    assert held["random_seed"] == 7
    assert [(fault["operation"], fault["strikes"]) for fault in held["faults"]] == [
        ("users", 2),
        ("dialog", 0),
    ]


@pytest.mark.program
def test_there_is_no_control_unless_asked_for(started: Started) -> None:
    assert started()["control_url"] is None


@pytest.mark.program
def test_the_control_is_named_for_people_too(program: Program) -> None:
    process = program.start("standin", *FREE_PORTS, "--control", "--control-port", "0")
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(5)]
    process.terminate()
    assert program.end(process).code == 0
    assert lines[4].startswith("#   control    http://127.0.0.1:")


@pytest.mark.program
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_stop_ends_it(program: Program, number: signal.Signals) -> None:
    process = program.start("standin", *FREE_PORTS, "--json")
    assert process.stdout is not None
    assert process.stdout.readline()
    process.send_signal(number)
    assert program.end(process, 20).code == 0


@pytest.mark.program
@pytest.mark.parametrize("flag", ["--api-port", "--dialog-port", "--provider-port", "--control-port"])
def test_a_port_that_is_taken_is_named_with_what_helps(program: Program, flag: str) -> None:
    with StandIn() as other:
        port = str(urlsplit(other.rest_url).port)
        ended = program.run("standin", *FREE_PORTS, flag, port)
    assert (ended.code, ended.out) == (2, "")
    assert f"port {port} of 127.0.0.1 cannot be used" in ended.err
    assert "0 takes a free one" in ended.err


@pytest.mark.program
@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--scenario", "hapy"), "there is no scenario 'hapy'"),
        (("--scenario", "twilo=happy"), "there is no service 'twilo'"),
        (("--fault", "operation=users"), "no effect"),
        (("--fault", "users"), "is no fault"),
        (("--frame-ancestors", "localhost"), "'localhost' is no origin"),
        (("--api-port", "70000"), "70000"),
    ],
)
def test_what_makes_no_sense_is_said(program: Program, arguments: tuple[str, str], complaint: str) -> None:
    ended = program.run("standin", *FREE_PORTS, *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err


@pytest.mark.program
@pytest.mark.parametrize(
    ("given", "said_to_browsers"),
    [
        ((), "*"),
        (("none",), "'none'"),
        (("http://localhost:*", "https://a.test"), "http://localhost:* https://a.test"),
    ],
)
def test_who_may_show_the_dialog_is_obeyed(
    started: Started, given: tuple[str, ...], said_to_browsers: str
) -> None:
    said = started(*(part for origin in given for part in ("--frame-ancestors", origin)))
    page = httpx.get(f"{said['dialog_url']}/external/auth/create/any", trust_env=False)
    directives = page.headers["Content-Security-Policy"].split("; ")
    assert f"frame-ancestors {said_to_browsers}" in directives
