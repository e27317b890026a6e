"""The plugin in runs of pytest of its own: what it adds, what it leaves alone, what a failure leaves."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.qa.conftest import PLUGIN, ROOT, RunPytest, environment, junit_properties
from tests.sizes import only_full

pytestmark = pytest.mark.program

#: How many dialogs one process opens, and after how many of them its memory has settled.
_MANY, _SETTLED = 50, 9
NOTHING_TO_DO = "def test_nothing(): pass\n"
COLLECTS = """
def collect(dialog):
    dialog.fill("Account SID", "AC0123")
    dialog.fill("Auth Token", "not-a-real-token")
    dialog.click("Create")
    outcome = dialog.outcome()
    assert outcome.confirmed
    return outcome
"""
ONE = f"{COLLECTS}\ndef test_one(auth_dialog):\n    collect(auth_dialog('twilio'))\n"


# Inert unless used.


def test_it_loads_nothing_that_is_not_used(run_pytest: RunPytest) -> None:
    test = (
        "import os, sys\ndef test_nothing():\n"
        "    heavy = {'PySide6', 'httpx', 'starlette', 'tray_auth_desktop.app'}\n"
        "    assert heavy & set(sys.modules) == set()\n"
        "    assert 'QT_QPA_PLATFORM' not in os.environ\n"
    )
    run = run_pytest(test, "-W", "error")
    assert run.code == 0, run.text
    assert run.errors == ""


def test_importing_it_costs_nothing() -> None:
    lines = ("import pytest, sys", "before = set(sys.modules)", f"import {PLUGIN}")
    script = "\n".join((*lines, "print(*sorted(set(sys.modules) - before))"))
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split() == ["tray_auth_desktop", "tray_auth_desktop.qa", PLUGIN], done.stderr


@pytest.fixture
def announced(tmp_path: Path) -> str:
    """Announce the plugin as the installed package does. Returns the path that Python looks along."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    points = project["entry-points"]["pytest11"]
    folder = tmp_path / "site" / "announced-1.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: announced\nVersion: 1\n")
    lines = ["[pytest11]", *(f"{name} = {value}" for name, value in points.items())]
    (folder / "entry_points.txt").write_text("\n".join(lines) + "\n")
    return f"{ROOT}{os.pathsep}{folder.parent}"


def test_it_is_found_where_the_package_is_installed(run_pytest: RunPytest, announced: str) -> None:
    test = "def test_one(request):\n    assert request.config.option.tray_workspace is None\n"
    variables = {"PYTHONPATH": announced, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": None}
    run = run_pytest(test, "-W", "error", is_named=False, **variables)
    assert run.code == 0, run.text


def test_it_can_be_left_out(run_pytest: RunPytest, announced: str) -> None:
    """Then there is nothing of it: no option, no fixture, and nothing of it in the process."""
    test = (
        "import sys\ndef test_nothing(request):\n"
        "    assert not hasattr(request.config.option, 'tray_workspace')\n"
        "    assert not [name for name in sys.modules if name.startswith('tray_auth_desktop')]\n"
    )
    variables = {"PYTHONPATH": announced, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": None}
    without = ("-p", "no:tray_auth_desktop")
    run = run_pytest(test, *without, "-W", "error", is_named=False, **variables)
    assert run.code == 0, run.text
    run = run_pytest(ONE, *without, is_named=False, **variables)
    assert "fixture 'auth_dialog' not found" in run.text
    run = run_pytest(NOTHING_TO_DO, *without, "--dialog-visible", is_named=False, **variables)
    assert run.code == 4
    assert "unrecognized arguments: --dialog-visible" in run.errors


def test_its_fixtures_and_options_are_listed(run_pytest: RunPytest) -> None:
    listed = run_pytest(NOTHING_TO_DO, "--fixtures").text
    assert "auth_dialog -- " in listed
    assert "tray_standin [session scope] -- " in listed
    helped = run_pytest(NOTHING_TO_DO, "--help").text
    for option in ("--tray-workspace", "--tray-any-user", "--dialog-visible", "--dialog-report-dir"):
        assert option in helped


# Dialogs in somebody's own tests.


def test_a_dialog_is_tested_without_any_other_plugin(run_pytest: RunPytest) -> None:
    test = (
        f"{ONE}\ndef test_platform(auth_dialog):\n    import os\n"
        "    assert os.environ['QT_QPA_PLATFORM'] == 'offscreen'\n"
    )
    run = run_pytest(test, "-W", "error")
    assert run.code == 0, run.text
    assert "2 passed" in run.text
    assert run.errors == ""


def test_it_gets_on_with_pytest_qt(run_pytest: RunPytest) -> None:
    """An application that pytest-qt makes first, with its check of warnings, and a dialog after it."""
    test = (
        "def test_first(qtbot, qapp):\n    assert qapp is not None\n"
        f"{ONE}\ndef test_both(qtbot, auth_dialog):\n    collect(auth_dialog('twilio', user='Mei Tanaka'))\n"
    )
    settings = ("-o", "qt_api=pyside6", "-o", "qt_log_level_fail=CRITICAL")
    run = run_pytest(test, *settings, "-W", "error", plugins=("pytestqt.plugin",))
    assert run.code == 0, run.text
    assert "3 passed" in run.text
    assert run.errors == ""


def test_each_worker_has_its_own_stand_in(run_pytest: RunPytest) -> None:
    test = (
        f"import pytest\n{COLLECTS}\n@pytest.mark.parametrize('number', range(4))\n"
        "def test_many(auth_dialog, tray_standin, number, record_property, worker_id):\n"
        "    collect(auth_dialog('twilio'))\n"
        "    record_property('where', f'{worker_id} {tray_standin.dialog_url}')\n"
    )
    run = run_pytest(test, "-n", "2", "--junit-xml", "report.xml", plugins=("xdist",))
    assert run.code == 0, run.text
    where = {
        found.get("value") or "" for found in junit_properties(run.folder / "project/report.xml", "where")
    }
    assert {place.split()[0] for place in where} == {"gw0", "gw1"}
    assert len({place.split()[1] for place in where}) == 2


def test_the_stand_in_takes_options(run_pytest: RunPytest) -> None:
    test = (
        "import pytest\n@pytest.fixture(scope='session')\ndef tray_standin_options():\n"
        f"    return {{'embedded_id': 'acme'}}\n{ONE}\n"
        "def test_options(tray_standin):\n    assert tray_standin.embedded_id == 'acme'\n"
        "    assert any('acme' in request.path for request in tray_standin.requests)\n"
    )
    run = run_pytest(test)
    assert run.code == 0, run.text


@pytest.mark.parametrize("platform", [None, "offscreen"])
def test_a_screen_that_is_not_there_is_said(run_pytest: RunPytest, platform: str | None) -> None:
    nowhere = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": platform}
    run = run_pytest(ONE, "--dialog-visible", **nowhere)
    assert run.code == 1
    assert "There is no display to show a dialog on. Leave out --dialog-visible." in run.text


def test_an_application_that_shows_nothing_is_said(run_pytest: RunPytest) -> None:
    early = (
        "from PySide6.QtCore import QCoreApplication, Qt\nfrom PySide6.QtWidgets import QApplication\n"
        "QCoreApplication.setAttribute(Qt.AA_ShareOpenGLContexts)\nmade = QApplication([])\n"
    )
    run = run_pytest(early + ONE, "--dialog-visible", QT_QPA_PLATFORM="offscreen")
    assert run.code == 1
    assert "Qt runs without a screen here (offscreen), so no dialog can be seen." in run.text
    assert "Leave out --dialog-visible" in run.text


@pytest.fixture
def display() -> Iterator[str]:
    """Start an X server that draws into memory. Returns what it is called."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("Xvfb is not installed: nothing here has a screen on which a dialog could be shown")
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-screen", "0", "800x900x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as said:
        number = said.readline().strip()
    yield f":{number}"
    process.terminate()
    process.wait(timeout=60)


@pytest.mark.parametrize("platform", [None, "offscreen"])
def test_a_visible_dialog_is_on_the_screen(run_pytest: RunPytest, display: str, platform: str | None) -> None:
    """What the screen itself has is looked at, whatever the environment says for runs without a screen."""
    test = """
from pathlib import Path
from PySide6.QtGui import QGuiApplication, QImage

def test_seen(auth_dialog):
    dialog = auth_dialog("twilio")
    dialog.wait_for_text("Auth Token")
    assert QGuiApplication.platformName() == "xcb"
    for _ in range(50):  # what the page has drawn may come to the screen a little later
        page = QImage.fromData(dialog.screenshot())
        screen = QGuiApplication.primaryScreen().grabWindow(0).toImage()
        colours = {page.pixel(x, y) for x in range(0, page.width(), 5) for y in range(0, page.height(), 5)}
        seen = {screen.pixel(x, y) for x in range(screen.width()) for y in range(screen.height())}
        if len(colours) > 20 and len(colours & seen) > 0.9 * len(colours):
            return
    raise AssertionError("the dialog is not on the screen")
"""
    run = run_pytest(
        test, "--dialog-visible", DISPLAY=display, WAYLAND_DISPLAY=None, QT_QPA_PLATFORM=platform
    )
    assert run.code == 0, run.text


@only_full
def test_many_dialogs_in_one_process_stay_flat_and_end_without_a_word(run_pytest: RunPytest) -> None:
    test = f"""
import pytest
{COLLECTS}
def private_kib():
    with open("/proc/self/smaps_rollup") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith("Private_"))

sizes = []

@pytest.mark.parametrize("number", range({_MANY}))
def test_many(auth_dialog, number):
    collect(auth_dialog("twilio"))
    sizes.append(private_kib())

def test_flat(auth_dialog):
    import gc
    from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
    from PySide6.QtWidgets import QApplication
    parts = ("tray_auth_desktop.dialog", "tray_auth_desktop.onboarding", "tray_auth_desktop.qa.watch")
    left = [type(one).__name__ for one in gc.get_objects() if type(one).__module__.startswith(parts)]
    assert len(left) < 10, left
    assert sizes[-1] <= 1.25 * sizes[{_SETTLED}], sizes
    application = QApplication.instance()
    assert not application.findChildren(QWebEnginePage) + application.findChildren(QWebEngineProfile)
    assert not [widget for widget in application.topLevelWidgets() if widget.isVisible()]
"""
    run = run_pytest(test, "-W", "error", "-s")
    assert run.code == 0, run.text
    assert f"{_MANY + 1} passed" in run.text
    assert complaints(run.text + run.errors) == []


#: What Chromium and Qt say on a machine without a GPU, a display or a bus.
HARMLESS = re.compile(
    r"Sandboxing disabled by user|QRhiGles2|RHI for backend|This plugin does not support|QVulkanInstance"
    r"|GBM is not supported|GPUInfo not initialized|dbus/bus\.cc|rejected by interface blink\.mojom"
)
OF_PYTEST = re.compile(r"^$|^=|^platform |^rootdir|^collected|^test_dialogs|^\.|^configfile")


def complaints(text: str) -> list[str]:
    """Return the lines that neither pytest wrote nor mean nothing."""
    lines = text.replace("\r", "\n").splitlines()
    return [line for line in lines if not HARMLESS.search(line) and not OF_PYTEST.match(line)]
