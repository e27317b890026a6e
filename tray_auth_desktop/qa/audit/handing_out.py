"""The plugin of the process that hands out the cases of an audit, and takes their results."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from tray_auth_desktop.qa.audit.model import Case, Finding, Result
from tray_auth_desktop.qa.audit.pytest_audit import RESULT, SETTINGS
from tray_auth_desktop.qa.audit.scheduling import GroupScheduling
from tray_auth_desktop.qa.audit.settings import AuditSettings
from tray_auth_desktop.redaction import redact

_NUMBER = re.compile(r"\[(\d+)\]")
_LONGEST_REASON = 500


class HandingOut:
    """Hands out cases, one test each.

    Args:
        settings: What every process is told.
        took: Called with each result, as it comes.

    Attributes:
        broken: The cases whose processes broke down, each with how.
        trouble: Why the cases could not be read; empty if they could.
    """

    def __init__(self, settings: AuditSettings, took: Callable[[Result], None]) -> None:
        self._settings = settings
        self._took = took
        self.broken: list[tuple[Case, Finding]] = []
        self.trouble = ""

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Take pytest's own output away: the progress bar is on the screen, and the report comes after."""
        config.pluginmanager.unregister(name="terminalreporter")

    def pytest_configure_node(self, node: Any) -> None:
        """Hand the settings to a process, by the pipe that it is led by."""
        node.workerinput[SETTINGS] = msgspec.json.encode(self._settings)

    def pytest_xdist_make_scheduler(self, config: pytest.Config) -> GroupScheduling:
        """Say in which order the processes do what."""
        groups = [case.group for case in self._settings.cases]
        return GroupScheduling(groups, config.getvalue("numprocesses"))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take a case's result, or note that its process broke down."""
        told = dict(report.user_properties).get(RESULT)
        if told is not None and report.when == "call":
            self._took(msgspec.json.decode(str(told), type=Result))
        elif told is None and report.failed:
            self._note_broken(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why the cases could not be read."""
        if report.failed:
            self.trouble = report.longreprtext

    def _note_broken(self, report: pytest.TestReport) -> None:
        """Keep a case without a result. What pytest says of it names our own files, which help nobody."""
        number = _NUMBER.search(report.nodeid)
        case = self._settings.cases[int(number[1]) if number else 0]
        crash = getattr(report.longrepr, "reprcrash", None)
        text = "the process that audited it broke down"
        if crash is not None:
            why = " ".join(redact(crash.message, _LONGEST_REASON).split())
            text = f"it could not be audited, by a mistake of the program: {why}"
        self.broken.append((case, Finding("load", "process", text)))
