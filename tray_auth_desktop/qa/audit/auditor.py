"""Audits one dialog after the other in one process, on a warm engine."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.core.attempt import Outcome, OutcomeKind
from tray_auth_desktop.core.timeline import EventKind
from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.qa.audit import page_checks, pictures
from tray_auth_desktop.qa.audit.cleaning_up import CleanUp
from tray_auth_desktop.qa.audit.full_run import errors_of, run_to_its_end
from tray_auth_desktop.qa.audit.model import Case, Finding, Result
from tray_auth_desktop.qa.audit.opening import little_moves, presentation_of
from tray_auth_desktop.qa.audit.pace import AttemptCalls, Pace, PacedClient, rate_of
from tray_auth_desktop.qa.audit.settings import AuditSettings, Target
from tray_auth_desktop.qa.errors import DialogExpectationError
from tray_auth_desktop.qa.workbench import QuietCollector, Workbench
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tray_auth_desktop.qa.dialog_session import DialogSession

#: How a process ends that can be used no more.
_BROKEN = 70
_THE_DIALOG_IS_THERE = "The dialog is there"


@dataclass(slots=True)
class _Seen:
    """What one try of a case has seen so far."""

    findings: list[Finding] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    @property
    def has_failed(self) -> bool:
        return any(finding.severity == "problem" for finding in self.findings)


class Auditor:
    """Opens dialogs, looks at them, and takes away what they made.

    Args:
        settings: What is audited, and how.
        processes: How many share the rate limit of the API.

    Raises:
        TrayAuthError: the workspace cannot be used, or the web engine cannot run here.
    """

    def __init__(self, settings: AuditSettings, processes: int) -> None:
        self._settings = settings
        self._workbench = Workbench(_configuration(settings.target), may_use_anybody=True, is_visible=False)
        pace = Pace(rate_of(settings.requests_per_s / processes))
        self._client = PacedClient(self._workbench.client, pace)
        self._little_moves = little_moves(settings.cases)

    def audit(self, case: Case) -> Result:
        """Audit a case, again as long as it fails and may be tried again."""
        started_at = time.monotonic()
        earlier: list[Finding] = []
        left: list[str] = []
        for number in range(1, self._settings.retries + 2):
            seen = _Seen()
            with QuietCollector():
                self._try(case, seen)
            left += seen.left
            if not seen.has_failed or number > self._settings.retries:
                break
            earlier += seen.findings
        return Result(
            **case.described(),
            status="failed" if seen.has_failed else "passed",
            findings=tuple(seen.findings),
            tries=number,
            earlier=tuple(earlier),
            auth_id=left[0] if left else "",
            left=tuple(left),
            seconds=round(time.monotonic() - started_at, 2),
            **seen.facts,
        )

    def close(self) -> None:
        """Let go of the engine and of the account."""
        self._workbench.close()

    def _try(self, case: Case, seen: _Seen) -> None:
        session: DialogSession | None = None
        calls = AttemptCalls(self._client)
        try:
            session = self._workbench.open_request(
                case.request,
                self._settings.attempt_s,
                presentation_of(case, asks_for_little_motion=not self._little_moves),
                lambda: calls,
            )
            if _never_began(session):
                os._exit(_BROKEN)  # an engine that starts no page never will: a new process goes on
            self._look(case, session, seen)
        except (DialogExpectationError, TrayAuthError) as error:
            seen.findings.append(Finding("load", "broken-off", " ".join(str(error).split())))
        finally:
            if session is not None:
                session.end()
                self._clean_up(case, session, calls, seen)

    def _look(self, case: Case, session: DialogSession, seen: _Seen) -> None:
        seen.facts.update(_load_facts(session))
        if session.last_outcome is not None:
            seen.findings.append(Finding("load", session.last_outcome.kind.value, _why(session.last_outcome)))
            seen.findings += errors_of(session, session.last_outcome)
            return
        page = page_checks.look_when_usable(session, self._settings.attempt_s)
        if page is None:
            text = f"after {self._settings.attempt_s:g} s there is no control that can be used"
            seen.findings.append(Finding("load", "never-usable", text))
            return
        seen.facts["usable_ms"] = page["usableMs"]
        seen.findings += [*page_checks.fit_findings(page), *page_checks.mixed_findings(page)]
        seen.findings += page_checks.accessibility_findings(session, self._settings.attempt_s)
        if self._settings.pictures:
            self._take_picture(case, session, seen)
        if case.steps:
            seen.findings += run_to_its_end(session, case.steps)
            seen.facts["outcome"] = session.outcome().kind.value
        seen.findings += page_checks.console_findings(session)

    def _take_picture(self, case: Case, session: DialogSession, seen: _Seen) -> None:
        def take() -> bytes | None:
            return pictures.take(session, self._settings.attempt_s)

        png = take()
        if png is None:
            seen.findings.append(Finding("picture", "none", "the dialog was not on the screen"))
            return
        facts, findings = pictures.keep(png, case.id, self._settings, take)
        seen.facts.update(facts)
        seen.findings += findings

    def _clean_up(self, case: Case, session: DialogSession, calls: AttemptCalls, seen: _Seen) -> None:
        """Take away what this dialog has made; where it was only looked at, nothing was."""
        outcome = session.last_outcome
        if not case.steps and (outcome is None or outcome.auth_id is None):
            return
        clean_up = CleanUp(
            case.request, self._client, keeps=self._settings.keeps, only_announced=not case.is_test_user
        )
        clean_up.run(self._workbench.listed_before(session), outcome, calls)
        seen.left += clean_up.left
        seen.findings += clean_up.findings


def _load_facts(session: DialogSession) -> dict[str, int]:
    """Return the status of the dialog's page, and when it was there."""
    facts = {}
    for event in session.timeline:
        seen = event.observation
        if seen.kind is not EventKind.NAVIGATION:
            continue
        status = seen.details.get("status")
        if isinstance(status, int) and seen.details.get("window") == "dialog":
            facts["http_status"] = status
        if seen.text == _THE_DIALOG_IS_THERE:
            facts["loaded_ms"] = event.at_ms
    return facts


def _never_began(session: DialogSession) -> bool:
    """Whether the engine did not so much as begin with a page, although there was time.

    WORKAROUND: on a machine with ten times more to do than it can, an engine may start no process for
    pages, and not for the next dialog either (seen once in 6.11.3).
    """
    outcome = session.last_outcome
    is_late = outcome is not None and outcome.kind is OutcomeKind.TIMED_OUT
    return is_late and all(event.observation.kind is not EventKind.ENGINE for event in session.timeline)


def _why(outcome: Outcome) -> str:
    return outcome.message or "the dialog was over before it could be looked at"


def _configuration(target: Target) -> Configuration:
    fields: dict[str, Any] = dict(target.fields)
    for name in ("config_dir", "data_dir"):
        if folder := fields.get(name):
            fields[name] = Path(folder)
    return Configuration(
        **fields,
        master_token=Secret(target.token) if target.token else None,
        waive_sandbox=target.waive_sandbox,
    )
