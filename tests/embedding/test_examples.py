"""The examples of the documentation, run as they are: another program launches ours, or embeds its dialog."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.embedding.filling_host import FillingHost
from tests.embedding.host_bench import TWILIO, USER_ID
from tests.sizes import IS_FULL
from tray_auth_desktop.standin import StandIn

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
NODE = shutil.which("node")
LIMIT_S = 60

pytestmark = [pytest.mark.program, pytest.mark.webengine]
LAUNCHERS = [
    pytest.param([sys.executable, "create.py"], id="python"),
    pytest.param(["sh", "create.sh"], id="shell"),
    pytest.param(
        [NODE, "create.mjs"], id="node", marks=pytest.mark.skipif(NODE is None, reason="there is no node")
    ),
]
launching = pytest.mark.parametrize("command", LAUNCHERS)
#: What they are answered is the same for all of them: at reduced size one of them has the bad answers.
launching_badly = pytest.mark.parametrize("command", LAUNCHERS if IS_FULL else LAUNCHERS[:1])


def start(command: list[str], environment: dict[str, str], *ids: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*command, *ids],
        cwd=EXAMPLES,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    with process:
        try:
            out, err = process.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return process.returncode, out, err


def kept_ids(standin: StandIn) -> list[str]:
    """What the end user has on the stand-in."""
    from tray_auth_desktop import Hosts, Secret, TrayClient

    client = TrayClient(
        Hosts(standin.graphql_url, standin.rest_url, standin.dialog_url), Secret(standin.master_token)
    )
    try:
        return [found.auth_id for found in client.authentications_of(USER_ID)]
    finally:
        client.close()


@launching
def test_an_auth_id_is_collected(command: list[str], environment: dict[str, str], standin: StandIn) -> None:
    code, out, err = ended(start(command, environment, USER_ID, *TWILIO))
    assert code == 0, err
    assert out == f"authId {kept_ids(standin)[0]}\n"
    assert standin.master_token not in out + err


@launching_badly
def test_who_is_stopped_stops_the_dialog(
    command: list[str], environment: dict[str, str], host: FillingHost
) -> None:
    host.is_filled_in = False
    process = start(command, environment, USER_ID, *TWILIO)
    assert host.opened.wait(LIMIT_S)
    process.send_signal(signal.SIGTERM)
    code, out, err = ended(process)
    assert (code, out) == (3, ""), err
    assert re.search("No authId, exit code 3.*(closed|told to stop)", err)


@launching_badly
def test_a_refusal_and_a_usage_error_are_passed_on(
    command: list[str], environment: dict[str, str], standin: StandIn
) -> None:
    code, out, err = ended(start(command, environment | {"TRAY_MASTER_TOKEN": "wrong"}, USER_ID, *TWILIO))
    assert (code, out) == (6, "")
    assert "exit code 6" in err
    code, out, err = ended(start(command, environment, " ", *TWILIO))
    assert (code, out) == (2, "")
    assert "exit code 2" in err


@launching
def test_without_ids_it_says_how_it_is_called(command: list[str], environment: dict[str, str]) -> None:
    code, out, err = ended(start(command, environment))
    assert (code, out) == (2, "")
    assert err.startswith("Usage: ")
    assert len(err.splitlines()) == 1


def test_the_token_is_on_no_command_line(
    environment: dict[str, str], host: FillingHost, standin: StandIn
) -> None:
    host.is_filled_in = False
    process = start([sys.executable, "create.py"], environment, USER_ID, *TWILIO)
    assert host.opened.wait(LIMIT_S)
    lines = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    assert any(b"create.py" in line for line in lines)
    assert not [line for line in lines if standin.master_token.encode() in line]
    process.terminate()
    assert ended(process)[0] == 3


def test_the_dialog_is_embedded(environment: dict[str, str], standin: StandIn) -> None:
    code, out, err = ended(start([sys.executable, "-W", "error", "embed.py"], environment, USER_ID, *TWILIO))
    assert code == 0, err
    assert out.splitlines() == [f"authId {kept_ids(standin)[0]}", "confirmed True"]
    assert "Traceback" not in err
    assert "Release of profile" not in err


def test_each_example_is_shown_where_it_is_explained() -> None:
    texts = [(ROOT / "docs" / name).read_text("utf-8") for name in ("launching.md", "embedding.md")]
    for path in EXAMPLES.iterdir():
        if path.is_file():
            assert any(f"examples/{path.name}" in text for text in texts), path.name
