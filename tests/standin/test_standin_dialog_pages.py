"""The dialog host's pages: which address opens what, and what is refused."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tray_auth_desktop.standin import StandIn
from tray_auth_desktop.standin.state.stable_id import new_id

if TYPE_CHECKING:
    from tests.standin.conftest import Client, Clock

TICKED = re.compile(r'name="scope" value="([^"]+)" checked')


def ticked(text: str) -> set[str]:
    return {html.unescape(scope) for scope in TICKED.findall(text)}


def refusal(text: str) -> str:
    found = re.search(r'<body data-error="([^"]+)"', text)
    assert found is not None, text
    return html.unescape(found[1])


def seeded(client: Client, external_user_id: str) -> str:
    users = client.stand_in.state.users.all()
    return next(user.id for user in users if user.external_user_id == external_user_id)


def test_a_token_service_shows_its_form(client: Client) -> None:
    page = client.open(client.link(client.new_user("Ava O'Neil"), "twilio", 1))
    assert "Connect Twilio" in page.text
    assert 'value="Ava O&#39;Neil&#39;s Twilio account"' in page.text
    assert re.search(r'<input id="field-auth_token" name="field.auth_token" type="password"', page.text)
    assert '<label for="field-account_sid">' in page.text
    assert 'aria-describedby="field-account_sid-hint field-account_sid-error"' in page.text
    assert 'name="scope"' not in page.text
    assert "stand-in of Tray" in page.text


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", {"channels:read", "chat:write"}),
        ("&", {"channels:read", "chat:write"}),
        ("&scopes[]=", {"channels:read", "chat:write"}),
        ("&scopes[]=users:read", {"users:read"}),
        ("&scopes%5B%5D=users%3Aread&scopes%5B%5D=team%3Aread&", {"users:read", "team:read"}),
        ("&scopes[]=&scopes[]=users:read&scopes[]=mine", {"users:read", "mine"}),
        ("&scopes[]=" + quote("a b,c", safe=""), {"a b,c"}),
    ],
)
def test_scopes_are_read_however_they_are_written(client: Client, more: str, expected: set[str]) -> None:
    page = client.open(client.link(client.new_user(), "slack", 4, more))
    assert ticked(page.text) == expected


def test_scopes_that_are_addresses_arrive_whole(client: Client) -> None:
    scope = "https://www.googleapis.com/auth/drive.file"
    for written in (scope, quote(scope, safe="")):
        page = client.open(client.link(client.new_user(), "google-sheets", 2, f"&scopes[]={written}"))
        assert ticked(page.text) == {scope}


def test_what_an_address_says_is_never_markup(client: Client) -> None:
    page = client.open(client.link(client.new_user("<b>Eve</b>"), "slack", 4, "&scopes[]=<script>x</script>"))
    assert "<script>x" not in page.text
    assert "<b>Eve" not in page.text
    assert "<script>x</script>" in ticked(page.text)


def test_the_undocumented_switches_hide_name_and_scopes(client: Client) -> None:
    more = "&scopes[]=users:read&skipTitleField=true&skipAuthSettings=true"
    page = client.open(client.link(client.new_user("Ava"), "slack", 4, more))
    assert '<input type="hidden" name="name" value="Ava&#39;s Slack account">' in page.text
    assert '<input type="hidden" name="scope" value="users:read">' in page.text
    assert 'type="checkbox"' not in page.text


def test_an_existing_authentication_is_offered_for_the_same_environment_alone(client: Client) -> None:
    page = client.open(client.link(seeded(client, "ext-1001"), "slack", 4))
    assert page.text.count("<option") == 2
    assert "Slack, support desk" in page.text
    other = client.open(client.link(seeded(client, "ext-1001"), "meridian-support", 2))
    assert "<option" not in other.text
    assert 'name="way"' not in other.text


def test_a_code_opens_one_page(client: Client) -> None:
    link = client.link(client.new_user(), "twilio", 1)
    client.open(link)
    again = client.http.get(link)
    assert again.status_code == 410
    assert "used before" in refusal(again.text)


def test_a_code_expires(timed_client: Client, clock: Clock) -> None:
    link = timed_client.link(timed_client.new_user(), "twilio", 1)
    clock.now += 5 * 60
    late = timed_client.http.get(link)
    assert late.status_code == 410
    assert "expired" in refusal(late.text)


def test_looking_without_opening_spends_nothing(client: Client) -> None:
    link = client.link(client.new_user(), "twilio", 1)
    assert client.http.head(link).status_code == 405
    client.open(link)


def test_an_unknown_embedded_id_is_not_found_and_spends_nothing(client: Client) -> None:
    link = client.link(client.new_user(), "twilio", 1)
    wrong = client.http.get(link.replace("/create/stand-in", "/create/other"))
    assert (wrong.status_code, "Embedded ID" in refusal(wrong.text)) == (404, True)
    client.open(link)


def test_an_object_in_place_of_a_code_is_refused(client: Client) -> None:
    address = f"{client.stand_in.dialog_url}/external/auth/create/stand-in?code=%5Bobject%20Object%5D"
    answer = client.http.get(address)
    assert (answer.status_code, "unknown" in refusal(answer.text)) == (403, True)


@pytest.mark.parametrize(
    ("query", "status", "text"),
    [
        ("", 400, "authorization code"),
        ("?code=", 400, "authorization code"),
        ("?code={code}", 400, "serviceId"),
        ("?code={code}&serviceId={twilio}", 400, "serviceEnvironmentId"),
        ("?code={code}&serviceId={twilio}&serviceEnvironmentId={slack_environment}", 400, "does not belong"),
        ("?code={code}&serviceId={twilio}&serviceEnvironmentId={unknown}", 400, "does not belong"),
        ("?code={code}&serviceId={unknown}&serviceEnvironmentId={slack_environment}", 404, "serviceId"),
    ],
)
def test_an_address_that_does_not_fit_says_why(client: Client, query: str, status: int, text: str) -> None:
    filled = query.format(
        code=client.code(client.new_user()),
        twilio=client.service("twilio", 1).id,
        slack_environment=client.environment("slack", 4).id,
        unknown=new_id(),
    )
    answer = client.http.get(f"{client.stand_in.dialog_url}/external/auth/create/stand-in{filled}")
    assert answer.status_code == status
    assert text in refusal(answer.text)
    assert "/static/refused.js" in answer.text


def test_a_solution_instance_opens_its_service(client: Client) -> None:
    slot = client.stand_in.state.solution_slots[0]
    base = f"{client.stand_in.dialog_url}/external/auth/create/stand-in"
    address = f"{base}/{slot.instance_id}/{slot.external_auth_id}"
    page = client.open(f"{address}?code={client.code(slot.owner)}")
    assert "Connect Slack" in page.text
    assert ticked(page.text) == {"channels:read", "chat:write"}
    foreign = client.http.get(f"{address}?code={client.code(client.new_user())}")
    assert (foreign.status_code, "solution instance" in refusal(foreign.text)) == (404, True)
    other = client.http.get(f"{address}_no?code={client.code(slot.owner)}")
    assert other.status_code == 404
    unknown = client.http.get(
        f"{base}/{new_id()}/{slot.external_auth_id}?code={client.code(slot.owner)}&skipTitleField=true"
    )
    assert (unknown.status_code, "solution instance" in refusal(unknown.text)) == (404, True)


def test_a_solution_instance_goes_with_its_user(make_client: Callable[[StandIn], Client]) -> None:
    with StandIn() as stand_in:
        client = make_client(stand_in)
        assert len(stand_in.state.solution_slots) == 1
        client.data("remove_user", userId=client.new_user())
        assert len(stand_in.state.solution_slots) == 1
        client.data("remove_user", userId=stand_in.state.solution_slots[0].owner)
        assert stand_in.state.solution_slots == []


def test_the_edit_page_shows_the_name(client: Client) -> None:
    user_id = seeded(client, "ext-1002")
    auth = client.stand_in.state.authentications.of(user_id)[0]
    address = f"{client.stand_in.dialog_url}/external/auth/edit/stand-in/{auth.id}"
    page = client.open(f"{address}?code={client.code(user_id)}&")
    assert 'value="Salesforce, Iberia"' in page.text
    foreign = client.http.get(f"{address}?code={client.code(client.new_user())}")
    assert (foreign.status_code, "no authentication" in refusal(foreign.text)) == (404, True)


def test_pages_are_not_stored_and_run_nothing_of_others(client: Client) -> None:
    good = client.http.get(client.link(client.new_user(), "twilio", 1))
    bad = client.http.get(f"{client.stand_in.dialog_url}/external/auth/create/stand-in")
    for answer in (good, bad):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "cross-origin-opener-policy" not in answer.headers
        assert "x-frame-options" not in answer.headers
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        assert (policy["default-src"], policy["script-src"], policy["frame-ancestors"]) == (
            "'none'",
            "'self'",
            "*",
        )
        assert not re.search(r"<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=|javascript:", answer.text)


def test_every_file_a_page_needs_is_there(client: Client) -> None:
    dialog = client.stand_in.dialog_url
    wanted = [
        "/static/create.js",
        "/static/edit.js",
        "/static/refused.js",
        "/static/callback.js",
        "/static/dialog.css",
    ]
    seen: set[str] = set()
    while wanted:
        path = wanted.pop()
        seen.add(path)
        answer = client.http.get(dialog + path)
        assert answer.status_code == 200, path
        expected = "text/css" if path.endswith(".css") else "text/javascript"
        assert answer.headers["content-type"].startswith(expected)
        imports = re.findall(r'from "\./([\w.]+)"', answer.text)
        wanted += [f"/static/{name}" for name in imports if f"/static/{name}" not in seen]
    assert len(seen) >= 10


@pytest.mark.parametrize("name", ["none.js", "..%2fschema.graphql", "%2e%2e", "a%5cb.js"])
def test_no_other_file_is_served(client: Client, name: str) -> None:
    answer = client.http.get(f"{client.stand_in.dialog_url}/static/{name}")
    assert answer.status_code == 404
    assert "type Query" not in answer.text


def test_the_front_pages_show_ids_and_no_secret(client: Client) -> None:
    stand_in = client.stand_in
    for base in (stand_in.rest_url, stand_in.dialog_url, stand_in.provider_url):
        text = client.http.get(f"{base}/").text
        assert "55d1154c-4fd8-4c2c-ba22-041deabfcbfd" in text
        assert "Ava Lindqvist" in text
        assert stand_in.master_token not in text


def test_the_callback_page_carries_what_its_script_tells(client: Client) -> None:
    answer = client.http.get(f"{client.stand_in.dialog_url}/auth/cb?id=an-id&error=access_denied")
    assert 'data-auth-id="an-id" data-error="access_denied"' in answer.text
    assert "You can close this window." in answer.text
