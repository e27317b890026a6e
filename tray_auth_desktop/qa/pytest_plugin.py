"""Fixtures for testing dialogs (docs/testing-dialogs.md). Inert until one of them is used.

pytest imports this module in every run where the package is installed. So nothing but pytest is
imported at its top, and the hooks look only at tests that use the fixtures.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tray_auth_desktop.qa.opener import DialogOpener
    from tray_auth_desktop.qa.workbench import Workbench
    from tray_auth_desktop.qa.workers import Worker
    from tray_auth_desktop.standin import StandIn

_FIXTURE = "auth_dialog"
_opener_key = pytest.StashKey["DialogOpener"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the fixtures."""
    group = parser.getgroup("tray-auth-desktop", "dialogs of Tray Embedded (tray-auth-desktop)")
    group.addoption(
        "--tray-workspace",
        metavar="NAME",
        help="Open dialogs of this workspace; by default those of a stand-in made for the test run.",
    )
    group.addoption(
        "--tray-any-user",
        action="store_true",
        help="Allow end users of the workspace who are no test users.",
    )
    group.addoption(
        "--dialog-visible", action="store_true", help="Show dialogs on the screen while they are tested."
    )
    group.addoption(
        "--dialog-report-dir",
        type=Path,
        metavar="PATH",
        help="Folder for timeline and picture of dialogs in failed tests; by default "
        "`dialogs` in pytest's temporary folder.",
    )


def pytest_collection_finish(session: pytest.Session) -> None:
    """Prepare Qt before any fixture makes an application, but only where a test opens dialogs."""
    if any(_FIXTURE in getattr(item, "fixturenames", ()) for item in session.items):
        from tray_auth_desktop.qa.workbench import prepare_qt

        prepare_qt(is_visible=session.config.getoption("dialog_visible"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add timeline and picture of its dialogs to the report of a failed test."""
    opener = item.stash.get(_opener_key, None)
    if opener is None or call.excinfo is None:
        return (yield)
    if call.excinfo.errisinstance((pytest.skip.Exception, pytest.exit.Exception, KeyboardInterrupt)):
        return (yield)
    reports = opener.reports(item.nodeid)
    for number, found in enumerate(reports, start=1):
        for name, path in (("timeline", found.timeline), ("picture", found.picture)):
            if path is not None:
                item.user_properties.append((f"dialog_{number}_{name}", str(path)))
    report = yield
    report.sections += [(f"Dialog {number}", found.text) for number, found in enumerate(reports, start=1)]
    return report


@pytest.fixture(scope="session")
def tray_standin_options() -> dict[str, Any]:
    """Return what `StandIn` is made with. Override it for other ports, tokens, limits or seeds."""
    return {}


@pytest.fixture(scope="session")
def tray_standin(tray_standin_options: dict[str, Any]) -> Iterator[StandIn]:
    """Serve a stand-in of Tray for the whole test run; under pytest-xdist, each worker its own."""
    from tray_auth_desktop.standin import StandIn

    with StandIn(**tray_standin_options) as stand_in:
        yield stand_in


@pytest.fixture(scope="session")
def _tray_workbench(request: pytest.FixtureRequest) -> Iterator[Workbench]:
    """Make what all dialogs of the process are opened with."""
    from tray_auth_desktop.errors import TrayAuthError
    from tray_auth_desktop.qa import accounts
    from tray_auth_desktop.qa.workbench import Workbench

    options = request.config.option
    stand_in = None if options.tray_workspace else request.getfixturevalue("tray_standin")
    try:
        workbench = Workbench(
            accounts.of_stand_in(stand_in) if stand_in else accounts.of_workspace(options.tray_workspace),
            may_use_anybody=options.tray_any_user or stand_in is not None,
            is_visible=options.dialog_visible,
            worker=None if stand_in is not None else _worker(request.config),
        )
    except TrayAuthError as error:
        pytest.fail(error.explanation, pytrace=False)
    yield workbench
    workbench.close()


def _worker(config: pytest.Config) -> Worker | None:
    """Return which worker of pytest-xdist this process is; None without workers."""
    told: dict[str, Any] | None = getattr(config, "workerinput", None)
    if told is None:
        return None
    from tray_auth_desktop.qa.workers import Worker

    return Worker(told["workerid"], told["workercount"])


@pytest.fixture
def auth_dialog(
    request: pytest.FixtureRequest, _tray_workbench: Workbench, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DialogOpener]:
    """Open real dialogs: `auth_dialog(service="twilio")` returns what acts in one as a person would."""
    from tray_auth_desktop.qa.opener import DialogOpener

    folder = request.config.getoption("dialog_report_dir")
    opener = DialogOpener(_tray_workbench, folder or tmp_path_factory.getbasetemp() / "dialogs")
    request.node.stash[_opener_key] = opener
    with opener:
        yield opener
