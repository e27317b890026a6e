"""The part of an audit that is pytest: each case is a test, and each process audits what it is given.

Loaded by `audit` alone (`-p`), in the process that hands out the cases and in those that audit them.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from tray_auth_desktop.qa.audit.model import Case, Result
from tray_auth_desktop.qa.audit.settings import AuditSettings

if TYPE_CHECKING:
    from tray_auth_desktop.qa.audit.auditor import Auditor

#: Where the settings are handed to a process, and where its results come back.
SETTINGS, RESULT = "tray_audit_settings", "tray_audit_result"
_ENGINE_FLAGS, _LITTLE_MOTION = "QTWEBENGINE_CHROMIUM_FLAGS", "--force-prefers-reduced-motion"
_settings_key = pytest.StashKey[AuditSettings]()


def settings_of(config: pytest.Config) -> AuditSettings:
    """Return the settings, in a process that audits."""
    if _settings_key not in config.stash:
        given: bytes = config.workerinput[SETTINGS]  # type: ignore[attr-defined]  # pytest-xdist's
        config.stash[_settings_key] = msgspec.json.decode(given, type=AuditSettings)
    return config.stash[_settings_key]


def pytest_configure(config: pytest.Config) -> None:
    """Leave Ctrl-C to the process that hands out the cases: what is under way here is ended in order."""
    if hasattr(config, "workerinput"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test of each case."""
    if "case" in metafunc.fixturenames:
        cases = settings_of(metafunc.config).cases
        metafunc.parametrize("case", cases, ids=map(str, range(len(cases))))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Say how Qt and its engine shall start: little moves, so that two pictures of the same are the same."""
    from tray_auth_desktop.qa.audit.opening import little_moves
    from tray_auth_desktop.qa.workbench import prepare_qt

    prepare_qt(is_visible=False)
    if not little_moves(settings_of(session.config).cases):
        return  # those that shall move little are asked to, one by one
    flags = os.environ.get(_ENGINE_FLAGS, "")
    os.environ[_ENGINE_FLAGS] = f"{flags} {_LITTLE_MOTION}".strip()


@pytest.fixture(scope="session")
def auditor(request: pytest.FixtureRequest) -> Iterator[Auditor]:
    """Make what audits, once per process."""
    from tray_auth_desktop.qa.audit.auditor import Auditor

    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    made = Auditor(settings_of(request.config), processes)
    yield made
    made.close()


@pytest.fixture
def audited(request: pytest.FixtureRequest, case: Case, auditor: Auditor) -> Result:
    """Audit the test's case, and tell whoever started the audit; once that was stopped, do nothing."""
    if Path(settings_of(request.config).stop_file).exists():
        pytest.skip("The audit was stopped.")
    result = auditor.audit(case)
    request.node.user_properties.append((RESULT, msgspec.json.encode(result).decode()))
    return result
