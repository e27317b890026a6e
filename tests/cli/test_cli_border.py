"""Start-up without garbage collection, and what becomes of errors at the border."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from tray_auth_desktop.cli.border import exit_code_of
from tray_auth_desktop.cli.start_up import begin_start_up, end_start_up
from tray_auth_desktop.errors import ExitCode, JournalError, NetworkError, UsageError


@pytest.fixture
def collecting(python_collects: None) -> Iterator[None]:
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("collecting")
def test_start_up_is_not_looked_through_again() -> None:
    begin_start_up()
    assert not gc.isenabled()
    end_start_up()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 10_000


@pytest.mark.usefixtures("collecting")
def test_the_end_of_start_up_counts_once() -> None:
    begin_start_up()
    end_start_up()
    gc.unfreeze()
    end_start_up()
    assert gc.get_freeze_count() == 0


def test_qt_reads_no_source_of_what_is_imported_during_start_up() -> None:
    script = (
        "import builtins, linecache\n"
        "from tray_auth_desktop.cli.start_up import begin_start_up, end_start_up\n"
        "of_python = builtins.__import__\n"
        "begin_start_up()\n"
        "assert builtins.__import__ is of_python\n"
        "import tray_auth_desktop.gui.theme as theme\n"
        "assert theme.__file__ not in linecache.cache\n"
        "end_start_up()\n"
        "assert builtins.__import__ is not of_python\n"
        "end_start_up()\n"
        "assert builtins.__import__ is not of_python\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def raising(error: BaseException) -> Callable[[], int]:
    def work() -> int:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("no"), ExitCode.USAGE),
        (NetworkError("no"), ExitCode.NETWORK),
        (JournalError("no"), ExitCode.UNEXPECTED),
        (KeyboardInterrupt(), ExitCode.CLOSED),
    ],
)
def test_an_error_becomes_its_exit_code(error: BaseException, code: ExitCode) -> None:
    assert exit_code_of(raising(error)) == code


def test_what_happened_is_said_without_its_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    token = "5ec7e7" * 7

    exit_code_of(raising(UsageError(f"The token {token} is bad.", advice="Make another.")))

    said = capsys.readouterr()
    assert said.err.startswith("tray-auth-desktop: The token ")
    assert said.err.endswith(" is bad. Make another.\n")
    assert token not in said.err
    assert said.out == ""


def test_a_result_is_passed_on() -> None:
    assert exit_code_of(lambda: 5) == 5
