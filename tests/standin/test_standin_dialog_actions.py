"""What is done on a dialog page, and that it reaches one end user alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.standin.conftest import Client, OpenDialog

GOOD = {"account_sid": "AC0123", "auth_token": "secret"}


@pytest.fixture
def user_id(client: Client) -> str:
    return client.new_user()


@pytest.fixture
def page(client: Client, user_id: str) -> OpenDialog:
    return client.open(client.link(user_id, "twilio", 1))


def form(**changes: Any) -> dict[str, Any]:
    return {"name": "Mine", "fields": GOOD, "scopes": []} | changes


def test_a_good_form_makes_an_authentication_that_is_listed(
    client: Client, page: OpenDialog, user_id: str
) -> None:
    answer = page.act("submit", form(name="  Mine  "))
    assert answer.status_code == 200
    made = answer.json()
    assert (made["authType"], made["progress"]) == ("token", "complete")
    assert [(n["id"], n["name"]) for n in client.listed(client.user_token(user_id))] == [
        (made["authenticationId"], "Mine")
    ]


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        (form(name=""), {"name"}),
        (form(fields={}), {"field.account_sid", "field.auth_token"}),
        (form(fields={"account_sid": "SK1", "auth_token": " "}), {"field.account_sid", "field.auth_token"}),
        (form(name="n" * 101, fields={}), {"name", "field.account_sid", "field.auth_token"}),
    ],
)
def test_a_bad_form_is_refused_by_the_server_too(
    client: Client, page: OpenDialog, user_id: str, sent: dict[str, Any], fields: set[str]
) -> None:
    answer = page.act("submit", sent)
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == fields
    assert all(answer.json()["fields"].values())
    assert client.listed(client.user_token(user_id)) == []


@pytest.mark.parametrize("body", [{}, {"name": 1}, {"name": "n", "fields": []}])
def test_a_form_that_cannot_be_read_is_refused(page: OpenDialog, body: dict[str, Any]) -> None:
    assert page.act("submit", body).status_code == 400


def test_a_page_makes_one_authentication(client: Client, page: OpenDialog, user_id: str) -> None:
    assert page.act("submit", form()).status_code == 200
    assert page.act("submit", form()).status_code == 409
    assert len(client.listed(client.user_token(user_id))) == 1


def test_an_existing_authentication_can_be_chosen(client: Client, user_id: str) -> None:
    first = client.open(client.link(user_id, "twilio", 1)).act("submit", form()).json()
    page = client.open(client.link(user_id, "twilio", 1))
    chosen = page.act("choose", {"authenticationId": first["authenticationId"]})
    assert (chosen.status_code, chosen.json()) == (200, first)
    assert len(client.listed(client.user_token(user_id))) == 1


def test_nobody_chooses_what_is_anothers_or_anothers_service(
    client: Client, page: OpenDialog, user_id: str
) -> None:
    stranger = client.open(client.link(client.new_user(), "twilio", 1)).act("submit", form()).json()
    trello = client.open(client.link(user_id, "trello", 1))
    other_service = trello.act("submit", form(fields={"api_key": "k", "token": "t"})).json()
    for made in (stranger, other_service):
        answer = page.act("choose", {"authenticationId": made["authenticationId"]})
        assert (answer.status_code, set(answer.json()["fields"])) == (422, {"existing"})


def test_saving_the_edit_page_keeps_the_id(client: Client, page: OpenDialog, user_id: str) -> None:
    made = page.act("submit", form()).json()
    address = f"{client.stand_in.dialog_url}/external/auth/edit/stand-in/{made['authenticationId']}"
    edit = client.open(f"{address}?code={client.code(user_id)}")
    assert edit.act("rename", {"name": " "}).status_code == 422
    assert edit.act("rename", {"name": "Renamed"}).json() == made
    assert [n["name"] for n in client.listed(client.user_token(user_id))] == ["Renamed"]
    assert edit.act("submit", form()).status_code == 409


def test_what_was_deleted_meanwhile_is_not_saved(client: Client, page: OpenDialog, user_id: str) -> None:
    made = page.act("submit", form()).json()
    address = f"{client.stand_in.dialog_url}/external/auth/edit/stand-in/{made['authenticationId']}"
    edit = client.open(f"{address}?code={client.code(user_id)}")
    token = client.user_token(user_id)
    client.rest("DELETE", f"authentications/{made['authenticationId']}", token)
    assert edit.act("rename", {"name": "Renamed"}).status_code == 404
    assert client.listed(token) == []


def test_a_create_page_renames_nothing(page: OpenDialog) -> None:
    assert page.act("rename", {"name": "x"}).status_code == 409


@pytest.mark.parametrize("action", ["submit", "rename", "choose"])
def test_no_other_token_acts_on_a_page(client: Client, page: OpenDialog, user_id: str, action: str) -> None:
    for token in ("0" * 64, client.stand_in.master_token, client.user_token(user_id)):
        assert page.act(action, form(), token).status_code == 403
    bare = client.http.post(f"{page.base}/external/auth/page/{action}", json=form())
    assert bare.status_code == 401


def test_a_page_token_is_no_token_of_the_api(client: Client, page: OpenDialog) -> None:
    assert client.send("authentications", page.token).status_code == 403


def test_a_page_of_a_removed_user_is_dead(client: Client, page: OpenDialog, user_id: str) -> None:
    client.data("remove_user", userId=user_id)
    assert page.act("submit", form()).status_code == 403


def test_what_was_typed_is_kept_nowhere(client: Client, page: OpenDialog, user_id: str) -> None:
    page.act("submit", form(fields={"account_sid": "AC0123", "auth_token": "do-not-keep"}))
    made = client.stand_in.state.authentications.of(user_id)
    assert len(made) == 1
    assert "do-not-keep" not in repr(made)
    assert "AC0123" not in repr(made)


def test_user_data_are_asked_for_beside_oauth(client: Client, user_id: str) -> None:
    page = client.open(client.link(user_id, "shopify", 4))
    assert set(page.act("submit", form(fields={})).json()["fields"]) == {"field.shop"}
    made = page.act("submit", form(fields={"shop": "garden-tools"})).json()
    assert (made["authType"], made["progress"]) == ("oauth", "pending")
