"""Dialogs run to their end by the audit, on the stand-in: what it says of each way, and what it leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.qa.audit_rig import a_case, auditing, settings_for
from tray_auth_desktop.core.models import Service, ServiceEnvironment
from tray_auth_desktop.qa.audit.model import Result, Step
from tray_auth_desktop.qa.audit.stand_in_steps import steps_on_stand_in
from tray_auth_desktop.standin import StandIn

pytestmark = pytest.mark.webengine
TWILIO = steps_on_stand_in(Service("s", "twilio", "Twilio"), ServiceEnvironment("e"))
SLACK = steps_on_stand_in(Service("s", "slack", "Slack"), ServiceEnvironment("e", "", "oauth2"))
AuditCase = Callable[..., Result]


@pytest.fixture
def audit_case(qapp: QApplication, stand_in: StandIn, tmp_path: Path) -> AuditCase:
    """Audit a dialog of the stand-in, in the way of a scenario."""

    def audit(scenario: str = "happy", *, keeps: bool = False, **case: Any) -> Result:
        values: dict[str, Any] = {"steps": TWILIO, "parameters": (("scenario", scenario),), **case}
        with auditing(settings_for(stand_in, tmp_path, keeps=keeps, attempt_s=120.0)) as auditor:
            return auditor.audit(a_case(stand_in, **values))

    return audit


def listed(stand_in: StandIn) -> set[str]:
    return {one["id"] for one in stand_in.dump()["authentications"]}


def rules(result: Result) -> list[tuple[str, str, str]]:
    return [(one.check, one.rule, one.severity) for one in result.findings]


@pytest.mark.parametrize("embedding", ["popup", "iframe"])
def test_a_third_partys_window_is_gone_through(
    audit_case: AuditCase, stand_in: StandIn, embedding: str
) -> None:
    before = listed(stand_in)
    place = next(
        one
        for one in stand_in.state.catalogue.places
        if (one.service.name, one.service.version) == ("slack", 4)
    )
    result = audit_case(
        service_id=place.service.id,
        service_name="slack",
        environment_id=place.environment.id,
        embedding=embedding,
        steps=SLACK,
    )
    assert (result.status, result.findings, result.outcome) == ("passed", (), "captured")
    assert listed(stand_in) == before


def test_an_end_that_is_not_announced_fails_and_is_left_to_a_person(
    audit_case: AuditCase, stand_in: StandIn
) -> None:
    before = listed(stand_in)
    close = (*TWILIO, Step(wait="you can close this window"), Step(click="Close"))
    result = audit_case("never-finishes", steps=close)
    assert ("run", "not-announced", "problem") in rules(result)
    assert ("clean-up", "left", "problem") in rules(result)
    (new,) = listed(stand_in) - before
    assert result.auth_id == new


def test_an_authentication_that_was_there_before_is_not_deleted(
    audit_case: AuditCase, stand_in: StandIn
) -> None:
    made = audit_case(keeps=True)
    assert made.auth_id in listed(stand_in)
    result = audit_case("existing-chosen")
    assert result.outcome == "captured"
    assert made.auth_id in listed(stand_in)
    assert result.auth_id == ""


def test_what_the_dialog_says_went_wrong_is_told(audit_case: AuditCase) -> None:
    result = audit_case("service-error")
    assert result.status == "failed"
    assert any(check == "run" for check, _, _ in rules(result))


def test_an_iframe_that_is_refused_is_told(audit_case: AuditCase) -> None:
    result = audit_case("iframe-refused", embedding="iframe")
    assert result.status == "failed"
    assert "does not let itself be shown in an iframe" in result.findings[0].text


def test_a_severed_opener_is_noted(audit_case: AuditCase) -> None:
    result = audit_case("severed-opener")
    assert ("run", "severed-opener", "note") in rules(result)
    assert result.status == "passed"
