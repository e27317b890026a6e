"""An ordinary user runs the program: the page is shut in, as far as the system lets users do that."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.hostile.dialog_pages import FINISH, HeldPage, start
from tests.hostile.engine_processes import shut_in
from tests.hostile.faulty_tray import FaultyTray
from tests.hostile.finished_dialogs import AUTH_ID, check_captured
from tests.hostile.launching import Launcher, end

pytestmark = [
    pytest.mark.program,
    pytest.mark.webengine,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems shut pages in otherwise"),
]
#: Root under another number has no rights over others any more, but keeps those over the files of the tests.
_AS_USER = ("unshare", "-U", "--map-user=1000", "--map-group=1000")
#: The user namespace of that user is the last one that may be made.
_ONE_LEFT = (
    "unshare",
    "-U",
    "-r",
    "sh",
    "-c",
    'echo 1 > /proc/sys/user/max_user_namespaces; exec "$@"',
    "sh",
)
_WAIVER = "QTWEBENGINE_DISABLE_SANDBOX"


def _may(*command: str) -> bool:
    return subprocess.run([*command, "true"], capture_output=True).returncode == 0


@pytest.fixture
def user(launcher: Launcher) -> Launcher:
    """The program, run by somebody who is not root and has not waived the sandbox."""
    launcher.variables.pop(_WAIVER, None)
    if os.geteuid() == 0:
        if not _may(*_AS_USER):
            pytest.skip("root cannot be anybody else here")
        launcher.wrapping = _AS_USER
    return launcher


@pytest.fixture
def confined_user(user: Launcher) -> Launcher:
    """The same where users may make no namespaces."""
    if _may(*_ONE_LEFT, *_AS_USER):
        user.wrapping = (*_ONE_LEFT, *_AS_USER)
    elif user.wrapping or _may("unshare", "-U"):
        pytest.skip("namespaces cannot be forbidden here")
    assert not _may(*user.wrapping, "unshare", "-U"), "the user may still make namespaces"
    return user


def shown_to(user: Launcher, tray: FaultyTray, *arguments: str) -> list[bool]:
    """Run an attempt that captures; return how its page was shut in."""
    page = HeldPage(tray, f"opener.postMessage({FINISH}, '*')")
    process = start(user, *arguments)
    page.wait()
    found = shut_in(process.pid)
    tray.listed = [AUTH_ID]
    page.let_go()

    ended = end(process, 40)
    check_captured(ended)
    assert "sandbox" not in "\n".join(ended.lines)
    return found


def test_the_page_has_a_namespace_of_its_own_and_its_calls_are_filtered(
    user: Launcher, tray: FaultyTray
) -> None:
    if not _may(*user.wrapping, "unshare", "-U"):
        pytest.skip("users may make no namespaces here")

    assert set(shown_to(user, tray)) == {True}


def test_without_namespaces_its_calls_are_filtered_all_the_same(
    confined_user: Launcher, tray: FaultyTray
) -> None:
    assert set(shown_to(confined_user, tray)) == {False}


def test_a_waived_sandbox_shuts_nothing_in(user: Launcher, tray: FaultyTray) -> None:
    """What is looked for above is not there where there is no sandbox."""
    assert shown_to(user, tray, "--no-engine-sandbox") == []
