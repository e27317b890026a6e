"""Dialogs run to their end by the audit, on the stand-in: what it says of each way, and what it leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from tests.conftest import Page, PageServer
from tests.qa.audit_rig import a_case, auditing, put, settings_for
from tray_auth_desktop.core.models import Service, ServiceEnvironment
from tray_auth_desktop.qa.audit.model import Result, Step, Variation
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


CLOSE = (*TWILIO, Step(wait="you can close this window"), Step(click="Close"))


def test_an_end_that_is_not_announced_fails_and_what_it_made_is_deleted(
    audit_case: AuditCase, stand_in: StandIn
) -> None:
    before = listed(stand_in)
    result = audit_case("never-finishes", steps=CLOSE)
    assert rules(result) == [("run", "not-announced", "problem")]
    assert listed(stand_in) == before
    assert (result.auth_id, result.left) == ("", ())


def test_what_was_not_announced_is_named_if_it_is_kept(audit_case: AuditCase, stand_in: StandIn) -> None:
    before = listed(stand_in)
    result = audit_case("never-finishes", steps=CLOSE, keeps=True)
    (new,) = listed(stand_in) - before
    assert result.left == (new,)


def test_what_was_not_announced_of_one_who_is_no_test_user_is_left_and_named(
    audit_case: AuditCase, stand_in: StandIn
) -> None:
    before = listed(stand_in)
    result = audit_case("never-finishes", steps=CLOSE, is_test_user=False)
    (new,) = listed(stand_in) - before
    assert (result.auth_id, result.left) == (new, (new,))
    (said,) = [one.text for one in result.findings if one.check == "clean-up"]
    assert said == f"{new} was left: it was not announced, and its end user is no test user"


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


class Making(dict[str, Page]):
    """Pages of which one makes something when it is asked for."""

    def __init__(self, make: Callable[[], object]) -> None:
        super().__init__()
        self._make = make

    def get(self, path: str, default: Any = None) -> Any:
        """Return a page."""
        if path == "/make":
            self._make()
        return super().get(path, default)


ERROR = """<h1>Connect</h1><button>Create</button><script>
const told = { type: "tray.authPopup.error", error: "The account is locked" };
document.querySelector("button").onclick = () => fetch("/make").then(() => opener.postMessage(told, "*"));
</script>"""


def test_what_a_dialog_said_is_kept_although_the_list_has_something_new(
    qapp: QApplication, stand_in: StandIn, pages: PageServer, tmp_path: Path
) -> None:
    case = a_case(stand_in, steps=(Step(click="Create"),))
    place = next(one for one in stand_in.state.catalogue.places if one.environment.id == case.environment_id)
    before = listed(stand_in)
    pages.pages = Making(lambda: stand_in.state.authentications.create(case.user_id, "made", place))
    put(pages, stand_in, ERROR)
    with auditing(settings_for(stand_in, tmp_path, pages.origin, attempt_s=120.0)) as auditor:
        result = auditor.audit(case)
    assert result.status == "failed"
    assert rules(result) == [("run", "error", "problem"), ("run", "not-announced", "problem")]
    assert result.findings[0].text == "the dialog reported an error: The account is locked"
    assert listed(stand_in) == before


def test_pages_may_move_where_the_plan_says_so(
    qapp: QApplication, stand_in: StandIn, pages: PageServer, tmp_path: Path
) -> None:
    """In this process no flag of the engine asks for it: what is asked for comes from the case."""
    asks = "<script>console.error(matchMedia('(prefers-reduced-motion: reduce)').matches)</script>"
    put(pages, stand_in, f"<button>Create</button>{asks}")
    moving = a_case(stand_in, variation=Variation(reduced_motion=False))
    settings = settings_for(stand_in, tmp_path, pages.origin)
    with auditing(msgspec.structs.replace(settings, cases=(moving,))) as auditor:
        seen = [auditor.audit(case).findings for case in (moving, a_case(stand_in))]
    said = [next(one.text for one in findings if one.check == "console") for findings in seen]
    assert [text.partition(" ")[0] for text in said] == ["false", "true"]


def test_the_page_sees_what_a_case_says(
    qapp: QApplication, stand_in: StandIn, pages: PageServer, tmp_path: Path
) -> None:
    asks = (
        "<script>console.error([navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone,"
        " navigator.userAgent].join('|'))</script>"
    )
    put(pages, stand_in, f"<button>Create</button>{asks}")
    shown = Variation(language="de-DE", time_zone="Asia/Tokyo", user_agent="Agent/1")
    with auditing(settings_for(stand_in, tmp_path, pages.origin)) as auditor:
        result = auditor.audit(a_case(stand_in, variation=shown))
    (text,) = [one.text for one in result.findings if one.check == "console"]
    assert text.startswith("de-DE|Asia/Tokyo|Agent/1 ")
    assert result.presentation == {"language": "de-DE", "time_zone": "Asia/Tokyo", "user_agent": "Agent/1"}


def test_an_iframe_that_is_refused_is_told(audit_case: AuditCase) -> None:
    result = audit_case("iframe-refused", embedding="iframe")
    assert result.status == "failed"
    assert "does not let itself be shown in an iframe" in result.findings[0].text


def test_a_severed_opener_is_noted(audit_case: AuditCase) -> None:
    result = audit_case("severed-opener")
    assert ("run", "severed-opener", "note") in rules(result)
    assert result.status == "passed"
