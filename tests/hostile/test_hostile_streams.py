"""Screen, rights, streams and environment are not as they should be: said in words, and nothing is lost."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from tests.hostile.faulty_tray import FaultyTray
from tests.hostile.finished_dialogs import AUTH_ID, check_captured, finishing, history
from tests.hostile.launching import CREATE, LIST, Launcher, end
from tests.sizes import IS_FULL, only_full

pytestmark = [
    pytest.mark.program,
    pytest.mark.webengine,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="prepares what only Linux has"),
]


# Screen, rights, pipes


def test_without_a_gpu_no_word_is_said_of_it(launcher: Launcher, tray: FaultyTray) -> None:
    launcher.variables |= {"LIBGL_ALWAYS_SOFTWARE": "1", "QT_OPENGL": "software"}
    finishing(tray)

    ended = launcher.run(*CREATE)

    check_captured(ended)
    assert not re.search(r"(?i)vulkan|RHI|GPU|Gles", ended.err)


def test_root_without_a_word_is_let_onto_this_computer_only(launcher: Launcher, tray: FaultyTray) -> None:
    if os.geteuid() != 0:
        pytest.skip("for root")
    launcher.variables.pop("QTWEBENGINE_DISABLE_SANDBOX", None)
    finishing(tray)
    check_captured(launcher.run(*CREATE), "sandbox")

    launcher.variables["TRAY_DIALOG_URL"] = "https://dialog.tray-auth-desktop.invalid"
    ended = launcher.run(*CREATE)

    assert (ended.code, ended.answer["outcome"]) == (8, "crashed")
    for word in ("sandbox", "root", "--no-engine-sandbox"):
        assert word in ended.answer["message"]


@pytest.mark.parametrize("arguments", [CREATE, ()], ids=["create", "window"])
def test_without_a_display(launcher: Launcher, tray: FaultyTray, arguments: tuple[str, ...]) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        launcher.variables.pop(name, None)

    ended = launcher.run(*arguments)

    assert ended.code == 8
    assert "There is no display" in ended.err
    assert "QT_QPA_PLATFORM=offscreen" in ended.err
    if arguments:
        assert ended.answer["outcome"] == "crashed"


@pytest.mark.parametrize("arguments", [CREATE, ()], ids=["create", "window"])
@pytest.mark.parametrize(
    "variables",
    [
        {"DISPLAY": ":4711"},
        pytest.param({"WAYLAND_DISPLAY": "nowhere"}, marks=only_full),
        pytest.param({"QT_QPA_PLATFORM": "no-such-platform"}, marks=only_full),
    ],
    ids=["X", "Wayland", "platform"],
)
def test_a_display_that_is_not_there(
    launcher: Launcher, tray: FaultyTray, arguments: tuple[str, ...], variables: dict[str, str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        launcher.variables.pop(name, None)
    launcher.variables |= variables

    ended = launcher.run(*arguments)

    assert ended.code == 8, ended.err
    assert "QT_QPA_PLATFORM=offscreen" in ended.err
    if arguments:
        assert ended.answer["outcome"] == "crashed"


def test_a_closed_stdout_loses_nothing(launcher: Launcher, tray: FaultyTray) -> None:
    finishing(tray)

    ended = launcher.run(*CREATE, preexec_fn=lambda: os.close(1))

    assert ended.code == 1
    assert "kept in the journal" in ended.err
    assert history(launcher) == [("captured", AUTH_ID)]


def test_a_full_stdout_loses_nothing(launcher: Launcher, tray: FaultyTray) -> None:
    finishing(tray)

    with Path("/dev/full").open("w") as full:
        ended = launcher.run(*CREATE, stdout=full)

    assert ended.code == 1
    assert "kept in the journal" in ended.err
    assert history(launcher) == [("captured", AUTH_ID)]


@pytest.mark.parametrize("command", [("history",), LIST], ids=["history", "list"])
def test_a_full_stdout_is_an_error_in_words(
    launcher: Launcher, tray: FaultyTray, command: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("w") as full:
        ended = launcher.run(*command, stdout=full)

    assert ended.code == 1
    assert ended.lines, ended.err


def test_a_closed_stderr_costs_nothing(launcher: Launcher, tray: FaultyTray) -> None:
    launcher.variables["TRAY_LOG_LEVEL"] = "debug"
    finishing(tray)

    check_captured(launcher.run(*CREATE, preexec_fn=lambda: os.close(2)))


@only_full
def test_a_full_stderr_costs_nothing(launcher: Launcher, tray: FaultyTray) -> None:
    launcher.variables["TRAY_LOG_LEVEL"] = "debug"
    finishing(tray)

    with Path("/dev/full").open("w") as full:
        check_captured(launcher.run(*CREATE, stderr=full))


@only_full
def test_a_closed_stdin_costs_nothing(launcher: Launcher, tray: FaultyTray) -> None:
    finishing(tray)

    check_captured(launcher.run(*CREATE, preexec_fn=lambda: os.close(0)))


def test_all_closed_the_exit_code_still_tells(launcher: Launcher, tray: FaultyTray) -> None:
    finishing(tray)

    def close_all() -> None:
        for number in (0, 1, 2):
            os.close(number)

    ended = launcher.run(*CREATE, preexec_fn=close_all)

    assert ended.code == 1
    assert history(launcher) == [("captured", AUTH_ID)]


# The environment


@pytest.mark.parametrize(
    "locale", ["C", *(pytest.param(name, marks=only_full) for name in ("POSIX", "xx_XX.nonsense"))]
)
def test_a_locale_without_letters(launcher: Launcher, tray: FaultyTray, locale: str) -> None:
    for name in [name for name in launcher.variables if name.startswith(("LC_", "LANG"))]:
        del launcher.variables[name]
    launcher.variables |= {"LC_ALL": locale, "LANG": locale}
    tray.listed = ["ä-日本"]
    finishing(tray)

    listed = launcher.run("list", "--user-id", "ü-日", encoding="utf-8")
    assert listed.code == 0, listed.err
    check_captured(launcher.run(*CREATE))
    if IS_FULL:
        assert launcher.run("history").code == 0


def test_all_that_qt_can_say_does_no_harm(launcher: Launcher, tray: FaultyTray) -> None:
    """Some of it is said when Python has ended already."""
    launcher.variables["QT_LOGGING_RULES"] = "*.debug=true"
    finishing(tray)

    check_captured(launcher.run(*CREATE))


HUGE = "x" * 100_000


VALUES = {
    "TRAY_CONFIG_DIR": (f"/{HUGE}", None),
    "TRAY_DATA_DIR": (f"/{HUGE}", 0),
    "TRAY_HISTORY_DAYS": ("1e400", 2),
    "TRAY_GRAPHQL_URL": (f"https://{HUGE}.example/graphql", 7),
    "TRAY_WORKSPACE": (HUGE, 2),
    "TRAY_EMBEDDED_ID": (HUGE, None),
    "TRAY_MASTER_TOKEN": ("5ec7e7" * 7 + "\n", None),
    "TRAY_TIMEOUT": ("9" * 5_000, 2),
    "TRAY_LOG_LEVEL": (HUGE, 2),
    "TRAY_PROXY": (f"http://{HUGE}", None),
    "TRAY_CA_FILE": (f"/{HUGE}", None),
    "TRAY_OPENER_ORIGIN": (f"https://{HUGE}", None),
}


@pytest.mark.parametrize("name", [*VALUES] if IS_FULL else [*VALUES][:4])
def test_a_value_of_the_environment_that_cannot_be(launcher: Launcher, tray: FaultyTray, name: str) -> None:
    """It is an error in words, or no error at all; never a hang, a traceback or a page of noise."""
    value, code = VALUES[name]
    launcher.variables[name] = value
    finishing(tray)

    ended = end(launcher.start(*CREATE), is_checked=False)

    ended.check_manners(longest=4 * len(HUGE))
    assert ended.code in ({code} if code is not None else {0, 2, 4, 6, 7, 8}), ended.err[:2_000]
    if ended.code != 0:
        assert ended.lines, ended.err[:2_000]
