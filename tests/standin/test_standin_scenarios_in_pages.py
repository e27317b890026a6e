"""Every scenario in a real engine: what the page that opened the dialog hears, and what is listed after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import PageServer
from tests.standin.host_page import HostPage

if TYPE_CHECKING:
    from tests.standin.conftest import Client
    from tests.standin.host_page import Window
    from tray_auth_desktop.standin import SentMessage

QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
pytestmark = pytest.mark.webengine

FINISH, CLOSE, ERROR = "tray.authpopup.finish", "tray.authpopup.close", "tray.authPopup.error"


@pytest.fixture
def host(qapp: QApplication, qtbot: QtBot, pages: PageServer) -> Iterator[HostPage]:
    page = HostPage(qtbot, pages)
    yield page
    page.close()


@pytest.fixture
def user_id(client: Client) -> str:
    return client.new_user()


def fill_twilio(host: HostPage, window: Window, auth_token: str = "typed") -> None:
    host.fill(window, **{"name": "Mine", "field-account_sid": "AC0123", "field-auth_token": auth_token})


def posted_by_last_page(client: Client) -> list[SentMessage]:
    number = len(client.stand_in.state.dialogs.pages())
    return [sent for sent in client.stand_in.messages if sent.page == number]


def sign_in(host: HostPage, account: str = "ava@example.com") -> None:
    window = host.popups[-1]
    host.fill(window, account=account, password="any")
    host.press(window, "sign-in")


#: Scenario → types heard, whether the window closes itself, whether the authentication is made.
ENDINGS = {
    "happy": ([FINISH], True, True),
    "person-closes": ([CLOSE], True, False),
    "service-error": ([ERROR], False, False),
    "err-instead-of-error": ([ERROR], False, False),
    "renderer-crash": ([], False, False),
    "finish-twice": ([FINISH, FINISH], True, True),
    "close-before-finish": ([CLOSE, FINISH], True, True),
    "never-finishes": ([], False, True),
    "wrong-case": ([FINISH.upper()], True, True),
    "extra-fields": ([FINISH], True, True),
    "missing-id": ([FINISH], True, True),
    "malformed-id": ([FINISH], True, True),
    "foreign-origin": ([FINISH], True, True),
    "exact-target-origin": ([FINISH], True, True),
    "severed-opener": ([], True, True),
    "iframe-refused": ([FINISH], True, True),
    "slow:0.1s": ([FINISH], True, True),
    "list-lag:1requests": ([FINISH], True, False),
    "existing-chosen": ([FINISH], True, True),
    "consent-denied": ([FINISH], True, True),
}


@pytest.mark.parametrize("scenario", ENDINGS)
def test_the_opener_hears_what_the_scenario_says(
    scenario: str, client: Client, host: HostPage, user_id: str
) -> None:
    types, closes, is_made = ENDINGS[scenario]
    window = host.open(client.link(user_id, "twilio", 1, f"&scenario={scenario}"))
    fill_twilio(host, window)
    host.press(window)

    host.wait(lambda: len(host.heard) >= len(types))
    host.wait(lambda: not host.popups if closes else True)
    if not closes:
        host.until(window, "document.querySelector('[aria-busy=false]') !== null")
    assert [heard["data"]["type"] for heard in host.heard] == types
    assert len(client.listed(client.user_token(user_id))) == is_made
    own = client.stand_in.provider_url if scenario == "foreign-origin" else client.stand_in.dialog_url
    assert {heard["origin"] for heard in host.heard} <= {own}


@pytest.mark.parametrize("scenario", [name for name, (types, _, _) in ENDINGS.items() if types])
def test_the_record_is_what_was_heard(scenario: str, client: Client, host: HostPage, user_id: str) -> None:
    window = host.open(client.link(user_id, "twilio", 1, f"&scenario={scenario}"))
    fill_twilio(host, window)
    host.press(window)
    expected = len(ENDINGS[scenario][0])

    host.wait(lambda: len(host.heard) >= expected)
    host.wait(lambda: len(posted_by_last_page(client)) >= expected)
    sent = posted_by_last_page(client)
    assert [one.message for one in sent] == [heard["data"] for heard in host.heard]
    assert {one.receiver for one in sent} == {"opener"}
    assert {one.target for one in sent} == {host.origin if scenario == "exact-target-origin" else "*"}
    assert {one.host for one in sent} == {"provider" if scenario == "foreign-origin" else "dialog"}


def test_every_scenario_is_tried_here(client: Client) -> None:
    from tray_auth_desktop.standin.state.scenarios import scenarios

    tried = {name.partition(":")[0] for name in ENDINGS} | {"error-then-retry", "endless-load"}
    assert tried == set(scenarios())


@pytest.mark.parametrize(
    ("scenario", "authentication"),
    [("happy", "its id"), ("missing-id", None), ("malformed-id", "not-an-id"), ("extra-fields", "its id")],
)
def test_the_id_in_the_finish(
    scenario: str, authentication: str | None, client: Client, host: HostPage, user_id: str
) -> None:
    window = host.open(client.link(user_id, "twilio", 1, f"&scenario={scenario}"))
    fill_twilio(host, window)
    host.press(window)
    host.wait(lambda: bool(host.heard))
    listed = client.listed(client.user_token(user_id))[0]["id"]
    data = host.heard[0]["data"]
    assert data.get("authId") == (listed if authentication == "its id" else authentication)
    assert ("details" in data) == (scenario == "extra-fields")


@pytest.mark.parametrize(("scenario", "name"), [("service-error", "error"), ("err-instead-of-error", "err")])
def test_the_error_is_under_the_name_the_scenario_says(
    scenario: str, name: str, client: Client, host: HostPage, user_id: str
) -> None:
    window = host.open(client.link(user_id, "twilio", 1, f"&scenario={scenario}"))
    fill_twilio(host, window)
    host.press(window)
    host.wait(lambda: bool(host.heard))
    assert set(host.heard[0]["data"]) == {"type", name}
    host.until(window, "document.getElementById('problem').textContent.includes('could not create')")


def test_a_second_press_goes_well_after_an_error(client: Client, host: HostPage, user_id: str) -> None:
    window = host.open(client.link(user_id, "twilio", 1, "&scenario=error-then-retry"))
    fill_twilio(host, window)
    host.press(window)
    host.wait(lambda: len(host.heard) == 1)
    assert client.listed(client.user_token(user_id)) == []
    host.press(window)
    host.wait(lambda: not host.popups)
    assert [heard["data"]["type"] for heard in host.heard] == [ERROR, FINISH]


def test_what_is_typed_chooses_the_scenario(client: Client, host: HostPage, user_id: str) -> None:
    window = host.open(client.link(user_id, "twilio", 1))
    fill_twilio(host, window, "scenario:finish-twice")
    host.press(window)
    host.wait(lambda: not host.popups and len(host.heard) == 2)


def test_a_scenario_that_does_not_exist_is_said_beside_the_field(
    client: Client, host: HostPage, user_id: str
) -> None:
    window = host.open(client.link(user_id, "twilio", 1))
    for typed, complaint in (
        ("SCENARIO:hapy", "there are happy, person-closes, "),
        ("scenario:severed-opener", "before"),
    ):
        fill_twilio(host, window, typed)
        host.press(window)
        error = "document.getElementById('field-auth_token-error').textContent"
        host.until(window, f"{error}.includes('{complaint}')")
    assert host.heard == []


def test_the_exact_origin_may_stand_in_the_address(client: Client, host: HostPage, user_id: str) -> None:
    more = "&scenario=exact-target-origin&targetOrigin=https://elsewhere.invalid"
    window = host.open(client.link(user_id, "twilio", 1, more))
    fill_twilio(host, window)
    host.press(window)
    host.wait(lambda: not host.popups)
    host.wait(lambda: bool(posted_by_last_page(client)))
    assert [one.target for one in posted_by_last_page(client)] == ["https://elsewhere.invalid"]
    assert host.heard == []


def test_nothing_is_posted_to_nobody(client: Client, host: HostPage, user_id: str) -> None:
    window = host.open(client.link(user_id, "twilio", 1, "&scenario=severed-opener"))
    fill_twilio(host, window)
    host.press(window)
    host.wait(lambda: bool(posted_by_last_page(client)))
    sent = posted_by_last_page(client)[0]
    assert (sent.type, sent.receiver) == (FINISH, "nobody")


def test_a_frame_posts_to_its_parent(client: Client, host: HostPage, user_id: str) -> None:
    address = client.link(user_id, "twilio", 1, "&scenario=exact-target-origin")
    assert host.open_framed(address) == address
    host.run_framed(
        "document.getElementById('field-account_sid').value = 'AC0';"
        "document.getElementById('field-auth_token').value = 'typed';"
        "document.getElementById('submit').click()"
    )
    host.wait(lambda: len(host.heard) == 1)
    host.wait(lambda: bool(posted_by_last_page(client)))
    sent = posted_by_last_page(client)[0]
    assert (sent.receiver, sent.target) == ("parent", host.origin)


def test_a_frame_can_be_refused(client: Client, host: HostPage, user_id: str) -> None:
    led_to = host.open_framed(client.link(user_id, "twilio", 1, "&scenario=iframe-refused"))
    assert not led_to.startswith(client.stand_in.dialog_url)


def test_a_page_that_never_loads_is_seen_in_part(client: Client, host: HostPage, user_id: str) -> None:
    window = host.open_at_once(client.link(user_id, "twilio", 1, "&scenario=endless-load"))
    host.until(window, "location.pathname.startsWith('/external/') && document.readyState === 'loading'")
    host.until(window, "document.querySelector('h1')?.textContent === 'Connect Twilio'")
    assert not window.is_loaded
    assert host.run(window, "document.getElementById('waiting') === null")


def test_the_driver_crashes_the_page_that_asks_for_it(client: Client, host: HostPage, user_id: str) -> None:
    window = host.open(client.link(user_id, "twilio", 1, "&scenario=renderer-crash"))
    fill_twilio(host, window)
    assert not host.run(window, "document.documentElement.dataset.standInInstruction")
    host.press(window)
    host.until(window, "document.documentElement.dataset.standInInstruction === 'crash-renderer'")
    window.load(QUrl("chrome://crash"))
    host.wait(lambda: window.is_crashed)


def test_the_existing_one_is_chosen(client: Client, host: HostPage, user_id: str) -> None:
    first = client.open(client.link(user_id, "twilio", 1))
    made = first.act("submit", {"name": "First", "fields": {"account_sid": "AC0", "auth_token": "t"}}).json()
    window = host.open(client.link(user_id, "twilio", 1, "&scenario=existing-chosen"))
    fill_twilio(host, window)
    host.press(window)
    host.wait(lambda: bool(host.heard))
    assert host.heard[0]["data"]["authId"] == made["authenticationId"]
    assert len(client.listed(client.user_token(user_id))) == 1


def test_consent_is_denied_in_the_nested_window(client: Client, host: HostPage, user_id: str) -> None:
    window = host.open(client.link(user_id, "slack", 4, "&scenario=consent-denied"))
    host.press(window)
    host.wait(lambda: len(host.popups) == 2)
    sign_in(host)
    host.until(window, "document.getElementById('problem').textContent.includes('was denied')")
    assert host.heard == []
    assert client.listed(client.user_token(user_id)) == []


@pytest.mark.parametrize(
    ("account", "types", "closes"),
    [
        ("scenario:finish-twice", [FINISH, FINISH], True),
        ("scenario:service-error", [ERROR], False),
        ("scenario:person-closes", [CLOSE], True),
    ],
)
def test_the_account_at_the_third_party_chooses_the_scenario(
    account: str, types: list[str], closes: bool, client: Client, host: HostPage, user_id: str
) -> None:
    window = host.open(client.link(user_id, "slack", 4))
    host.press(window)
    host.wait(lambda: len(host.popups) == 2)
    sign_in(host, account)
    host.press(host.popups[-1], "allow")
    host.wait(lambda: len(host.heard) == len(types))
    if closes:
        host.wait(lambda: not host.popups)
    else:
        host.until(window, "document.getElementById('problem').textContent.includes('could not create')")
    assert [heard["data"]["type"] for heard in host.heard] == types
    assert len(client.listed(client.user_token(user_id))) == (FINISH in types)


def test_saving_an_edited_authentication_follows_the_scenario(
    client: Client, host: HostPage, user_id: str
) -> None:
    first = client.open(client.link(user_id, "twilio", 1))
    made = first.act("submit", {"name": "First", "fields": {"account_sid": "AC0", "auth_token": "t"}}).json()
    base = f"{client.stand_in.dialog_url}/external/auth/edit/stand-in/{made['authenticationId']}"
    window = host.open(f"{base}?code={client.code(user_id)}&scenario=error-then-retry")
    host.press(window)
    host.wait(lambda: len(host.heard) == 1)
    host.press(window)
    host.wait(lambda: not host.popups)
    assert [heard["data"]["type"] for heard in host.heard] == [ERROR, FINISH]
    assert host.heard[1]["data"]["authId"] == made["authenticationId"]
