"""Runs an audit: hands its cases to pytest, which spreads them over processes, and takes what comes back."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tray_auth_desktop import assets
from tray_auth_desktop.errors import TrayAuthError, UsageError
from tray_auth_desktop.qa.audit.model import Case, Finding, Result
from tray_auth_desktop.qa.audit.scripts import axe_source

if TYPE_CHECKING:
    from tray_auth_desktop.qa.audit.cleaning_up import CleanUp
    from tray_auth_desktop.qa.audit.settings import AuditSettings

_PLUGIN = "tray_auth_desktop.qa.audit.pytest_audit"
_TESTS = Path(__file__).with_name("test_dialogs.py")
#: How long a process gets to end by itself when the audit is over, in seconds.
_END_S = 5
_SHARD = re.compile(r"(\d{1,4})/(\d{1,4})")
Took = Callable[[Result], None]


class AuditError(TrayAuthError):
    """The audit as such did not work, whatever the dialogs are like."""


def parse_shard(text: str) -> tuple[int, int]:
    """Return which part of how many a text such as `2/5` means.

    Raises:
        UsageError: it means none.
    """
    match = _SHARD.fullmatch(text.strip())
    number, count = (int(match[1]), int(match[2])) if match else (0, 0)
    if not 1 <= number <= count:
        raise UsageError(f"{text!r} is no shard, such as 2/5: the second of five parts.")
    return number, count


def shard_of(cases: Sequence[Case], number: int, count: int) -> tuple[Case, ...]:
    """Return one part of the cases; all parts together are all of them.

    A group stays in one part: parts are audited at the same time.
    """
    groups: dict[tuple[str, str, str], int] = Counter(case.group for case in cases)
    parts: list[int] = [0] * count
    part_of: dict[tuple[str, str, str], int] = {}
    for group in sorted(groups, key=groups.__getitem__, reverse=True):  # the large ones first
        part_of[group] = parts.index(min(parts))
        parts[part_of[group]] += groups[group]
    return tuple(case for case in cases if part_of[case.group] == number - 1)


def run(settings: AuditSettings, processes: int, took: Took, settle: Callable[[Case], CleanUp]) -> None:
    """Audit all cases; return when they are done, or were stopped by the stop file.

    A case whose process broke down is audited once more, in a new one; that counts as a try.

    Args:
        settings: What to audit, and how.
        processes: How many processes audit at the same time; no more than there are groups of cases.
        took: Called with each result, as it comes.
        settle: Takes away what the dialog of a case has made whose process broke down.

    Raises:
        AuditError: pytest could not run them.
        UsageError: what it needs is not installed.
        KeyboardInterrupt: it was told to end at once.
    """
    check_installed()
    broken = _pass(settings, processes, took)
    earlier = {case.id: ((finding,), settle(case)) for case, finding in broken}

    def took_again(result: Result) -> None:
        """Take a result with what its first, broken try has told."""
        findings, after = earlier[result.id]
        left = (*after.left, *result.left)
        told = msgspec.structs.replace(
            result,
            tries=result.tries + 1,
            earlier=(*findings, *after.findings, *result.earlier),
            left=left,
            auth_id=left[0] if left else "",
        )
        took(told)

    if broken and not Path(settings.stop_file).exists():
        again = tuple(case for case, _ in broken)
        for case, finding in _pass(msgspec.structs.replace(settings, cases=again), processes, took_again):
            after = settle(case)
            findings = (finding, *after.findings)
            took_again(Result(**case.described(), status="failed", findings=findings, left=tuple(after.left)))


def _pass(settings: AuditSettings, processes: int, took: Took) -> list[tuple[Case, Finding]]:
    """Audit all cases once; return those whose processes broke down."""
    import pytest

    from tray_auth_desktop.qa.audit.handing_out import HandingOut

    os.environ.pop("PYTEST_ADDOPTS", None)  # they are for other tests
    nodes: Any = import_module("xdist.workermanage")  # it has no types
    nodes.NodeManager.EXIT_TIMEOUT = _END_S  # what is still waiting for a page then is not waited for
    handing_out = HandingOut(settings, took)
    processes = min(processes, len({case.group for case in settings.cases}))  # no group has two at a time
    code = pytest.main([*_arguments(processes), str(_TESTS)], plugins=[handing_out])
    if code == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise AuditError(f"pytest ended with {code!r}. {handing_out.trouble}".strip())
    return handing_out.broken


def check_installed() -> None:
    """Make sure that what an audit needs is installed.

    Raises:
        UsageError: it is not; says what to do.
    """
    for name in ("pytest", "xdist"):
        if find_spec(name) is None:
            raise UsageError(
                f"The audit needs {name}, which is not installed.",
                advice="Install the package with its extra: pip install 'tray-auth-desktop[qa]'.",
            )
    axe_source()


def _arguments(processes: int) -> list[str]:
    """Return pytest's arguments: nothing of the place where the audit is started shall count."""
    plugins = [
        part for name in ("xdist", _PLUGIN, "no:cacheprovider", "no:faulthandler") for part in ("-p", name)
    ]
    place = ["-c", str(assets.path("qa/pytest.ini")), "--rootdir", str(_TESTS.parent)]
    return [
        "--disable-plugin-autoload",
        *plugins,
        *place,
        "--import-mode=importlib",
        f"--numprocesses={processes}",
        "--dist=load",
    ]
