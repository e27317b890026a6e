"""`tray-auth-desktop audit` in several processes: what each dialog has made is its own, whatever happens."""

# ruff: noqa: F811 - fixtures are imported, and asked for by their names

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.measured_process import process_tree
from tests.program_run import Ended, end
from tests.qa.test_audit_command import (
    LIMIT_S,
    STEPS,
    Run,
    codes_of,
    document,
    is_code,
    is_page,
    run,  # noqa: F401
    start,  # noqa: F401
    tray,  # noqa: F401
)
from tray_auth_desktop.standin import StandIn

pytestmark = [pytest.mark.program, pytest.mark.webengine]


def test_each_code_is_made_just_before_its_dialog(run: Run, tray: StandIn) -> None:
    ended = run("--plan", "plan.toml", "--processes", "1", "--no-pictures")
    assert ended.code == 0, ended.err
    seen = [one for one in tray.requests if is_code(one) or is_page(one)]
    assert [is_code(one) for one in seen] == [True, False] * 2
    for code, page in zip(seen[::2], seen[1::2], strict=True):
        assert 0 <= page.at - code.at < 30  # it would be good for 300 s
    lists = [one.number for one in tray.requests if "authentications" in one.operation]
    assert seen[1].number < max(lists) < len(tray.requests) + 1
    assert any(seen[1].number < number < seen[2].number for number in lists), (
        "the first ended after the second"
    )


ONE_GROUP = f"""
embeddings = ["popup", "iframe"]
sizes = ["500x500"]
color_schemes = ["light"]
[[dialogs]]
service = "twilio"
scenario = "service-error"
{STEPS}
[[dialogs]]
service = "twilio"
{STEPS}
[[dialogs]]
service = "twilio"
scenario = "service-error"
{STEPS}
[[dialogs]]
service = "trello"
"""


def test_processes_do_not_take_each_others_authentications(run: Run, tray: StandIn, tmp_path: Path) -> None:
    before = tray.dump()["authentications"]
    (tmp_path / "one.toml").write_text(ONE_GROUP)
    ended = run("--plan", "one.toml", "--processes", "4", "--no-pictures")
    assert ended.code == 4, ended.err
    results = document(tmp_path / "audit-report")["results"]
    assert [one["outcome"] for one in results] == [
        *["failed"] * 2,
        *["captured"] * 2,
        *["failed"] * 2,
        *["captured"] * 2,
    ]
    for result in results:
        rules = [(one["check"], one["rule"]) for one in result["findings"]]
        assert rules == ([("run", "outcome")] if result["outcome"] == "failed" else [])
        assert all("The dialog reported an error: " in one["text"] for one in result["findings"])
    assert tray.dump()["authentications"] == before
    dialogs = [one for one in tray.requests if is_code(one) or is_page(one)]
    assert len(dialogs) == 16


def test_a_process_that_breaks_down_costs_a_try_and_not_the_audit(
    start: Callable[..., subprocess.Popen[str]], tray: StandIn, tmp_path: Path
) -> None:
    tray.scenarios.choose({"twilio": "endless-load"})
    process = start("--plan", "plan.toml", "--embedding", "popup", "--no-pictures", "--timeout", "300")
    ended = end_after_a_kill(process, tray, lambda: any(one.host == "dialog" for one in tray.requests))
    assert ended.code == 0, ended.err
    (result,) = document(tmp_path / "audit-report")["results"]
    assert (result["status"], result["tries"]) == ("passed", 2)
    assert result["earlier"][0]["rule"] == "process"
    assert codes_of(tray) == 2


def test_what_was_made_in_a_process_that_broke_down_is_deleted_or_named(
    start: Callable[..., subprocess.Popen[str]], tray: StandIn, tmp_path: Path
) -> None:
    before = {one["id"] for one in tray.dump()["authentications"]}
    for options in ((), ("--keep",)):
        tray.scenarios.choose({"twilio": "never-finishes"})
        process = start(
            "--plan", "plan.toml", "--embedding", "popup", "--no-pictures", "--timeout", "300", *options
        )
        made: set[str] = set()

        def has_made(made: set[str] = made) -> bool:
            """Whether the dialog has made something; what it was is in `made`."""
            made |= {one["id"] for one in tray.dump()["authentications"]} - before
            return bool(made)

        ended = end_after_a_kill(process, tray, has_made)
        assert ended.code == 0, ended.err
        (result,) = document(tmp_path / "audit-report")["results"]
        left = {one["id"] for one in tray.dump()["authentications"]} - before
        assert left == set(result["left"])
        assert bool(left) is (options != ())
        assert not options or made < left
        assert all(f"Left behind: {auth_id} (" in ended.out for auth_id in left)


def end_after_a_kill(process: subprocess.Popen[str], tray: StandIn, is_time: Callable[[], bool]) -> Ended:
    """Kill the process that audits when it is time, let the next try go well, and wait for the end."""
    patience = threading.Event()
    while not is_time():
        assert process.poll() is None
        patience.wait(0.05)
    (worker,) = children_of(process.pid, "sys.stdin.readline")
    tray.scenarios.choose({"twilio": "happy"})
    os.kill(worker, signal.SIGKILL)
    return end(process, LIMIT_S)


def children_of(pid: int, part: str) -> list[int]:
    """Return the processes below one whose command line has a part."""
    below = process_tree(pid) - {pid}
    return [one for one in below if part in Path(f"/proc/{one}/cmdline").read_text()]
