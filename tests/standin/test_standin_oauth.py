"""OAuth over HTTP, step by step as browsers would take it, and what breaks it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx
import pytest

if TYPE_CHECKING:
    from tests.standin.conftest import Client, OpenDialog

COOP = "cross-origin-opener-policy"


class Journey:
    """One person on the way through a sign-in."""

    def __init__(self, client: Client, name: str = "slack", version: int = 4) -> None:
        self.client = client
        self.user_id = client.new_user()
        self.page: OpenDialog = client.open(client.link(self.user_id, name, version))
        self.scopes = ["channels:read", "chat:write"]
        self.made: dict[str, Any] = self.submit()

    def submit(self) -> dict[str, Any]:
        answer = self.page.act("submit", {"name": "Mine", "fields": {}, "scopes": self.scopes})
        made: dict[str, Any] = answer.json()
        return made

    def begin(self) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self.page.token}", "Origin": self.client.stand_in.dialog_url}
        answer = self.client.http.post(f"{self.client.stand_in.rest_url}/session", json={}, headers=headers)
        assert answer.status_code == 200
        begun: dict[str, str] = answer.json()
        return begun

    def authorize(self, **changes: str) -> httpx.Response:
        query = self.begin() | {"scope": " ".join(self.scopes)} | changes
        auth_id = query.pop("auth_id", self.made["authenticationId"])
        return self.client.http.get(
            f"{self.client.stand_in.rest_url}/oauth2/auth/{auth_id}?{urlencode(query)}"
        )

    def login(self) -> tuple[str, httpx.Response]:
        page = self.client.http.get(self.authorize().headers["location"])
        ticket = re.search(r'name="ticket" value="(\w+)"', page.text)
        assert ticket is not None
        return ticket[1], page

    def sign_in(self, ticket: str, account: str = "ava@example.com", password: str = "any") -> httpx.Response:
        form = {"ticket": ticket, "account": account, "password": password}
        return self.client.http.post(f"{self.client.stand_in.provider_url}/login", data=form)

    def consent(self) -> tuple[str, httpx.Response]:
        ticket, _ = self.login()
        where = self.sign_in(ticket).headers["location"]
        return ticket, self.client.http.get(f"{self.client.stand_in.provider_url}{where}")

    def decide(self, decision: str) -> str:
        ticket, _ = self.consent()
        form = {"ticket": ticket, "decision": decision}
        back: str = self.client.http.post(f"{self.client.stand_in.provider_url}/consent", data=form).headers[
            "location"
        ]
        return back

    def listed(self) -> list[dict[str, Any]]:
        return self.client.listed(self.client.user_token(self.user_id))


@pytest.fixture
def journey(client: Client) -> Journey:
    return Journey(client)


def test_the_whole_way(journey: Journey, client: Client) -> None:
    stand_in = client.stand_in
    assert journey.made["progress"] == "pending"
    assert journey.listed() == []

    begun = journey.begin()
    assert set(begun) == {"session", "csrf"}
    to_login = journey.authorize()
    assert to_login.status_code == 302
    login = urlsplit(to_login.headers["location"])
    asked = dict(parse_qsl(login.query, keep_blank_values=True))
    assert f"{login.scheme}://{login.netloc}{login.path}" == f"{stand_in.provider_url}/login"
    assert asked["scope"] == "channels:read chat:write"
    parts = asked["state"].split(",")
    assert parts[0] == journey.made["authenticationId"]
    assert (parts[2], parts[3], parts[4]) == ("", stand_in.dialog_url.removeprefix("http://"), "production")
    assert len(parts) == 6

    _, consent = journey.consent()
    assert "View basic information about public channels" in consent.text
    assert "ava@example.com" in consent.text
    back = journey.decide("allow")
    assert back.startswith(f"{stand_in.rest_url}/oauth2/token?code=")
    assert "%2C" in back
    home = client.http.get(back)
    assert home.status_code == 302
    assert home.headers["location"] == f"{stand_in.dialog_url}/auth/cb?id={journey.made['authenticationId']}"

    ended = journey.page.progress()
    assert [step["do"] for step in ended.pop("steps")] == ["post", "close"]
    assert ended == journey.made | {"progress": "complete"}
    assert [node["id"] for node in journey.listed()] == [journey.made["authenticationId"]]


def test_denied_consent_can_be_tried_again(journey: Journey, client: Client) -> None:
    home = client.http.get(journey.decide("deny"))
    query = parse_qs(urlsplit(home.headers["location"]).query)
    assert query == {"id": [journey.made["authenticationId"]], "error": ["access_denied"]}
    assert journey.page.progress()["progress"] == "denied"
    assert journey.listed() == []

    assert journey.submit()["authenticationId"] == journey.made["authenticationId"]
    client.http.get(journey.decide("allow"))
    assert journey.page.progress()["progress"] == "complete"
    assert len(journey.listed()) == 1


def test_the_granted_scopes_are_kept(journey: Journey, client: Client) -> None:
    client.http.get(journey.decide("allow"))
    path = f"authentications/{journey.made['authenticationId']}"
    assert client.rest("GET", path, client.user_token(journey.user_id)).json()["scopes"] == journey.scopes


def test_a_half_made_authentication_is_nowhere_to_be_found(journey: Journey, client: Client) -> None:
    token, auth_id = client.user_token(journey.user_id), journey.made["authenticationId"]
    assert client.rest("GET", f"authentications/{auth_id}", token).status_code == 404
    error = client.error("remove_authentication", token, authenticationId=auth_id)
    assert error["extensions"]["code"] == "resource_does_not_exist"
    page = client.open(client.link(journey.user_id, "slack", 4))
    assert page.act("choose", {"authenticationId": auth_id}).status_code == 422


def test_nothing_has_been_made_before_the_form_is_sent(client: Client) -> None:
    assert client.open(client.link(client.new_user(), "slack", 4)).progress() == {"progress": "pending"}


@pytest.mark.parametrize("changes", [{"csrf": "x"}, {"csrf": "ü"}, {"session": "x"}, {"auth_id": "other"}])
def test_the_way_starts_with_what_belongs_together(journey: Journey, changes: dict[str, str]) -> None:
    answer = journey.authorize(**changes)
    assert answer.status_code == 403
    assert "location" not in answer.headers


def test_nobody_completes_an_authentication_of_another_page(journey: Journey, client: Client) -> None:
    other = Journey(client)
    assert journey.authorize(auth_id=other.made["authenticationId"]).status_code == 403


@pytest.mark.parametrize("signed", ["0" * 64, "master"])
def test_a_session_is_for_dialog_pages_alone(client: Client, signed: str) -> None:
    token = client.stand_in.master_token if signed == "master" else signed
    headers = {"Authorization": f"Bearer {token}"}
    assert client.http.post(f"{client.stand_in.rest_url}/session", headers=headers).status_code == 403
    assert client.http.post(f"{client.stand_in.rest_url}/session").status_code == 401


@pytest.mark.parametrize("state", ["", "a,b", "a,b,c,d,e,f", ",,,,,"])
def test_a_return_with_another_state_completes_nothing(journey: Journey, client: Client, state: str) -> None:
    query = urlencode({"code": "x", "state": state})
    assert client.http.get(f"{client.stand_in.rest_url}/oauth2/token?{query}").status_code == 403
    assert journey.listed() == []


def test_a_return_with_an_invented_code_completes_nothing(journey: Journey, client: Client) -> None:
    back = re.sub("code=[0-9a-f]+", "code=0", journey.decide("allow"))
    assert client.http.get(back).status_code == 403
    assert journey.listed() == []


def test_a_return_works_once(journey: Journey, client: Client) -> None:
    back = journey.decide("allow")
    assert client.http.get(back).status_code == 302
    assert client.http.get(back).status_code == 403
    assert len(journey.listed()) == 1


def test_a_code_belongs_to_one_state(journey: Journey, client: Client) -> None:
    other = Journey(client)
    mine, theirs = journey.decide("allow"), other.decide("allow")
    code = re.search("code=([0-9a-f]+)", mine)
    assert code is not None
    assert client.http.get(re.sub("code=[0-9a-f]+", f"code={code[1]}", theirs)).status_code == 403
    assert other.listed() == []


@pytest.mark.parametrize(
    ("account", "password", "text"),
    [
        ("", "x", "Enter your e-mail"),
        ("a", "", "Enter your password"),
        ("a", "wrong", "do not match"),
        ("Scenario: hapy", "any", "there are happy, "),
    ],
)
def test_the_provider_says_what_is_missing(journey: Journey, account: str, password: str, text: str) -> None:
    ticket, _ = journey.login()
    answer = journey.sign_in(ticket, account, password)
    assert answer.status_code == 422
    assert text in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert password not in ("x", "wrong") or f'value="{password}"' not in answer.text
    assert journey.sign_in(ticket).status_code == 303


def test_a_scenario_typed_as_the_account_acts_however_it_is_written(journey: Journey) -> None:
    ticket, _ = journey.login()
    back = journey.sign_in(ticket, " Scenario: Consent-Denied ").headers["location"]
    assert "error=access_denied" in back


def test_consent_needs_a_person(journey: Journey, client: Client) -> None:
    ticket, _ = journey.login()
    base = client.stand_in.provider_url
    assert client.http.get(f"{base}/consent?ticket={ticket}").status_code == 400
    form = {"ticket": ticket, "decision": "allow"}
    assert client.http.post(f"{base}/consent", data=form).status_code == 400


@pytest.mark.parametrize("change", ["client_id", "redirect_uri"])
def test_the_provider_knows_its_clients(journey: Journey, client: Client, change: str) -> None:
    login = urlsplit(journey.authorize().headers["location"])
    query = dict(parse_qsl(login.query)) | {change: "https://elsewhere.example/"}
    answer = client.http.get(f"{client.stand_in.provider_url}/login?{urlencode(query)}")
    assert (answer.status_code, "not registered" in answer.text) == (400, True)


def test_one_provider_cuts_the_tie_to_its_opener(client: Client) -> None:
    harbor, slack = Journey(client, "harbor-crm", 1), Journey(client)
    for journey, expected in ((harbor, "same-origin"), (slack, None)):
        ticket, login = journey.login()
        signed_in = journey.sign_in(ticket)
        consent = client.http.get(f"{client.stand_in.provider_url}{signed_in.headers['location']}")
        assert [answer.headers.get(COOP) for answer in (login, signed_in, consent)] == [expected] * 3


def test_the_dialog_is_told_whether_to_ask_for_progress(client: Client) -> None:
    assert 'data-progress-is-polled="false"' in Journey(client, "harbor-crm", 1).page.text
    assert 'data-progress-is-polled="true"' in Journey(client).page.text


def test_the_provider_is_another_site_than_the_dialog(client: Client) -> None:
    hosts = [urlsplit(url).hostname for url in (client.stand_in.provider_url, client.stand_in.dialog_url)]
    assert hosts == ["localhost", "127.0.0.1"]


@pytest.mark.parametrize(
    ("origin", "allowed"), [("dialog", True), ("provider", False), ("http://evil.test", False)]
)
@pytest.mark.parametrize("path", ["/session", "/graphql"])
def test_browsers_may_call_from_the_dialog_alone(
    client: Client, origin: str, allowed: bool, path: str
) -> None:
    known = {"dialog": client.stand_in.dialog_url, "provider": client.stand_in.provider_url}
    headers = {
        "Origin": known.get(origin, origin),
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    answer = client.http.options(f"{client.stand_in.rest_url}{path}", headers=headers)
    assert answer.headers.get("access-control-allow-origin") == (known["dialog"] if allowed else None)


def test_the_policy_of_the_consent_page_allows_the_way_back(journey: Journey, client: Client) -> None:
    _, consent = journey.consent()
    policy = dict(part.split(" ", 1) for part in consent.headers["content-security-policy"].split("; "))
    assert policy["form-action"] == f"'self' {client.stand_in.rest_url} {client.stand_in.dialog_url}"
