"""`create` that is stopped, killed or shown something odd: no result is lost, and it ends."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.posting import post

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program

pytestmark = [pytest.mark.program, pytest.mark.webengine]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop(program: Program, tray: MadeUpTray, number: signal.Signals) -> None:
    tray.page = "<!doctype html><p>Take your time"
    process = program.start(*program.create)
    assert tray.opened.wait(30)

    process.send_signal(number)

    ended = program.end(process)
    assert (ended.answer["outcome"], ended.code) == ("closed", 3)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="looks into the process by /proc")
def test_told_to_stop_before_there_is_a_window(program: Program, tray: MadeUpTray) -> None:
    tray.page = "<!doctype html><p>Take your time"
    process = program.start(*program.create)
    while not Path(f"/proc/{process.pid}/maps").read_text().count("QtCore"):
        assert process.poll() is None

    process.send_signal(signal.SIGTERM)

    ended = program.end(process)
    assert (ended.answer["outcome"], ended.code) == ("closed", 3)


def test_told_to_stop_while_it_looks_for_the_confirmation(program: Program, tray: MadeUpTray) -> None:
    auth_id = tray.finishing()
    process = program.start(*program.create, "--log-level", "info")
    _wait_for_line(process, "outcome")

    process.send_signal(signal.SIGTERM)

    ended = program.end(process)
    assert (ended.code, ended.answer["auth_id"], ended.answer["confirmed"]) == (0, auth_id, False)


def test_killed_after_the_message_loses_nothing(program: Program, tray: MadeUpTray) -> None:
    auth_id = tray.finishing()
    process = program.start(*program.create, "--log-level", "info")
    _wait_for_line(process, "outcome")
    process.kill()
    assert program.end(process).out == ""

    with sqlite3.connect(program.data_dir / "journal.sqlite3") as journal:
        assert journal.execute("SELECT auth_id FROM attempt").fetchall() == [(auth_id,)]
    tray.page = post({"type": "tray.authpopup.close"})
    assert auth_id in program.run(*program.create).err
    (_, killed) = json.loads(program.run("history", "--json").out)
    assert (killed["auth_id"], killed["outcome"]) == (auth_id, "captured")
    assert auth_id in program.run(*program.create).err, "a program that asks for JSON has told nobody"
    assert auth_id in program.run("history").out
    assert auth_id not in program.run(*program.create).err


def _wait_for_line(process: subprocess.Popen[str], said: str) -> None:
    assert process.stderr is not None
    assert any(said in line for line in process.stderr)


@pytest.mark.parametrize(
    ("status", "headers"),
    [(204, {}), (200, {"Content-Type": "application/zip", "Content-Disposition": "attachment"})],
    ids=["no content", "download"],
)
def test_a_dialog_with_nothing_to_show_ends_at_once(
    program: Program, tray: MadeUpTray, status: int, headers: dict[str, str]
) -> None:
    tray.page, tray.page_status, tray.page_headers = "", status, headers

    ended = program.run(*program.create)

    assert (ended.answer["outcome"], ended.code) == ("failed", 4)
    assert "nothing that can be shown" in ended.answer["message"]


def test_a_user_name_asked_for_is_not_called_a_network_failure(program: Program, tray: MadeUpTray) -> None:
    tray.page_status, tray.page_headers = 401, {"WWW-Authenticate": 'Basic realm="dialog"'}

    ended = program.run(*program.create)

    assert (ended.answer["outcome"], ended.code) == ("failed", 4)
    assert "401" in ended.answer["message"]


def test_an_opener_sent_elsewhere_is_said_and_the_list_decides(program: Program, tray: MadeUpTray) -> None:
    auth_id = str(uuid.uuid4())
    tray.lists_after_page = [auth_id]
    tray.page = (
        "<!doctype html><script>opener.location = 'about:blank';"
        "setTimeout(() => window.close(), 500)</script>"
    )

    ended = program.run(*program.create, "--log-level", "info")

    assert (ended.code, ended.answer["auth_id"], ended.answer["via"]) == (0, auth_id, "listing")
    assert "elsewhere" in ended.err


def test_a_finish_a_second_after_the_close_still_wins(program: Program, tray: MadeUpTray) -> None:
    auth_id = str(uuid.uuid4())
    finish = json.dumps({"type": "tray.authpopup.finish", "authId": auth_id})
    tray.page = post({"type": "tray.authpopup.close"}) + (
        f"<script>setTimeout(() => {{ opener.postMessage({finish}, '*'); fetch('/finished') }}, 900)</script>"
    )
    tray.listed_by["/finished"] = [auth_id]  # nothing is listed before, or the list would tell

    ended = program.run(*program.create, "--timeout", "20")

    assert (ended.code, ended.answer["auth_id"], ended.answer["via"]) == (0, auth_id, "opener")
