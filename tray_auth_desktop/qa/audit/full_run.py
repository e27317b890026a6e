"""Does in a dialog what a plan says, to its end: the announced id must be in the user's list."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.qa.audit.model import Finding, Step
from tray_auth_desktop.qa.driver import STEP_S
from tray_auth_desktop.qa.errors import DialogExpectationError

if TYPE_CHECKING:
    from tray_auth_desktop.qa.dialog_session import DialogSession
    from tray_auth_desktop.qa.driver import WindowDriver


def run_to_its_end(session: DialogSession, steps: Sequence[Step]) -> list[Finding]:
    """Take all steps and wait for the outcome; return what went wrong.

    A dialog in which a step cannot be taken is closed, so that its outcome is known all the same.
    """
    findings = []
    popup: WindowDriver | None = None
    try:
        for step in steps:
            if step.in_popup:
                popup = popup or session.popup(timeout=STEP_S)
            _take(popup if step.in_popup and popup is not None else session, step)
        outcome = session.outcome()
    except DialogExpectationError as error:
        findings.append(Finding("run", "step", " ".join(str(error).split())))
        session.close()
        outcome = session.outcome()
    return [*findings, *errors_of(session, outcome), *_findings_of(outcome)]


def _take(window: WindowDriver, step: Step) -> None:
    value = os.environ.get(step.value_from, "") if step.value_from else step.value
    if step.fill:
        window.fill(step.fill, value, timeout=STEP_S)
    elif step.choose:
        window.choose(step.choose, value, timeout=STEP_S)
    elif step.click:
        window.click(step.click, timeout=STEP_S)
    elif step.press:
        window.press(step.press, timeout=STEP_S)
    else:
        window.wait_for_text(step.wait, timeout=STEP_S)


def errors_of(session: DialogSession, outcome: Outcome) -> list[Finding]:
    """Return what the dialog said went wrong, also where the list says that it has made something."""
    errors = []
    for event in session.timeline:
        details = event.observation.details
        error = str(details.get("error") or "")
        is_told = outcome.kind is OutcomeKind.FAILED and error in (outcome.message or "")
        if "error_field" in details and not is_told:
            said = error or "it does not say what"
            errors.append(Finding("run", "error", f"the dialog reported an error: {said}"))
    return errors


def _findings_of(outcome: Outcome) -> list[Finding]:
    if outcome.kind is not OutcomeKind.CAPTURED:
        return [Finding("run", "outcome", f"it ended as {outcome.kind.value}: {outcome.message}")]
    findings = []
    if outcome.via is Via.LISTING:
        text = f"the dialog announced nothing; {outcome.auth_id} was found in the user's list only"
        findings.append(Finding("run", "not-announced", text))
    if outcome.via is Via.SEVERED_OPENER:
        text = "its opener was severed: a web page of your own would not get the message"
        findings.append(Finding("run", "severed-opener", text, "note"))
    if not outcome.confirmed:
        findings.append(Finding("run", "not-listed", f"{outcome.auth_id} is not in the user's list"))
    return findings
