"""What the program loads before it shows anything, read from Python's own report of each import."""

from __future__ import annotations

import signal
from collections.abc import Iterable
from itertools import takewhile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program

PAINTED = "the window is painted"
PACKAGE = "tray_auth_desktop"
#: What the first paint must not wait for.
AFTER_THE_PAINT = {
    "click",
    "httpx",
    "keyring",
    "msgspec",
    "sqlite3",
    "ssl",
    "PySide6.QtWebChannel",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets",
    f"{PACKAGE}.api",
    f"{PACKAGE}.core.attempt",
    f"{PACKAGE}.core.models",
    f"{PACKAGE}.core.services",
    f"{PACKAGE}.dialog.auth_dialog",
    f"{PACKAGE}.gui.about_dialog",
    f"{PACKAGE}.gui.action_menu",
    f"{PACKAGE}.gui.actions",
    f"{PACKAGE}.gui.authentication_actions",
    f"{PACKAGE}.gui.authentication_changes",
    f"{PACKAGE}.gui.authentication_model",
    f"{PACKAGE}.gui.authentication_view",
    f"{PACKAGE}.gui.glossary",
    f"{PACKAGE}.gui.history_page",
    f"{PACKAGE}.gui.icon_picture",
    f"{PACKAGE}.gui.leaving_question",
    f"{PACKAGE}.gui.palette",
    f"{PACKAGE}.gui.parameter_rows",
    f"{PACKAGE}.gui.solution_fields",
    f"{PACKAGE}.gui.text_table",
    f"{PACKAGE}.gui.timeline_model",
    f"{PACKAGE}.gui.timeline_view",
    f"{PACKAGE}.gui.window_actions",
    f"{PACKAGE}.gui.workspaces_page",
    f"{PACKAGE}.journal",
    f"{PACKAGE}.onboarding.attempt_runner",
    f"{PACKAGE}.onboarding.authentication_work",
    f"{PACKAGE}.onboarding.icon_addresses",
    f"{PACKAGE}.onboarding.icons",
    f"{PACKAGE}.onboarding.recents",
    f"{PACKAGE}.onboarding.user_work",
    f"{PACKAGE}.stand_in_process",
    f"{PACKAGE}.workspaces.file",
    f"{PACKAGE}.workspaces.vault",
}
#: How many modules of our own the first paint may take, each some 0.4 ms. Raise it only for what is on show.
MOST_OF_OURS = 100
#: What `create` has no use for, from its start to its end.
NOT_FOR_CREATE = {
    "graphql",
    "jinja2",
    "keyring",
    "pygments",
    "starlette",
    "truststore",
    "uvicorn",
    f"{PACKAGE}.cli.answers",
    f"{PACKAGE}.cli.demonstration",
    f"{PACKAGE}.cli.history",
    f"{PACKAGE}.cli.service_lookup",
    f"{PACKAGE}.cli.user_lookup",
    f"{PACKAGE}.cli.users",
    f"{PACKAGE}.cli.window",
    f"{PACKAGE}.gui.main_window",
    f"{PACKAGE}.stand_in_process",
    f"{PACKAGE}.standin",
}

pytestmark = [pytest.mark.program, pytest.mark.webengine]


def imported(report: str) -> list[str]:
    """Return the modules of a report in the order in which their imports were complete."""
    return [
        line.rpartition("|")[2].strip() for line in report.splitlines() if line.startswith("import time:")
    ]


def until_painted(lines: Iterable[str]) -> str:
    """Return what was said before the window was painted."""
    return "".join(takewhile(lambda line: PAINTED not in line, lines))


@pytest.mark.usefixtures("tray")
def test_the_first_paint_waits_for_nothing_it_does_not_need(program: Program) -> None:
    program.environment |= {"PYTHONPROFILEIMPORTTIME": "1", "TRAY_LOG_LEVEL": "info"}
    process = program.start()
    assert process.stderr is not None
    before = until_painted(process.stderr)
    process.send_signal(signal.SIGTERM)
    ended = program.end(process)

    loaded = imported(before)
    assert f"{PACKAGE}.gui.main_window" in loaded
    assert AFTER_THE_PAINT & set(loaded) == set()
    assert sum(name.startswith(PACKAGE) for name in loaded) <= MOST_OF_OURS
    assert ended.code == 0


@pytest.mark.usefixtures("tray")
def test_the_window_opens_by_click_where_flags_are_given(program: Program) -> None:
    program.environment |= {"PYTHONPROFILEIMPORTTIME": "1"}
    process = program.start("--log-level", "info")
    assert process.stderr is not None
    before = until_painted(process.stderr)
    process.send_signal(signal.SIGTERM)

    assert program.end(process).code == 0
    assert "click" in imported(before)
    assert f"{PACKAGE}.cli.create" not in imported(before)


def test_create_loads_what_it_needs_and_the_engine_first(program: Program, tray: MadeUpTray) -> None:
    tray.lists_after_page = [tray.finishing()]
    program.environment["PYTHONPROFILEIMPORTTIME"] = "1"

    ended = program.run(*program.create)

    assert ended.code == 0
    loaded = imported(ended.err)
    assert NOT_FOR_CREATE & set(loaded) == set()
    assert loaded.index("PySide6.QtWebEngineWidgets") < loaded.index("httpx")


def test_a_shell_that_completes_is_answered_without_a_window(program: Program) -> None:
    program.environment["_TRAY_AUTH_DESKTOP_COMPLETE"] = "bash_source"

    ended = program.run()

    assert "_TRAY_AUTH_DESKTOP_COMPLETE=bash_complete" in ended.out
