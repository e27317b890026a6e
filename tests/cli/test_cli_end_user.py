"""An end user by the host application's own id, wherever a command needs one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program
    from tray_auth_desktop.standin import StandIn

pytestmark = pytest.mark.program


def users(*nodes: dict[str, object]) -> dict[str, object]:
    edges = [{"node": node} for node in nodes]
    return {"data": {"users": {"edges": edges, "pageInfo": {"hasNextPage": False}}}}


def test_an_external_id_stands_for_its_end_user(program: Program, stand_in: StandIn) -> None:
    ended = program.run("list", "--external-user-id", " ext-1002 ", "--json")

    assert len(json.loads(ended.out)) == 2


def test_an_external_id_of_nobody(program: Program, stand_in: StandIn) -> None:
    ended = program.run("list", "--external-user-id", "ext-100", "--json")

    assert (ended.code, ended.out) == (2, "")
    assert "'ext-100'" in ended.err


def test_an_external_id_of_several_names_them(program: Program, tray: MadeUpTray) -> None:
    nodes: list[dict[str, object]] = [
        {"id": f"u-{n}", "name": f"N{n}", "externalUserId": "same"} for n in (1, 2)
    ]
    tray.reply_to("users", users(*nodes))

    ended = program.run("list", "--external-user-id", "same", "--json")

    assert (ended.code, ended.out) == (2, "")
    assert "u-1" in ended.err
    assert "u-2" in ended.err


def test_a_server_that_answers_with_others_is_not_believed(program: Program, tray: MadeUpTray) -> None:
    tray.reply_to("users", users({"id": "u-1", "name": "Other", "externalUserId": "other"}))

    ended = program.run("list", "--external-user-id", "mine", "--json")

    assert (ended.code, ended.out) == (2, "")
    assert "Other" in ended.err
    assert not [seen for seen in tray.requests if "userId" in seen.variables]


@pytest.mark.parametrize("arguments", [(), ("--user-id", "u", "--external-user-id", "e"), ("--user-id", "")])
def test_one_end_user_is_needed(program: Program, tray: MadeUpTray, arguments: tuple[str, ...]) -> None:
    ended = program.run("list", *arguments)

    assert (ended.code, ended.out) == (2, "")
    assert "user" in ended.err
