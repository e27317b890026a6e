"""A whole audit, from what is asked for to its report."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tray_auth_desktop import __version__, app
from tray_auth_desktop.onboarding.past_attempt import iso_time
from tray_auth_desktop.qa import accounts
from tray_auth_desktop.qa.audit import running
from tray_auth_desktop.qa.audit.aftermath import Aftermath
from tray_auth_desktop.qa.audit.model import Case, Result
from tray_auth_desktop.qa.audit.pace import REQUESTS_PER_S, Pace, PacedClient, rate_of
from tray_auth_desktop.qa.audit.plan import Plan
from tray_auth_desktop.qa.audit.report import Report, write_report
from tray_auth_desktop.qa.audit.resolving import Resolver
from tray_auth_desktop.qa.audit.results_file import ResultsFile
from tray_auth_desktop.qa.audit.settings import ATTEMPT_S, TOLERANCE, AuditSettings, Target

if TYPE_CHECKING:
    from tray_auth_desktop.configuration import Configuration
    from tray_auth_desktop.core.workspace import Workspace

#: Told how many cases there are, how many are done already, and returns what is told of each result.
Begun = Callable[[int, int], Callable[[Result], None]]
_STAND_IN = "stand-in"


@dataclass(frozen=True, slots=True)
class AuditWish:
    """What a person asks for.

    Attributes:
        plan: Which dialogs, and how they are shown.
        folder: Where the report goes.
        plan_name: How an error names the plan, and begins; empty where there is no file.
        user: The end user that a flag names.
        processes: How many audit at the same time; 0 for twice as many as there are processors.
        shard: Which part of how many is to be done here.
        resumes: Whether cases that the folder has results of are done already.
        may_use_anybody: Whether end users may be others than test users.
        retries, keeps, pictures, baseline, updates_baseline, tolerance, attempt_s: As in `AuditSettings`.
    """

    plan: Plan
    folder: Path
    plan_name: str = ""
    user: str = ""
    processes: int = 0
    shard: tuple[int, int] = (1, 1)
    resumes: bool = False
    may_use_anybody: bool = False
    retries: int = 0
    keeps: bool = False
    pictures: bool = True
    baseline: Path | None = None
    updates_baseline: bool = False
    tolerance: float = TOLERANCE
    attempt_s: float = ATTEMPT_S


class Audit:
    """Carries a wish out on one account.

    Args:
        configuration: What to audit; without an account, the stand-in.
        wish: What of it, and how.
    """

    def __init__(self, configuration: Configuration, wish: AuditWish) -> None:
        self._configuration = configuration
        self._wish = wish
        self._stop_file = Path(tempfile.mkdtemp(prefix="tray-auth-desktop-")) / "stop"

    def stop(self) -> None:
        """End after the dialogs that are open now."""
        self._stop_file.touch()

    def run(self, begun: Begun) -> Report:
        """Audit, and write the report, whatever ends the audit.

        Args:
            begun: Called once it is known how much there is to do.

        Raises:
            UsageError: what is asked for cannot be done as it is said.
            TrayAuthError: Tray could not be asked, or the audit could not be run here.
        """
        running.check_installed()
        try:
            with _account(self._configuration) as (configuration, is_stand_in):
                return self._run(configuration, begun, is_stand_in=is_stand_in)
        finally:
            shutil.rmtree(self._stop_file.parent, ignore_errors=True)

    def _run(self, configuration: Configuration, begun: Begun, *, is_stand_in: bool) -> Report:
        started_at = iso_time(time.time())
        account = app.Account(configuration)
        try:
            app.sandbox_decision(configuration, account.face)  # refused once, and not for each dialog
            cases = self._cases(account, is_stand_in=is_stand_in)
            file = ResultsFile(self._wish.folder, goes_on=self._wish.resumes, started_at=started_at)
            try:
                self._audit(configuration, account, cases, file, begun)
            finally:
                report = self._report(_STAND_IN if is_stand_in else account.name, cases, file)
                write_report(report, self._wish.folder)
        finally:
            account.close()
        return report

    def _audit(
        self,
        configuration: Configuration,
        account: app.Account,
        cases: tuple[Case, ...],
        file: ResultsFile,
        begun: Begun,
    ) -> None:
        """Do what the file has no result of."""
        wish = self._wish
        todo = tuple(case for case in cases if case.id not in file.results)
        show = begun(len(cases), len(cases) - len(todo))
        if not todo:
            return
        pace = Pace(rate_of(REQUESTS_PER_S / wish.shard[1]))
        aftermath = Aftermath(PacedClient(account.client, pace), todo, keeps=wish.keeps)

        def took(result: Result) -> None:
            file.add(result)
            aftermath.took(result)
            show(result)

        settings, processes = self._settings(configuration, todo), wish.processes or _processes()
        running.run(settings, processes, took, aftermath.settle)

    def _report(self, workspace: str, cases: tuple[Case, ...], file: ResultsFile) -> Report:
        number, count = self._wish.shard
        return Report(
            program=__version__,
            workspace=workspace,
            started_at=file.started_at,
            seconds=file.seconds,
            planned=len(cases),
            results=_in_place(cases, file.results),
            shards=(f"{number}/{count}",),
        )

    def _cases(self, account: app.Account, *, is_stand_in: bool) -> tuple[Case, ...]:
        """Return the cases that are to be done here."""
        wish = self._wish
        resolver = Resolver(
            account.client(),
            may_use_anybody=wish.may_use_anybody,
            is_stand_in=is_stand_in or _is_running_stand_in(account.face),
            named=wish.plan_name,
            user=wish.user,
        )
        return running.shard_of(resolver.cases(wish.plan), *wish.shard)

    def _settings(self, configuration: Configuration, todo: tuple[Case, ...]) -> AuditSettings:
        wish = self._wish
        return AuditSettings(
            todo,
            _target(configuration),
            str(wish.folder),
            str(self._stop_file),
            REQUESTS_PER_S / wish.shard[1],
            retries=wish.retries,
            keeps=wish.keeps,
            pictures=wish.pictures,
            baseline=str(wish.baseline or ""),
            updates_baseline=wish.updates_baseline,
            tolerance=wish.tolerance,
            attempt_s=wish.attempt_s,
        )


@contextmanager
def _account(configuration: Configuration) -> Iterator[tuple[Configuration, bool]]:
    """Yield what to audit, and whether it is the stand-in: one, which all processes use."""
    if configuration.choose().entry is not None:
        yield configuration, False
        return
    from tray_auth_desktop.standin import StandIn

    with StandIn() as stand_in:
        found = accounts.of_stand_in(stand_in)
        opener_origin, waived = configuration.opener_origin, configuration.waive_sandbox
        yield replace(found, opener_origin=opener_origin, waive_sandbox=waived), True


def _is_running_stand_in(face: Workspace) -> bool:
    """Whether a workspace is a stand-in that somebody has started: what its services take is known, too."""
    from tray_auth_desktop.standin.stand_in import DEFAULT_EMBEDDED_ID

    return face.is_local and face.embedded_id == DEFAULT_EMBEDDED_ID


def _in_place(cases: Iterable[Case], results: Mapping[str, Result]) -> tuple[Result, ...]:
    """Return the results of the cases in their order, which may be another one than when they were made."""
    return tuple(
        msgspec.structs.replace(results[case.id], place=case.place) for case in cases if case.id in results
    )


def _processes() -> int:
    """Return how many make use of the processors: a dialog waits half of its time."""
    return 2 * (os.cpu_count() or 1)


def _target(configuration: Configuration) -> Target:
    values = {one.name: getattr(configuration, one.name) for one in fields(configuration)}
    token = values.pop("master_token")
    is_waived = values.pop("waive_sandbox")
    given = {name: str(value) for name, value in values.items() if value is not None}
    return Target(given, token.reveal() if token else "", is_waived)
