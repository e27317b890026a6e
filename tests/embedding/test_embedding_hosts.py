"""Applications that start the web engine in different ways, or not at all; each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.embedding.filling_host import FillingHost
from tests.embedding.host_bench import TWILIO, USER_ID

pytestmark = [pytest.mark.program, pytest.mark.webengine]
PROGRAM = Path(__file__).with_name("host_program.py")
Run = Callable[[str], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    def run(way: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(PROGRAM), way, USER_ID, *TWILIO],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


def is_clean(ran: subprocess.CompletedProcess[str]) -> bool:
    return not [text for text in ("Traceback", "Release of profile", "QThread", "Segm") if text in ran.stderr]


@pytest.mark.parametrize("way", ["plain", "own view"])
def test_beside_the_applications_own_use_of_the_engine(run: Run, way: str) -> None:
    ran = run(way)
    assert ran.returncode == 0, ran.stderr
    own = ["own page data"] if way == "own view" else []
    assert [line.strip() for line in ran.stdout.splitlines()] == ["captured", "confirmed", *own]
    assert is_clean(ran), ran.stderr


def test_run_returns_to_the_application(run: Run) -> None:
    ran = run("run")
    assert (ran.returncode, ran.stdout) == (0, "returned captured True\n"), ran.stderr
    assert is_clean(ran), ran.stderr


def test_an_application_made_too_early_is_told_what_to_do(run: Run) -> None:
    ran = run("late import")
    assert ran.stdout.startswith("failed The web engine cannot start")
    assert "AA_ShareOpenGLContexts" in ran.stdout
    assert is_clean(ran), ran.stderr


def test_an_application_that_quits_meanwhile_ends_cleanly(run: Run, host: FillingHost) -> None:
    host.is_filled_in = False
    ran = run("quit")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("closed ")
    assert is_clean(ran), ran.stderr
