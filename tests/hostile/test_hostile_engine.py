"""Processes of the engine that show no page are killed: the attempt goes on, or can be ended at once."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.dialog_pages import (
    CLOSE,
    FINISH,
    HeldPage,
    check,
    never_answers,
    said,
    script,
    start,
    stopped,
)
from tests.hostile.engine_processes import kill, kinds, left_over, renderers, zygotes
from tests.hostile.faulty_tray import FaultyTray
from tests.hostile.finished_dialogs import AUTH_ID
from tests.hostile.launching import Launcher, end
from tests.sizes import only_full

pytestmark = [
    pytest.mark.program,
    pytest.mark.webengine,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes by /proc"),
]
PATIENCE_S = 20.0
STOPPED = "told to stop before the dialog was finished"


def _on_no_display(launcher: Launcher) -> None:
    assert launcher.variables["QT_QPA_PLATFORM"] == "offscreen"


def _on_a_display(launcher: Launcher) -> None:
    """Let the program draw on a display, though nobody sees it."""
    wrapping = ("xvfb-run", "-a", "-n", str(100 + os.getpid() % 10_000))
    if not shutil.which("xvfb-run") or subprocess.run([*wrapping, "true"]).returncode != 0:
        pytest.skip("there is no display, and none can be made")
    launcher.wrapping = wrapping
    launcher.variables["QT_QPA_PLATFORM"] = "xcb"


# Graphics and network


@pytest.mark.parametrize("draw", [_on_no_display, _on_a_display], ids=["offscreen", "display"])
def test_graphics_and_network_are_no_processes_that_could_be_killed(
    launcher: Launcher, tray: FaultyTray, draw: Callable[[Launcher], None]
) -> None:
    """They are threads of the program. Another kind of process would need a case of its own."""
    draw(launcher)
    page = HeldPage(tray, f"opener.postMessage({FINISH}, '*')")
    process = start(launcher)
    page.wait()
    found = kinds(process.pid)
    tray.listed = [AUTH_ID]
    page.let_go()

    check(end(process, 40), "captured", 0)
    assert found == {"zygote"}, "pages are shown by what the zygote has made of itself"


# The process that makes the others


def test_killed_before_the_page_is_there_cancel_works(launcher: Launcher, tray: FaultyTray) -> None:
    tray.dialog = never_answers
    process = start(launcher)
    assert tray.reached.wait(30)
    kill(zygotes(process.pid))

    check(stopped(process, PATIENCE_S), "closed", 3, STOPPED)


def test_killed_when_the_page_is_there_the_page_can_be_finished(launcher: Launcher, tray: FaultyTray) -> None:
    page = HeldPage(tray, f"opener.postMessage({FINISH}, '*')")
    process = start(launcher)
    page.wait()
    kill(zygotes(process.pid))
    tray.listed = [AUTH_ID]
    page.let_go()

    ended = end(process, 40)
    check(ended, "captured", 0)
    assert (ended.answer["auth_id"], ended.answer["via"]) == (AUTH_ID, "opener")
    assert left_over(process.pid) == []


@pytest.mark.parametrize("how", ["location = '{}'", "open('{}')"], ids=["page", "window"])
def test_killed_before_the_dialog_goes_to_another_site_cancel_works(
    launcher: Launcher, tray: FaultyTray, how: str
) -> None:
    """Another site needs a process of its own, and nothing can make one: the page stays as it is."""
    elsewhere = f"http://localhost:{tray.server_port}/said/elsewhere"
    page = HeldPage(tray, how.format(elsewhere))
    process = start(launcher)
    page.wait()
    kill(zygotes(process.pid))
    page.let_go()
    tray.wait_for("elsewhere")

    check(stopped(process, PATIENCE_S), "closed", 3, STOPPED)


def test_killed_after_the_message(launcher: Launcher, tray: FaultyTray) -> None:
    tray.dialog = script(f"opener.postMessage({FINISH}, '*'); setTimeout(() => {said('posted')}, 50)")
    process = start(launcher)
    tray.wait_for("posted")
    kill(zygotes(process.pid))
    tray.listed = [AUTH_ID]

    ended = end(process, 40)
    check(ended, "captured", 0)
    assert ended.answer["auth_id"] == AUTH_ID


def test_killed_while_the_lists_are_compared(launcher: Launcher, tray: FaultyTray) -> None:
    tray.dialog = script(f"opener.postMessage({CLOSE}, '*'); setTimeout(() => {said('closed')}, 200)")
    process = start(launcher)
    tray.wait_for("closed")
    kill(zygotes(process.pid))

    check(end(process, 40), "closed", 3, "closed before it was finished")


# All of them


def _with_all_killed(launcher: Launcher, tray: FaultyTray, *arguments: str) -> subprocess.Popen[str]:
    """Run `create`, and kill every process of the engine when the page is there."""
    page = HeldPage(tray, "")
    process = start(launcher, *arguments)
    page.wait()
    showing = renderers(process.pid)
    kill(zygotes(process.pid) + showing)
    return process


def test_killed_with_all_others_cancel_works(launcher: Launcher, tray: FaultyTray) -> None:
    check(stopped(_with_all_killed(launcher, tray), PATIENCE_S), "closed", 3, STOPPED)


@only_full
def test_killed_with_all_others_the_time_limit_ends_it(launcher: Launcher, tray: FaultyTray) -> None:
    """Before it does, the list has the last word."""
    process = _with_all_killed(launcher, tray, "--timeout", "10")
    tray.listed = [AUTH_ID]

    ended = end(process, 40)
    check(ended, "captured", 0)
    assert (ended.answer["auth_id"], ended.answer["via"]) == (AUTH_ID, "listing")


@only_full
def test_killed_with_all_others_is_said_at_once(launcher: Launcher, tray: FaultyTray) -> None:
    process = _with_all_killed(launcher, tray, "--timeout", "10")

    check(end(process, 40), "crashed", 8, "The web engine broke down", "Open it again")
