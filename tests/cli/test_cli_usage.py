"""What cannot work is said before anything happens; what needs no window opens none."""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from tray_auth_desktop import __version__

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program

pytestmark = pytest.mark.program
FREE_PORTS = ("--api-port", "0", "--dialog-port", "0", "--provider-port", "0")


def test_version_and_help(program: Program) -> None:
    assert program.run("--version").out == f"tray-auth-desktop, version {__version__}\n"
    help_text = program.run("--help").out
    for command in ("create", "list", "history", "demo", "standin"):
        assert command in help_text
    assert program.run("create", "--help").code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("create", "--user-id", "u"), "--service-id"),
        (("create", "--user-id", " ", "--service-id", "s", "--service-environment-id", "e"), "user id"),
        (("nonsense",), "nonsense"),
        (("list", "--user-id", "u", "--region", "mars"), "mars"),
        (("list", "--user-id", "u", "--graphql-url", "http://tray.example/graphql"), "https"),
        (("list", "--user-id", "u", "--graphql-url", "https://u:p@tray.example/graphql"), "web origin"),
    ],
)
def test_usage(program: Program, arguments: tuple[str, ...], says: str) -> None:
    program.environment["TRAY_MASTER_TOKEN"] = "5ec7e7" * 7

    ended = program.run(*arguments)

    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err


@pytest.mark.parametrize(
    ("missing", "says"),
    [("TRAY_MASTER_TOKEN", "TRAY_MASTER_TOKEN"), ("TRAY_EMBEDDED_ID", "TRAY_EMBEDDED_ID")],
)
def test_half_an_account_is_not_the_stand_in(
    program: Program, tray: MadeUpTray, missing: str, says: str
) -> None:
    del program.environment[missing]

    ended = program.run(*program.create)

    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err


@pytest.mark.parametrize("value", ["0", "-1", "soon", "1e9", "nan"])
def test_time_limit(program: Program, tray: MadeUpTray, value: str) -> None:
    ended = program.run(*program.create, "--timeout", value)

    assert (ended.code, ended.out) == (2, "")
    assert "time" in ended.err.lower()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root has no sandbox")
def test_as_root_no_dialog_of_another_host(program: Program, tray: MadeUpTray) -> None:
    program.environment.pop("QTWEBENGINE_DISABLE_SANDBOX", None)
    program.environment["TRAY_DIALOG_URL"] = "https://embedded.example.com"

    ended = program.run(*program.create)

    assert (ended.answer["outcome"], ended.code) == ("crashed", 8)
    assert "--no-engine-sandbox" in ended.answer["message"]
    assert "root" in ended.answer["message"]
    assert not tray.requests


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a display")
def test_no_display(program: Program, tray: MadeUpTray) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        program.environment.pop(name, None)

    ended = program.run(*program.create)

    assert (ended.answer["outcome"], ended.code) == ("crashed", 8)
    assert "QT_QPA_PLATFORM=offscreen" in ended.answer["message"]
    assert program.run().code == 8


def test_list(program: Program, tray: MadeUpTray) -> None:
    tray.listed = ["569adf96-3c05-40a6-b565-07e829d2c56d"]

    table, answer = program.run("list", "--user-id", "u-1"), program.run("list", "--user-id", "u-1", "--json")

    assert (table.code, answer.code) == (0, 0)
    assert tray.listed[0] in table.out
    (found,) = json.loads(answer.out)
    assert found["auth_id"] == tray.listed[0]
    assert list(found) == [
        "auth_id", "name", "service_id", "service", "service_environment_id", "service_environment",
        "service_name", "service_version", "custom_fields",
    ]  # fmt: skip


def test_list_needs_no_embedded_id(program: Program, tray: MadeUpTray) -> None:
    del program.environment["TRAY_EMBEDDED_ID"]

    assert program.run("list", "--user-id", "u-1", "--json").out == "[]\n"


def test_list_refused(program: Program, tray: MadeUpTray) -> None:
    tray.reply_to("authorize", {"message": "Unauthorized"}, 401)

    ended = program.run("list", "--user-id", "u-1", "--json")

    assert (ended.code, ended.out) == (6, "")
    assert "token" in ended.err


def test_list_on_the_programs_own_stand_in(program: Program) -> None:
    for name in [
        name for name in program.environment if name.startswith("TRAY_") and name != "TRAY_DATA_DIR"
    ]:
        del program.environment[name]

    ended = program.run("list", "--user-id", "no-such-user")

    assert ended.code == 6
    assert "user" in ended.err


def test_stand_in_alone(program: Program) -> None:
    process = program.start("standin", *FREE_PORTS, "--json")
    assert process.stdout is not None
    said = json.loads(process.stdout.readline())
    program.environment |= said["environment"]

    ended = program.run("list", "--user-id", "no-such-user")

    assert ended.code == 6
    process.send_signal(signal.SIGTERM)
    assert program.end(process).code == 0


def test_stand_in_stays_on_this_computer(program: Program) -> None:
    ended = program.run("standin", "--host", "0.0.0.0")

    assert (ended.code, ended.out) == (2, "")
    assert "loopback" in ended.err


def test_history_of_nothing(program: Program) -> None:
    assert program.run("history", "--json").out == "[]\n"
    assert "(none)" in program.run("history").out


def test_a_damaged_journal_is_set_aside_and_said(program: Program, tray: MadeUpTray) -> None:
    program.data_dir.mkdir()
    (program.data_dir / "journal.sqlite3").write_bytes(b"this is no database" * 300)
    tray.page = "<!doctype html><script>opener.postMessage({type: 'tray.authpopup.close'}, '*')</script>"

    ended = program.run(*program.create)

    assert ended.answer["outcome"] == "closed"
    assert "set aside" in ended.err
    assert list(program.data_dir.glob("journal.sqlite3.damaged-*"))


def test_without_a_journal_the_result_is_still_given(program: Program, tray: MadeUpTray) -> None:
    program.environment["TRAY_DATA_DIR"] = str(program.folder / "file" / "data")
    (program.folder / "file").write_text("in the way")
    auth_id = tray.finishing()
    tray.lists_after_page = [auth_id]

    ended = program.run(*program.create)

    assert (ended.code, ended.answer["auth_id"]) == (0, auth_id)
    assert "not kept on disk" in ended.err
