"""The page at the root of the control API: what a person does there, the stand-in does."""

from __future__ import annotations

import httpx
import pytest

from tests.integrator.browsing import APPLICATION, DIALOG_FRAME, DIALOG_WINDOW, Browser, make_twilio
from tests.integrator.conftest import Integration
from tray_auth_desktop.standin import Fault, StandIn

pytestmark = pytest.mark.webengine
CONTROLLED = pytest.mark.parametrize("stand_in", [{"control": True}], indirect=True)
FINISH = r'"type":"tray.authpopup.finish","authType":"token","authId":"[0-9a-f-]{36}"'


def visit(browser: Browser, stand_in: StandIn) -> None:
    """Show the control page, and wait until its script has begun to keep it up to date."""
    browser.visit(f"{stand_in.control_url}/")
    browser.wait_for(APPLICATION, "ahead", "as the computer's")


@CONTROLLED
def test_a_dialog_in_a_window(browser: Browser, stand_in: StandIn) -> None:
    visit(browser, stand_in)
    browser.fill(APPLICATION, "End user", "4a392901-1acd-54f4-af29-8f1da44444fd")
    browser.press(APPLICATION, "Open dialog")
    make_twilio(browser, DIALOG_WINDOW)
    browser.wait_for(APPLICATION, "heard", rf".* from {stand_in.dialog_url} \{{{FINISH}\}}$")
    browser.wait_for(APPLICATION, "open-summary", "The window is closed")
    browser.wait_for(APPLICATION, "messages", rf".*{FINISH}.*\*opener")
    browser.wait_for(APPLICATION, "requests", r".*dialog.*submitpage200")
    assert [one.receiver for one in stand_in.messages] == ["opener"]


@CONTROLLED
def test_a_dialog_on_the_page_that_goes_its_own_way(browser: Browser, stand_in: StandIn) -> None:
    visit(browser, stand_in)
    browser.fill(APPLICATION, "How it goes", "finish-twice")
    browser.fill(APPLICATION, "Shown in", "frame")
    browser.press(APPLICATION, "Open dialog")
    make_twilio(browser, DIALOG_FRAME)
    browser.wait_for(APPLICATION, "heard", rf".*{FINISH}.*{FINISH}")
    browser.wait_for(APPLICATION, "open-summary", "The dialog has ended")


@CONTROLLED
def test_scenarios_are_chosen_and_removed(browser: Browser, stand_in: StandIn) -> None:
    visit(browser, stand_in)
    browser.fill(APPLICATION, "go as", "severed-opener")
    browser.press(APPLICATION, "Choose")
    browser.wait_for(APPLICATION, "chosen", "every service: severed-opener")
    browser.fill(APPLICATION, "Dialogs of", "slack")
    browser.fill(APPLICATION, "go as", "consent-denied")
    browser.press(APPLICATION, "Choose")
    browser.wait_for(APPLICATION, "chosen", ".*slack: consent-denied")
    assert stand_in.scenarios.chosen == {"*": "severed-opener", "slack": "consent-denied"}
    browser.press(APPLICATION, "Remove every service: severed-opener")
    browser.wait_for(APPLICATION, "chosen", "slack: consent-denied")
    assert stand_in.scenarios.chosen == {"slack": "consent-denied"}


@CONTROLLED
def test_faults_are_added_and_removed(browser: Browser, stand_in: StandIn) -> None:
    visit(browser, stand_in)
    browser.fill(APPLICATION, "Operation", "users")
    browser.fill(APPLICATION, "How many times", "2")
    browser.press(APPLICATION, "Add fault")
    browser.wait_for(APPLICATION, "faults", "users, status 503, 0 of 2 times")
    browser.fill(APPLICATION, "Operation", "dialog")
    browser.fill(APPLICATION, "What happens", "delay_s")
    browser.fill(APPLICATION, "How many times", "")
    browser.fill(APPLICATION, "Chance in %", "20")
    browser.press(APPLICATION, "Add fault")
    browser.wait_for(APPLICATION, "faults", ".*dialog, delay 2, 20 %, 0 times so far")
    late = Fault(operation="dialog", delay_s=2, probability=0.2)
    assert [fault for fault, _ in stand_in.faults.strikes()] == [
        Fault(operation="users", status=503, count=2),
        late,
    ]
    signed = {"Authorization": f"Bearer {stand_in.master_token}"}
    asked = {"query": "{users{edges{cursor}}}"}
    answer = httpx.post(stand_in.graphql_url, json=asked, headers=signed, trust_env=False)
    assert answer.status_code == 503
    browser.press(APPLICATION, "Remove dialog, delay 2, 20 %, 0 times so far")
    browser.wait_for(APPLICATION, "faults", "users, status 503, 1 of 2 times(?!.*dialog)")
    assert [(rule.number, rule.strikes) for rule in stand_in.faults.rules()] == [(1, 1)]


@CONTROLLED
def test_a_fault_that_was_put_anew_can_be_removed_too(browser: Browser, stand_in: StandIn) -> None:
    stand_in.faults.replace([late := Fault(operation="users", delay_s=2)])
    visit(browser, stand_in)
    browser.wait_for(APPLICATION, "faults", "users, delay 2")
    stand_in.faults.replace([late])
    for seconds in (60, 120, 180):  # the page asks for everything again, one round after the other
        stand_in.clock.advance(60)
        browser.wait_for(APPLICATION, "ahead", f"{seconds} seconds ahead")
    browser.press(APPLICATION, "Remove users, delay 2, 0 times so far")
    browser.wait_for(APPLICATION, "faults", "$")
    assert stand_in.faults.rules() == ()


@CONTROLLED
def test_what_cannot_be_done_is_said(browser: Browser, stand_in: StandIn) -> None:
    visit(browser, stand_in)
    browser.fill(APPLICATION, "What happens", "redirect")
    browser.fill(APPLICATION, "Value", "https://elsewhere.example/")
    browser.press(APPLICATION, "Add fault")
    browser.wait_for(APPLICATION, "problem", ".*a redirect must lead to this computer")
    stand_in.stop()
    browser.wait_for(APPLICATION, "problem", "The stand-in does not answer")


@CONTROLLED
def test_the_clock_is_put_forward_and_all_is_reset(browser: Browser, stand_in: StandIn) -> None:
    visit(browser, stand_in)
    browser.press(APPLICATION, "+ 5 minutes")
    browser.wait_for(APPLICATION, "ahead", "300 seconds ahead")
    assert stand_in.clock.offset_s == 300
    browser.press(APPLICATION, "Reset")
    browser.wait_for(APPLICATION, "ahead", "as the computer's")
    assert stand_in.clock.offset_s == 0


@CONTROLLED
def test_what_others_do_is_seen_and_forgotten(browser: Browser, integration: Integration) -> None:
    visit(browser, integration.stand_in)
    integration.stand_in.faults.add(Fault(operation="authorize", delay_s=0.01))
    integration.tray.authentications()
    browser.wait_for(APPLICATION, "requests", ".*viewer.authenticationsuser200.*authorizemaster200.*delay")
    browser.wait_for(APPLICATION, "faults", "authorize, delay 0.01, 1 times so far")
    browser.fill(APPLICATION, "Filter", "authorize")
    browser.press(APPLICATION, "Reset")
    browser.wait_for(APPLICATION, "faults-none", "There are none")
    browser.wait_for(APPLICATION, "requests", "$")


@CONTROLLED
def test_no_page_elsewhere_can_use_it(stand_in: StandIn) -> None:
    user = stand_in.state.users.all()[0]
    asked = {"user_id": user.id, "service_id": "any", "service_environment_id": "any"}
    with httpx.Client(trust_env=False, base_url=stand_in.control_url or "") as http:
        answer = http.post("/dialogs", json=asked, headers={"Origin": stand_in.dialog_url})
        assert answer.status_code == 403
        assert http.post("/dialogs", json=asked | {"user_id": "nobody"}).status_code == 404
        page = http.get("/")
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "'unsafe" not in page.headers["Content-Security-Policy"]
    assert stand_in.master_token not in page.text


@pytest.mark.parametrize(
    ("stand_in", "control", "words"),
    [({}, False, "start it with"), ({"control": True}, True, "the control page")],
    indirect=["stand_in"],
)
def test_the_other_pages_say_where_it_is(stand_in: StandIn, control: bool, words: str) -> None:
    for host in (stand_in.rest_url, stand_in.dialog_url, stand_in.provider_url):
        page = httpx.get(f"{host}/", trust_env=False).text
        assert words in page
        assert (f'href="{stand_in.control_url}/"' in page) is control
