"""What is exported of an attempt holds none of what its dialog and its API said of secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.leaks.leaky_tray import LeakyTray
from tests.leaks.marked import AS_TRAY_HAS_THEM, LIKE_NOTHING_KNOWN, Marks, hits
from tests.leaks.sites import Site
from tests.leaks.watched_program import WatchedProgram
from tests.program_run import CREATE
from tests.serving import running

pytestmark = [pytest.mark.program, pytest.mark.webengine]


@pytest.fixture(params=[AS_TRAY_HAS_THEM, LIKE_NOTHING_KNOWN], ids=["as Tray has them", "like nothing known"])
def tray(request: pytest.FixtureRequest) -> Iterator[LeakyTray]:
    provider = Site()
    tray = LeakyTray(request.param, provider)
    with running(tray, provider):
        yield tray


def test_an_export_holds_no_secret(program_for: WatchedProgram, tray: LeakyTray) -> None:
    ended = program_for.run(*CREATE)
    assert ended.code == 0
    attempt_id = json.loads(ended.out)["attempt_id"]
    for form in ("json", "html"):
        exported = program_for.run("history", "export", attempt_id, "--format", form)
        assert exported.code == 0
        assert "console" in exported.out
        assert hits(tray.marks, exported.out.encode()) == []
    shown = program_for.run("history", "show", attempt_id)
    assert hits(tray.marks, shown.out.encode()) == []


@pytest.fixture
def program_for(tmp_path_factory: pytest.TempPathFactory, tray: LeakyTray) -> WatchedProgram:
    marks: Marks = tray.marks
    program = WatchedProgram(tmp_path_factory.mktemp("program"), marks)
    program.environment |= tray.environment()
    return program
