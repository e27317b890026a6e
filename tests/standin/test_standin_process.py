"""The stand-in as an object and as a process: starting, stopping, and where it listens."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tray_auth_desktop.standin import StandIn
from tray_auth_desktop.standin.listeners import bind

LIMIT_S = 20
COMMAND = [sys.executable, "-m", "tray_auth_desktop.standin"]


def port_of(address: str) -> int:
    port = urlsplit(address).port
    assert port is not None
    return port


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "::1", "192.168.1.5", "example.com", "", "127.0.0.2"])
def test_it_refuses_to_listen_on_anything_but_loopback(host: str) -> None:
    with pytest.raises(ValueError, match="loopback only"):
        StandIn(host=host)


def test_localhost_is_loopback() -> None:
    with StandIn(host="localhost") as stand_in:
        assert stand_in.dialog_url.startswith("http://127.0.0.1:")


def test_addresses_are_known_before_it_starts_and_answer_after(http: httpx.Client) -> None:
    stand_in = StandIn()
    addresses = [stand_in.rest_url, stand_in.dialog_url, stand_in.provider_url]
    assert len({port_of(address) for address in addresses}) == 3
    with stand_in:
        assert [http.get(address + "/").status_code for address in addresses] == [200, 200, 200]


def test_it_listens_on_the_loopback_interface_alone() -> None:
    with StandIn() as stand_in:
        assert listens(port_of(stand_in.rest_url))
        with socket.socket() as probe:
            # Bound to every interface, we could not bind another loopback address to the same port.
            probe.bind(("127.0.0.3", port_of(stand_in.rest_url)))


def test_stopping_frees_the_ports_and_ends_the_thread() -> None:
    before = threading.active_count()
    with StandIn() as first:
        ports = [port_of(address) for address in (first.rest_url, first.dialog_url, first.provider_url)]
    assert not any(listens(port) for port in ports)
    assert threading.active_count() == before
    with StandIn(api_port=ports[0], dialog_port=ports[1], provider_port=ports[2]) as second:
        assert [second.rest_url, second.dialog_url, second.provider_url] == [
            first.rest_url,
            first.dialog_url,
            first.provider_url,
        ]


def test_answers_are_sent_at_once() -> None:
    with bind(0) as bound:
        # What asyncio looks at before it switches off the collecting of small packets.
        assert bound.proto == socket.IPPROTO_TCP


def test_it_starts_once_and_stops_any_number_of_times() -> None:
    stand_in = StandIn()
    stand_in.start()
    with pytest.raises(RuntimeError, match="once"):
        stand_in.start()
    stand_in.stop()
    stand_in.stop()


def test_one_that_never_starts_frees_its_ports() -> None:
    stand_in = StandIn()
    port = port_of(stand_in.rest_url)
    stand_in.stop()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", port))


def test_a_taken_port_is_named() -> None:
    with StandIn() as stand_in:
        port = port_of(stand_in.dialog_url)
        with pytest.raises(OSError, match=f"port {port} of 127.0.0.1 cannot be used"):
            StandIn(dialog_port=port)


def test_two_run_side_by_side(http: httpx.Client) -> None:
    with StandIn() as one, StandIn() as other:
        headers = {"Authorization": f"Bearer {one.master_token}"}
        assert http.get(f"{one.rest_url}/core/v1/connectors", headers=headers).status_code == 200
        assert http.get(f"{other.rest_url}/core/v1/connectors", headers=headers).status_code == 403


def test_the_environment_is_all_a_program_needs() -> None:
    stand_in = StandIn(master_token="m" * 41, embedded_id="acme")
    stand_in.stop()
    assert stand_in.environment() == {
        "TRAY_MASTER_TOKEN": "m" * 41,
        "TRAY_EMBEDDED_ID": "acme",
        "TRAY_GRAPHQL_URL": stand_in.graphql_url,
        "TRAY_REST_URL": stand_in.rest_url,
        "TRAY_DIALOG_URL": stand_in.dialog_url,
    }
    assert stand_in.graphql_url == f"{stand_in.rest_url}/graphql"


@pytest.mark.parametrize("host", ["evil.test", "127.0.0.1.evil.test"])
def test_a_request_under_another_name_is_refused(stand_in: StandIn, http: httpx.Client, host: str) -> None:
    for base in (stand_in.rest_url, stand_in.dialog_url, stand_in.provider_url):
        assert http.get(f"{base}/", headers={"Host": host}).status_code == 400


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [*COMMAND, "--until-stdin-closes"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        yield running
        running.kill()


def read_line(process: subprocess.Popen[str]) -> dict[str, str]:
    assert process.stdout is not None
    said: dict[str, str] = json.loads(process.stdout.readline())
    return said


@pytest.mark.program
def test_the_process_says_where_it_serves_and_ends_with_its_input(
    process: subprocess.Popen[str], http: httpx.Client
) -> None:
    said = read_line(process)
    assert set(said) == {
        "graphql_url",
        "rest_url",
        "dialog_url",
        "provider_url",
        "embedded_id",
        "master_token",
    }
    headers = {"Authorization": f"Bearer {said['master_token']}"}
    assert http.get(f"{said['rest_url']}/core/v1/connectors", headers=headers).status_code == 200
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(LIMIT_S) == 0
    assert process.stdout is not None
    assert process.stderr is not None
    assert (process.stdout.read(), process.stderr.read()) == ("", "")


@pytest.mark.program
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_process_ends_cleanly_when_told_to(
    process: subprocess.Popen[str], number: signal.Signals
) -> None:
    said = read_line(process)
    process.send_signal(number)
    assert process.wait(LIMIT_S) == 0
    assert not listens(port_of(said["rest_url"]))


@pytest.mark.program
def test_the_process_dies_with_a_parent_that_is_killed() -> None:
    # A parent that starts the stand-in, passes its line on and then waits to be killed.
    parent_code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "sys.stdout.buffer.write(child.stdout.readline()); sys.stdout.flush()\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", parent_code, *COMMAND, "--until-stdin-closes"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        port = port_of(read_line(parent)["rest_url"])
        with socket.create_connection(("127.0.0.1", port), timeout=LIMIT_S) as connection:
            parent.kill()
            # The connection is closed by the stand-in's end, and by nothing else.
            assert connection.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=LIMIT_S).close()


@pytest.mark.program
def test_the_process_names_a_taken_port(stand_in: StandIn) -> None:
    port = port_of(stand_in.rest_url)
    ended = subprocess.run(
        [*COMMAND, "--api-port", str(port)], capture_output=True, text=True, timeout=LIMIT_S, check=False
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert f"port {port} of 127.0.0.1 cannot be used" in ended.stderr
