"""`workspace test`: what is found out about a connection, and the exit codes."""

from __future__ import annotations

import json

import pytest

from tests.cli.workspace_bench import TOKEN, Workspaces, own_hosts, stand_in, workspaces
from tray_auth_desktop.standin import StandIn

__all__ = ["stand_in", "workspaces"]
pytestmark = pytest.mark.program


def test_the_connection_of_a_kept_workspace_is_tested(workspaces: Workspaces, stand_in: StandIn) -> None:
    workspaces.ok("add", "own", *own_hosts(stand_in), "--token-from-stdin", "--use", stdin=f"{TOKEN}\n")
    for arguments in (("test",), ("test", "OWN")):
        tested = workspaces.ok(*arguments)
        assert (tested["workspace"].lower(), tested["ok"]) == ("own", True)
        assert [check["subject"] for check in tested["checks"]] == [
            "Master token", "Region", "REST API", "Dialog host",
        ]  # fmt: skip
        assert {check["verdict"] for check in tested["checks"]} == {"ok"}
    ended = workspaces.run("test")
    assert ended.code == 0
    assert len(ended.out.splitlines()) == 4


def test_the_stand_in_can_be_tested_too(workspaces: Workspaces) -> None:
    assert workspaces.ok("test", "stand-in")["ok"]


def test_a_refused_token_is_6(workspaces: Workspaces, stand_in: StandIn) -> None:
    workspaces.ok("add", "own", *own_hosts(stand_in), "--token-from-stdin", stdin="wr0ng\n")
    ended = workspaces.run("test", "own")
    assert ended.code == 6
    assert ended.out.startswith("failed    Master token:")
    workspaces.program.environment["TRAY_MASTER_TOKEN"] = TOKEN
    assert workspaces.ok("test", "own")["ok"], "the environment counts more than the vault"


def test_a_host_that_is_not_there_is_7(workspaces: Workspaces, stand_in: StandIn) -> None:
    gone = ("--graphql-url", "http://127.0.0.1:9/graphql", "--rest-url", "http://127.0.0.1:9")
    workspaces.ok("add", "gone", *own_hosts(stand_in), *gone, "--token-from-stdin", stdin=f"{TOKEN}\n")
    ended = workspaces.run("test", "gone", "--json")
    assert ended.code == 7
    assert json.loads(ended.out)["ok"] is False
    own = ("--dialog-host", "slack=http://127.0.0.1:9")
    workspaces.ok("add", "half", *own_hosts(stand_in), *own, "--token-from-stdin", stdin=f"{TOKEN}\n")
    ended = workspaces.run("test", "half")
    assert ended.code == 7
    assert [line.split()[0] for line in ended.out.splitlines()] == ["ok", "ok", "ok", "ok", "failed"]
