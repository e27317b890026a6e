"""`history` as another program reads it: the list, one attempt, and how long they are kept."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.journal.schema import connect

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program

pytestmark = pytest.mark.program

OLD_FIELDS = [
    "attempt_id", "workspace", "started_at", "user_id", "service_id", "service_environment_id", "scopes",
    "outcome", "auth_id", "auth_type", "via", "confirmed", "message", "elapsed_ms",
]  # fmt: skip
CREATED = DialogRequest("u-1", "s-1", "e-1", ("read", "write"))
EDITED = DialogRequest("u-2", kind=DialogKind.EDIT, auth_id="auth-9")
SOLUTION = DialogRequest(
    "u-3",
    kind=DialogKind.SOLUTION,
    solution_instance_id="inst-1",
    external_auth_id="slot-1",
    extra_parameters=(("lang", "fr"),),
)
SUBJECT = Subject("Ava \x1b[31mLindqvist", "Slack", "Production")


@pytest.fixture
def journal(program: Program) -> None:
    """The program's own journal, with three attempts: captured, failed, cut off."""
    program.data_dir.mkdir(parents=True)
    path = program.data_dir / "journal.sqlite3"
    now = [time.time() - 86_400.0 * 5]
    made = Journal(path, connect(path), clock=lambda: now[0])
    made.begin("aaaa-1", "Acme", CREATED, SUBJECT)
    made.record("aaaa-1", TimelineEvent(3, Observation(EventKind.API, "It was asked", {"size": 7})))
    made.record("aaaa-1", TimelineEvent(9, Observation(EventKind.CONSOLE, "oh\x07", is_problem=True)))
    made.settle("aaaa-1", Outcome.captured("auth-1", Via.SEVERED_OPENER, "oauth"), 8_123)
    made.confirm("aaaa-1")
    now[0] += 86_400.0 * 4
    made.begin("aaab-2", "Beta", EDITED)
    made.settle("aaab-2", Outcome.without_result(OutcomeKind.FAILED, "No such env."), 40)
    made.begin("bbbb-3", "Beta", SOLUTION, Subject("Mei"))
    made.close()
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    with closing(sqlite3.connect(path)) as other, other:  # else it counts as about to be told
        other.execute("UPDATE attempt SET owner_pid = ?, owner_start = ''", (dead.pid,))


def listed(program: Program, *arguments: str) -> list[dict[str, Any]]:
    ended = program.run("history", *arguments)
    assert ended.code == 0, ended.err
    found: list[dict[str, Any]] = json.loads(ended.out)
    return found


@pytest.mark.usefixtures("journal")
def test_the_list_keeps_its_fields_and_says_what_each_attempt_was_for(program: Program) -> None:
    found = listed(program, "--json")
    assert found == listed(program, "list", "--json") == listed(program, "--json", "list")
    assert [attempt["attempt_id"] for attempt in found] == ["bbbb-3", "aaab-2", "aaaa-1"]
    assert all(list(attempt)[: len(OLD_FIELDS)] == OLD_FIELDS for attempt in found)
    solution, edited, created = found
    assert created["scopes"] == ["read", "write"]
    assert (created["kind"], created["user"], created["service"]) == ("create", SUBJECT.user, "Slack")
    assert (created["service_environment"], created["authentication"]) == ("Production", None)
    assert (created["auth_id"], created["via"], created["confirmed"]) == ("auth-1", "severed-opener", True)
    assert (edited["kind"], edited["edited_auth_id"], edited["outcome"]) == ("edit", "auth-9", "failed")
    assert (edited["user"], edited["known"], edited["message"]) == (None, None, "No such env.")
    assert (solution["kind"], solution["outcome"], solution["elapsed_ms"]) == ("solution", None, None)
    assert (solution["solution_instance_id"], solution["external_auth_id"]) == ("inst-1", "slot-1")
    assert solution["extra_parameters"] == [["lang", "fr"]]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", created["started_at"])
    started = time.strptime(created["started_at"], "%Y-%m-%dT%H:%M:%S%z")
    assert abs(time.mktime(started) - (time.time() - 86_400 * 5)) < 86_400


@pytest.mark.usefixtures("journal")
def test_json_has_an_object_on_each_line(program: Program) -> None:
    lines = program.run("history", "list", "--json").out.splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("[", "]", 5)
    assert [json.loads(line.rstrip(","))["attempt_id"] for line in lines[1:-1]] == [
        "bbbb-3",
        "aaab-2",
        "aaaa-1",
    ]
    assert len(program.run("history", "show", "aaaa-1", "--json").out.splitlines()) == 1


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--limit", "1"), ["bbbb-3"]),
        (("list", "--limit", "2"), ["bbbb-3", "aaab-2"]),
        (("--limit", "0"), []),
        (("list", "--outcome", "captured"), ["aaaa-1"]),
        (("list", "--outcome", "open"), ["bbbb-3"]),
        (("list", "--workspace", "beta", "--outcome", "failed"), ["aaab-2"]),
        (("list", "--workspace", "Acme"), ["aaaa-1"]),
        (("list", "--workspace", "Nobody's"), []),
    ],
)
def test_the_list_is_narrowed(program: Program, arguments: tuple[str, ...], expected: list[str]) -> None:
    # a workspace in the environment is what one works against, and narrows nothing
    program.environment["TRAY_WORKSPACE"] = "Acme"
    assert [found["attempt_id"] for found in listed(program, *arguments, "--json")] == expected


@pytest.mark.usefixtures("journal")
def test_the_table_has_no_code_that_steers_the_terminal(program: Program) -> None:
    for arguments in (("history",), ("history", "list"), ("history", "show", "aaaa")):
        ended = program.run(*arguments)
        assert ended.code == 0
        assert not [letter for letter in ended.out if letter not in "\n\t" and ord(letter) < 32]
        assert "auth-1" in ended.out


@pytest.mark.usefixtures("journal")
def test_one_attempt_is_shown_with_its_timeline(program: Program) -> None:
    ended = program.run("history", "show", "AAAA", "--json")
    assert ended.code == 0
    shown = json.loads(ended.out)
    events = shown.pop("timeline")
    assert shown.pop("findings") == []
    assert shown == listed(program, "--json")[-1]
    assert events == [
        {"at_ms": 3, "kind": "api", "text": "It was asked", "details": {"size": 7}, "is_problem": False},
        {"at_ms": 9, "kind": "console", "text": "oh\x07", "details": {}, "is_problem": True},
    ]
    text = program.run("history", "show", "aaaa-1").out
    for part in ("Slack (Production)", "read write", "8123 ms", "It was asked", "size: 7", "Problem: oh"):
        assert part in text


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize(
    ("beginning", "says"),
    [
        ("nothing", "no attempt 'nothing'"),
        ("aaa", "aaaa-1"),
        ("aaa", "aaab-2"),
        (" ", "no attempt"),
        ("%", "no attempt"),
    ],
)
def test_an_id_that_is_unknown_or_not_unique_is_a_usage_error(
    program: Program, beginning: str, says: str
) -> None:
    ended = program.run("history", "show", beginning, "--json")
    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err


@pytest.mark.usefixtures("journal")
@pytest.mark.webengine
def test_what_is_older_than_the_setting_is_gone_after_the_next_attempt(
    program: Program, tray: MadeUpTray
) -> None:
    """An attempt that was cut off stays, and so does a result that nobody was told of."""
    tray.lists_after_page = [tray.finishing()]
    program.environment["TRAY_HISTORY_DAYS"] = "0.5"
    ended = program.run(*program.create)
    assert ended.code == 0
    found = {attempt["attempt_id"]: attempt for attempt in listed(program, "--json")}
    assert set(found) == {ended.answer["attempt_id"], "aaaa-1", "bbbb-3"}
    assert found[ended.answer["attempt_id"]]["kind"] == "create"
    assert "auth-1" in ended.err  # told now
    program.run("history")
    program.run(*program.create)
    assert "aaaa-1" not in {attempt["attempt_id"] for attempt in listed(program, "--json")}


@pytest.mark.webengine
def test_an_attempt_is_made_again_where_it_was_made(program: Program, tray: MadeUpTray) -> None:
    program.run(*program.create, "--scope", "a b", "--timeout", "0.001")
    (first,) = listed(program, "--json")
    assert first["outcome"] == "timed_out"
    tray.lists_after_page = [tray.finishing()]

    ended = program.run("history", "repeat", first["attempt_id"][:6], "--json")

    assert ended.code == 0, ended.err
    assert (ended.answer["outcome"], ended.answer["user_id"]) == ("captured", "u-1")
    again = listed(program, "--json")[0]
    same = ("workspace", "user_id", "service_id", "service_environment_id", "scopes", "kind")
    assert [again[name] for name in same] == [first[name] for name in same]
    assert again["attempt_id"] == ended.answer["attempt_id"] != first["attempt_id"]


@pytest.mark.usefixtures("journal", "tray")
def test_an_attempt_is_not_made_again_elsewhere(program: Program) -> None:
    ended = program.run("history", "repeat", "aaab")
    assert (ended.code, ended.out) == (2, "")
    assert "made in the workspace Beta" in ended.err
    assert program.run("history", "repeat", "nothing").code == 2
    assert len(listed(program, "--json")) == 3


@pytest.mark.webengine
def test_the_workspace_of_the_attempt_is_taken_if_it_is_set_up(program: Program, tray: MadeUpTray) -> None:
    """Though another one is in use."""
    config = program.folder / "config"
    config.mkdir()
    hosts = (
        f'graphql_url = "{tray.origin}/graphql"\nrest_url = "{tray.origin}"\ndialog_url = "{tray.origin}"\n'
    )
    sections = [f'[workspaces.{name}]\nembedded_id = "acme"\n{hosts}' for name in ("one", "two")]
    (config / "config.toml").write_text('active = "two"\n' + "\n".join(sections))
    for name in ("TRAY_EMBEDDED_ID", "TRAY_GRAPHQL_URL", "TRAY_REST_URL", "TRAY_DIALOG_URL"):
        del program.environment[name]
    program.environment["TRAY_CONFIG_DIR"] = str(config)
    program.run(*program.create, "--workspace", "one", "--timeout", "0.001")
    tray.lists_after_page = [tray.finishing()]

    first = listed(program, "--json")[0]
    assert program.run("history", "repeat", first["attempt_id"]).code == 0
    assert [attempt["workspace"] for attempt in listed(program, "--json")] == ["one", "one"]
    assert program.run("history", "repeat", first["attempt_id"], "--workspace", "two").code == 2
