"""`users`: listed page by page, searched on the server, created, deleted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program
    from tray_auth_desktop.standin import StandIn

pytestmark = pytest.mark.program


def page(*users: dict[str, object], next_cursor: str | None = None) -> dict[str, object]:
    edges = [{"node": user, "cursor": f"c-{user['id']}"} for user in users]
    info = {"hasNextPage": next_cursor is not None, "endCursor": next_cursor}
    return {"data": {"users": {"edges": edges, "pageInfo": info}}}


def listed(program: Program, *arguments: str) -> list[dict[str, Any]]:
    ended = program.run("users", "list", "--json", *arguments)
    assert ended.code == 0, ended.err
    found: list[dict[str, Any]] = json.loads(ended.out)
    return found


def test_all_pages_are_listed(program: Program, stand_in: StandIn) -> None:
    for number in range(230):
        stand_in.state.users.create(f"Person {number}", f"many-{number}", is_test_user=False)

    found = listed(program)

    assert len({user["user_id"] for user in found}) == len(found) > 230
    assert {f"many-{number}" for number in range(230)} <= {user["external_user_id"] for user in found}
    assert list(found[0]) == ["user_id", "name", "external_user_id", "is_test_user"]


def test_a_table_for_people(program: Program, stand_in: StandIn) -> None:
    ended = program.run("users", "list")

    heads, first = ended.out.splitlines()[:2]
    assert heads.split() == ["NAME", "EXTERNAL", "USER", "ID", "TEST", "USER", "USER", "ID"]
    assert "Ava Lindqvist" in first
    assert "ext-1001" in first


def test_what_a_limit_leaves_out_is_said(program: Program, stand_in: StandIn) -> None:
    ended = program.run("users", "list", "--json", "--limit", "2")

    assert len(json.loads(ended.out)) == 2
    assert "there are more" in ended.err


def test_a_limit_that_leaves_out_nothing_says_nothing(program: Program, stand_in: StandIn) -> None:
    count = len(listed(program))

    assert program.run("users", "list", "--limit", str(count)).err == ""


@pytest.mark.parametrize("text", ["Ava Lindqvist", "ext-1001", "14ee78f9-73d8-527a-bd84-7734b8424c08"])
def test_search_finds_by_name_and_by_both_ids(program: Program, stand_in: StandIn, text: str) -> None:
    (found,) = listed(program, "--search", text)

    assert found["name"] == "Ava Lindqvist"


def test_a_search_that_matches_name_and_external_id_of_two_lists_both_once(
    program: Program, stand_in: StandIn
) -> None:
    one = stand_in.state.users.create("twin", "twin", is_test_user=False)
    other = stand_in.state.users.create("twin", "other", is_test_user=True)

    found = listed(program, "--search", " twin ")

    assert [user["user_id"] for user in found] == [one.id, other.id]
    assert [user["is_test_user"] for user in found] == [False, True]


def test_name_and_external_id_together_must_both_fit(program: Program, stand_in: StandIn) -> None:
    stand_in.state.users.create("twin", "one", is_test_user=False)
    stand_in.state.users.create("twin", "two", is_test_user=False)

    (found,) = listed(program, "--name", "twin", "--external-user-id", "two")

    assert found["external_user_id"] == "two"


def test_nobody_found_is_an_empty_list_and_a_hint(program: Program, stand_in: StandIn) -> None:
    ended = program.run("users", "list", "--search", "nobody at all", "--json")

    assert (ended.code, ended.out) == (0, "[]\n")
    assert "found nobody" in ended.err


def test_whom_a_server_names_that_does_not_know_the_search(program: Program, tray: MadeUpTray) -> None:
    tray.reply_to(
        "users",
        page(
            {"id": "u-1", "name": "Zoë Quist", "externalUserId": "e-1"},
            {"id": "u-2", "name": "Bo", "externalUserId": "zoe-2"},
            {"id": "u-3", "name": "Cy", "externalUserId": None},
        ),
    )

    ended = program.run("users", "list", "--search", "zoe", "--json")
    assert [user["user_id"] for user in json.loads(ended.out)] == ["u-1", "u-2"]
    assert "1 who have nothing of what was searched for" in ended.err

    ended = program.run("users", "list", "--name", "bo", "--external-user-id", "e-1", "--json")
    assert (ended.code, ended.out) == (0, "[]\n")
    assert "found nobody" in ended.err
    assert "3 who have nothing" in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--search", "x", "--name", "y"),
        ("--search", "  "),
        ("--limit", "0"),
    ],
)
def test_searches_that_cannot_be_meant(
    program: Program, tray: MadeUpTray, arguments: tuple[str, ...]
) -> None:
    ended = program.run("users", "list", *arguments)

    assert (ended.code, ended.out) == (2, "")
    assert not tray.requests


def test_pages_that_go_round_in_circles_are_an_error_not_half_a_list(
    program: Program, tray: MadeUpTray
) -> None:
    tray.reply_to("users", page({"id": "u-1", "name": "A"}, next_cursor="again"))

    ended = program.run("users", "list", "--json")

    assert (ended.code, ended.out) == (6, "")
    assert "leads back to itself" in ended.err
    assert "Check the addresses" in ended.err


def test_odd_users_are_listed_as_far_as_they_go(program: Program, tray: MadeUpTray) -> None:
    tray.reply_to("users", page({"id": "u-1"}, {"id": "u-2", "name": "B\x1b[31m\nC", "isTestUser": "maybe"}))

    ended = program.run("users", "list")

    assert ended.code == 0
    assert "\x1b" not in ended.out
    assert len(ended.out.splitlines()) == 3


def test_users_sorted(program: Program, stand_in: StandIn) -> None:
    by_name = [user["name"] for user in listed(program, "--sort", "name")]

    assert by_name == sorted(by_name, key=str.casefold)
    assert by_name != [user["name"] for user in listed(program)]


def test_create_prints_the_id_and_it_is_there(program: Program, stand_in: StandIn) -> None:
    ended = program.run("users", "create", "--name", " Zoë Q ", "--external-user-id", "z-1", "--test-user")

    assert ended.code == 0
    (found,) = listed(program, "--external-user-id", "z-1")
    assert ended.out == f"{found['user_id']}\n"
    assert (found["name"], found["is_test_user"]) == ("Zoë Q", True)


def test_create_as_json(program: Program, stand_in: StandIn) -> None:
    ended = program.run(
        "users", "create", "--name", "N", "--external-user-id", "z-2", "--no-test-user", "--json"
    )

    answer = ended.answer
    assert answer == {
        "user_id": answer["user_id"], "name": "N", "external_user_id": "z-2", "is_test_user": False,
    }  # fmt: skip


def test_whether_a_test_user_is_meant_is_sent_only_where_it_was_said(
    program: Program, tray: MadeUpTray
) -> None:
    tray.reply_to("createExternalUser", {"data": {"createExternalUser": {"userId": "u-9"}}})

    assert program.run("users", "create", "--name", "N", "--external-user-id", "e").out == "u-9\n"

    (sent,) = tray.requests
    assert "isTestUser" not in sent.variables
    assert sent.authorization == f"Bearer {tray.master_token}"


@pytest.mark.parametrize("arguments", [("--name", "N"), ("--name", " ", "--external-user-id", "e")])
def test_create_needs_both(program: Program, tray: MadeUpTray, arguments: tuple[str, ...]) -> None:
    ended = program.run("users", "create", *arguments)

    assert (ended.code, ended.out) == (2, "")
    assert not tray.requests


def test_a_taken_external_id_is_refused(program: Program, stand_in: StandIn) -> None:
    ended = program.run("users", "create", "--name", "N", "--external-user-id", "ext-1001")

    assert (ended.code, ended.out) == (6, "")
    assert "already" in ended.err


def test_a_create_without_an_answer_may_have_been_made(program: Program, tray: MadeUpTray) -> None:
    tray.reply_to("createExternalUser", "<html><title>Gateway timeout</title></html>", 504)

    ended = program.run("users", "create", "--name", "N", "--external-user-id", "e")

    assert (ended.code, ended.out) == (6, "")
    assert "not known" in ended.err
    assert len(tray.requests) == 1


def test_a_create_whose_connection_breaks_may_have_been_made(program: Program, tray: MadeUpTray) -> None:
    tray.cut_off = {"createExternalUser"}

    ended = program.run("users", "create", "--name", "N", "--external-user-id", "e")

    assert (ended.code, ended.out) == (7, "")
    assert "not known" in ended.err
    assert len(tray.requests) == 1


def test_delete_by_either_id(program: Program, stand_in: StandIn) -> None:
    one = stand_in.state.users.create("One", "del-1", is_test_user=False)
    stand_in.state.users.create("Two", "del-2", is_test_user=False)

    by_id = program.run("users", "delete", one.id, "--yes", "--json")
    by_external_id = program.run("users", "delete", "--external-user-id", "del-2", "--yes")

    assert by_id.answer == {"user_id": one.id, "deleted": True}
    assert by_external_id.code == 0
    assert listed(program, "--search", "del-1") == listed(program, "--search", "del-2") == []


def test_delete_without_confirmation_does_nothing(program: Program, tray: MadeUpTray) -> None:
    ended = program.run("users", "delete", "u-1")

    assert (ended.code, ended.out) == (2, "")
    assert "--yes" in ended.err
    assert not tray.requests


@pytest.mark.parametrize(
    "arguments", [("--yes",), ("u-1", "--external-user-id", "e", "--yes"), (" ", "--yes")]
)
def test_delete_needs_one_end_user(program: Program, tray: MadeUpTray, arguments: tuple[str, ...]) -> None:
    ended = program.run("users", "delete", *arguments)

    assert (ended.code, ended.out) == (2, "")
    assert not tray.requests


def test_delete_of_nobody_is_refused(program: Program, stand_in: StandIn) -> None:
    ended = program.run("users", "delete", "no-such-user", "--yes", "--json")

    assert (ended.code, ended.out) == (6, "")
    assert "user" in ended.err


@pytest.mark.parametrize(
    ("reply", "status", "code"),
    [
        ({"message": "Unauthorized"}, 401, 6),
        ("<html><title>Login</title></html>", 200, 6),
        ({"data": None}, 200, 6),
        ({"data": {"users": {"edges": []}}, "errors": [{"message": "no"}]}, 200, 6),
    ],
    ids=["401", "html", "no data", "errors"],
)
def test_a_list_that_is_refused(
    program: Program, tray: MadeUpTray, reply: object, status: int, code: int
) -> None:
    tray.reply_to("users", reply, status)

    ended = program.run("users", "list", "--json")

    assert (ended.code, ended.out) == (code, "")
    assert ended.err.startswith("tray-auth-desktop: ")
    assert tray.master_token not in ended.err


def test_a_dead_server(program: Program, tray: MadeUpTray) -> None:
    program.environment["TRAY_GRAPHQL_URL"] = "http://127.0.0.1:1/graphql"

    assert program.run("users", "list").code == 7
