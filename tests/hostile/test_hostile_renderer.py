"""The process that shows the dialog is killed at each stage: the outcome is the right one, in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.hostile.dialog_pages import (
    CLOSE,
    FINISH,
    check,
    never_answers,
    said,
    script,
    start,
)
from tests.hostile.engine_processes import kill_renderers, left_over, renderers
from tests.hostile.faulty_tray import FaultyTray
from tests.hostile.finished_dialogs import AUTH_ID
from tests.hostile.launching import Ended, Launcher, end
from tests.sizes import only_full

pytestmark = [
    pytest.mark.program,
    pytest.mark.webengine,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes by /proc"),
]


def killed(launcher: Launcher, tray: FaultyTray, mark: str) -> Ended:
    """Run `create`, kill the page's process when the page has said so, and wait for the end."""
    process = start(launcher)
    tray.wait_for(mark)
    kill_renderers(process.pid)
    ended = end(process, 40)
    assert left_over(process.pid) == []
    return ended


@only_full
def test_killed_before_the_page_is_there(launcher: Launcher, tray: FaultyTray) -> None:
    tray.dialog = never_answers
    process = start(launcher)
    assert tray.reached.wait(30)
    kill_renderers(process.pid)

    check(end(process, 40), "crashed", 8, "The web engine broke down", "Open it again", "new code")


def test_killed_when_the_page_is_there(launcher: Launcher, tray: FaultyTray) -> None:
    tray.dialog = script(f"onload = () => {said('loaded')}")

    check(killed(launcher, tray, "loaded"), "crashed", 8, "The web engine broke down", "Open it again")


def test_killed_after_it_was_created_without_a_word(launcher: Launcher, tray: FaultyTray) -> None:
    """The authentication is there, its message never came: the list has the last word."""
    tray.dialog = script(f"onload = () => {said('loaded')}")
    process = start(launcher)
    tray.wait_for("loaded")
    tray.listed = [AUTH_ID]
    kill_renderers(process.pid)

    ended = end(process, 40)
    check(ended, "captured", 0)
    assert (ended.answer["auth_id"], ended.answer["via"]) == (AUTH_ID, "listing")


def test_killed_after_the_message(launcher: Launcher, tray: FaultyTray) -> None:
    tray.dialog = script(f"opener.postMessage({FINISH}, '*'); setTimeout(() => {said('posted')}, 50)")
    process = start(launcher)
    tray.wait_for("posted")
    if found := renderers(process.pid):
        assert found
        kill_renderers(process.pid)
    tray.listed = [AUTH_ID]

    ended = end(process, 40)
    check(ended, "captured", 0)
    assert ended.answer["auth_id"] == AUTH_ID


def test_killed_while_the_lists_are_compared(launcher: Launcher, tray: FaultyTray) -> None:
    tray.dialog = script(f"opener.postMessage({CLOSE}, '*'); setTimeout(() => {said('closed')}, 200)")

    check(killed(launcher, tray, "closed"), "closed", 3, "closed before it was finished")


@only_full
def test_killed_again_and_again_each_attempt_is_one_of_its_own(launcher: Launcher, tray: FaultyTray) -> None:
    tray.dialog = script(f"onload = () => {said('loaded')}")
    codes = []
    for _ in range(2):
        codes.append(killed(launcher, tray, "loaded").answer["attempt_id"])
        tray.said.clear()

    kept = json.loads(launcher.run("history", "--json").out)
    assert [one["attempt_id"] for one in kept] == codes[::-1]
    assert {one["outcome"] for one in kept} == {"crashed"}
