"""`list`, `show`, `rename` and `delete`: what one does with authentications without a dialog."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program
    from tray_auth_desktop.standin import StandIn

AVA = "14ee78f9-73d8-527a-bd84-7734b8424c08"
OF_AVA = ("--user-id", AVA)
SECRET = "tok-7f3a91c2d4e5"

pytestmark = pytest.mark.program


def listed(program: Program, *arguments: str) -> list[dict[str, Any]]:
    ended = program.run("list", *OF_AVA, "--json", *arguments)
    assert ended.code == 0, ended.err
    found: list[dict[str, Any]] = json.loads(ended.out)
    return found


def authentications(*nodes: dict[str, object]) -> dict[str, object]:
    return {"data": {"viewer": {"authentications": {"edges": [{"node": node} for node in nodes]}}}}


# list


def test_list_tells_all_that_the_list_has(program: Program, stand_in: StandIn) -> None:
    found = {one["name"]: one for one in listed(program)}

    assert len(found) == 4
    one = found["Meridian Support, sandbox"]
    assert (one["service_name"], one["service_version"]) == ("meridian-support", "2")
    assert one["service_environment"] == "Untitled (eb33b939)"


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("--service", "slack"), 2),
        (("--service", "SLACK"), 2),
        (("--service", "3e21b055-1597-40ae-bcc2-72af0843b283"), 2),
        (("--search", "support"), 2),
        (("--search", "desk SLACK"), 1),
        (("--search", "9ad36753"), 1),
        (("--search", "support", "--service", "slack"), 1),
        (("--service", "no such"), 0),
    ],
)
def test_list_filtered(program: Program, stand_in: StandIn, arguments: tuple[str, ...], count: int) -> None:
    assert len(listed(program, *arguments)) == count


def test_list_sorted(program: Program, tray: MadeUpTray) -> None:
    names = ["item 10", "Item 9", "", "item 1", "Zoe"]
    nodes: list[dict[str, object]] = [{"id": f"i-{n}", "name": name} for n, name in enumerate(names)]
    tray.reply_to("viewer", authentications(*nodes))

    ended = program.run("list", "--user-id", "u-1", "--json", "--sort", "name")

    assert [one["name"] for one in json.loads(ended.out)] == ["item 1", "Item 9", "item 10", "Zoe", ""]


def test_list_as_csv(program: Program, tray: MadeUpTray) -> None:
    names = ['a "quoted", one', "=HYPERLINK(1)", "two\nlines", "ü"]
    nodes: list[dict[str, object]] = [
        {"id": f"i-{n}", "name": name, "customFields": {"k": n}} for n, name in enumerate(names)
    ]
    tray.reply_to("viewer", authentications(*nodes))

    ended = program.run("list", "--user-id", "u-1", "--csv")

    heads, *rows = csv.reader(io.StringIO(ended.out))
    assert heads[:2] == ["auth_id", "name"]
    assert [row[1] for row in rows] == ['a "quoted", one', "'=HYPERLINK(1)", "two\nlines", "ü"]
    assert [json.loads(row[heads.index("custom_fields")])["k"] for row in rows] == [0, 1, 2, 3]


def test_list_in_one_form_only(program: Program, tray: MadeUpTray) -> None:
    ended = program.run("list", "--user-id", "u-1", "--csv", "--json")

    assert (ended.code, ended.out) == (2, "")
    assert not tray.requests


def test_nothing_a_server_sends_steers_the_terminal(program: Program, tray: MadeUpTray) -> None:
    tray.reply_to("viewer", authentications({"id": "i-1", "name": "\x1b]0;x\x07\u202egnp.exe\r\n\u0085"}))

    table = program.run("list", "--user-id", "u-1").out
    answer = program.run("list", "--user-id", "u-1", "--json").out

    assert len(table.splitlines()) == 2
    assert all(line.isprintable() for line in (*table.split("\n"), *answer.split("\n")))


def test_a_terminal_that_knows_few_letters_is_no_reason_to_fail(program: Program, tray: MadeUpTray) -> None:
    tray.reply_to("viewer", authentications({"id": "i-1", "name": "Zoë 日本"}))
    program.environment["PYTHONIOENCODING"] = "ascii"

    for form in ((), ("--csv",), ("--json",)):
        ended = program.run("list", "--user-id", "u-1", *form)
        assert (ended.code, "i-1" in ended.out) == (0, True)


# show


def test_show(program: Program, stand_in: StandIn) -> None:
    (one,) = listed(program, "--search", "product team")

    shown = program.run("show", one["auth_id"], *OF_AVA, "--json").answer

    assert {name: shown[name] for name in one} == one
    assert (shown["user_id"], shown["on_prem_agent_group_id"]) == (AVA, None)
    assert isinstance(shown["scopes"], list)
    text = program.run("show", one["auth_id"], *OF_AVA).out
    assert all(value in text for value in (one["auth_id"], one["name"], one["service_environment_id"]))


def test_show_raw(program: Program, tray: MadeUpTray) -> None:
    body = {"id": "i-1", "name": "N", "serviceEnvironmentId": "e-1", "further": {"as": ["it", "came"]}}
    tray.pages["/core/v1/authentications/i-1"] = (json.dumps(body), {"Content-Type": "application/json"})

    ended = program.run("show", "i-1", "--user-id", "u-1", "--raw")

    assert json.loads(ended.out) == body


def test_show_does_without_the_list(program: Program, tray: MadeUpTray) -> None:
    body = {"id": "i-1", "name": "N", "serviceEnvironmentId": "e-1", "scopes": ["a"]}
    tray.pages["/core/v1/authentications/i-1"] = (json.dumps(body), {"Content-Type": "application/json"})
    tray.reply_to("viewer", {"errors": [{"message": "broken"}]})

    ended = program.run("show", "i-1", "--user-id", "u-1", "--json")

    shown = json.loads(ended.out)
    assert (shown["name"], shown["service_environment_id"], shown["scopes"]) == ("N", "e-1", ["a"])
    assert shown["service"] is None
    assert "broken" in ended.err


def test_show_of_one_that_is_not_there(program: Program, stand_in: StandIn) -> None:
    ended = program.run("show", "9ad36753-0000-4000-8000-000000000000", *OF_AVA, "--json")

    assert (ended.code, ended.out) == (6, "")
    assert "not found" in ended.err


# rename


def test_rename_takes_the_credentials_from_stdin(program: Program, stand_in: StandIn) -> None:
    (one,) = listed(program, "--service", "twilio")
    credentials = json.dumps({"account_sid": "AC01", "auth_token": SECRET})

    ended = program.run_with(
        credentials, "rename", one["auth_id"], *OF_AVA, "--name", " New name ", "--credentials-from-stdin",
        "--json", "--log-level", "debug",
    )  # fmt: skip

    assert ended.answer == {"auth_id": one["auth_id"], "user_id": AVA, "name": "New name"}
    assert SECRET not in ended.err
    (renamed,) = listed(program, "--service", "twilio")
    assert renamed["name"] == "New name"


@pytest.mark.parametrize(
    "typed", [SECRET, f'["{SECRET}"]', "", '{"auth_token": "' + SECRET, "\ufeff"], ids=repr
)
def test_credentials_that_are_none(program: Program, tray: MadeUpTray, typed: str) -> None:
    ended = program.run_with(
        typed, "rename", "i-1", "--user-id", "u-1", "--name", "N", "--credentials-from-stdin"
    )

    assert (ended.code, ended.out) == (2, "")
    assert "JSON object" in ended.err
    assert SECRET not in ended.err


def test_credentials_the_service_does_not_take(program: Program, stand_in: StandIn) -> None:
    (one,) = listed(program, "--service", "twilio")

    ended = program.run_with(
        f'{{"other": "{SECRET}"}}', "rename", one["auth_id"], *OF_AVA, "--name", "N",
        "--credentials-from-stdin",
    )  # fmt: skip

    assert (ended.code, ended.out) == (6, "")
    assert "account_sid" in ended.err
    assert SECRET not in ended.err


def test_rename_without_credentials_says_what_else_there_is(program: Program, tray: MadeUpTray) -> None:
    ended = program.run("rename", "i-1", "--user-id", "u-1", "--name", "N")

    assert (ended.code, ended.out) == (2, "")
    assert "edit i-1" in ended.err
    assert not tray.requests


# delete


def test_delete(program: Program, stand_in: StandIn) -> None:
    (one,) = listed(program, "--service", "twilio")

    ended = program.run("delete", one["auth_id"], *OF_AVA, "--yes", "--json")

    assert ended.answer == {"auth_id": one["auth_id"], "user_id": AVA, "deleted": True}
    assert not listed(program, "--service", "twilio")
    again = program.run("delete", one["auth_id"], *OF_AVA, "--yes", "--json")
    assert (again.code, again.out) == (6, "")


def test_delete_must_be_confirmed(program: Program, tray: MadeUpTray) -> None:
    ended = program.run_with("y\n", "delete", "i-1", "--user-id", "u-1")

    assert (ended.code, ended.out) == (2, "")
    assert "--yes" in ended.err
    assert not tray.requests


# What can go wrong with all of them.

COMMANDS = [
    ("list",),
    ("show", "i-1"),
    ("delete", "i-1", "--yes"),
    ("rename", "i-1", "--name", "N", "--credentials-from-stdin"),
]
every_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])


@every_command
@pytest.mark.parametrize(
    ("reply", "status", "says"),
    [
        ({"message": "User is not authorized"}, 403, "master token"),
        ("<html><title>Sign in to the proxy</title></html>", 200, "Sign in to the proxy"),
        (
            {"data": None, "errors": [{"message": "No user", "extensions": {"code": "user_does_not_exist"}}]},
            200,
            "user_does_not_exist",
        ),
        ({"data": {"authorize": {}}}, 200, "another shape"),
    ],
    ids=["refused", "html", "unknown user", "no token"],
)
def test_refused(
    program: Program, tray: MadeUpTray, command: tuple[str, ...], reply: object, status: int, says: str
) -> None:
    tray.reply_to("authorize", reply, status)

    ended = program.run_with(f'{{"a": "{SECRET}"}}', *command, "--user-id", "u-1", "--json")

    assert (ended.code, ended.out) == (6, "")
    assert says in ended.err


@every_command
def test_nobody_there(program: Program, tray: MadeUpTray, command: tuple[str, ...]) -> None:
    program.environment["TRAY_GRAPHQL_URL"] = "http://127.0.0.1:1/graphql"

    ended = program.run_with('{"a": "b"}', *command, "--user-id", "u-1")

    assert (ended.code, ended.out) == (7, "")


@every_command
def test_no_token(program: Program, tray: MadeUpTray, command: tuple[str, ...]) -> None:
    del program.environment["TRAY_MASTER_TOKEN"]

    ended = program.run_with('{"a": "b"}', *command, "--user-id", "u-1")

    assert (ended.code, ended.out) == (2, "")
    assert "TRAY_MASTER_TOKEN" in ended.err


@every_command
def test_no_secret_is_left_behind(program: Program, tray: MadeUpTray, command: tuple[str, ...]) -> None:
    ended = program.run_with(f'{{"a": "{SECRET}"}}', *command, "--user-id", "u-1", "--log-level", "debug")

    written = [path.read_text(errors="replace") for path in Path(program.folder).rglob("*") if path.is_file()]
    for secret in (tray.master_token, tray.user_token, SECRET):
        assert not [text for text in (ended.out, ended.err, *written) if secret in text]
