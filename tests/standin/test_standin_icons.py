"""The icons of services: where the API says they are, and what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx

    from tests.standin.conftest import Client

INGRID = "ext-1008"


@pytest.fixture
def icons(client: Client) -> dict[str, str | None]:
    """Name of a service → address of its icon, of an end user who has a service of every kind."""
    user = next(u for u in client.stand_in.state.users.all() if u.external_user_id == INGRID)
    listed = client.listed(client.user_token(user.id))
    return {node["service"]["name"]: node["service"]["icon"] for node in listed}


def fetch(client: Client, address: str | None) -> httpx.Response:
    assert address is not None
    assert address.startswith(f"{client.stand_in.rest_url}/icons/")
    return client.http.get(address)


def test_an_svg_is_served_without_a_token(client: Client, icons: dict[str, str | None]) -> None:
    answer = fetch(client, icons["shopify"])
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg ")
    assert len(answer.content) < 5_000


def test_a_png_is_served_too(client: Client, icons: dict[str, str | None]) -> None:
    answer = fetch(client, icons["quill-notes"])
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(answer.content) < 5_000


def test_one_address_leads_nowhere(client: Client, icons: dict[str, str | None]) -> None:
    assert fetch(client, icons["fable-mail"]).status_code == 404


def test_one_service_has_no_address(icons: dict[str, str | None]) -> None:
    assert icons["ledgerline"] is None


@pytest.mark.parametrize(
    "name",
    [
        "none-1.svg",
        "quill-notes-9.png",
        "quill-notes-3.svg",
        "twilio-1.png",
        "ledgerline-2.svg",
        "twilio-x.svg",
    ],
)
def test_there_are_no_other_icons(client: Client, name: str) -> None:
    assert client.http.get(f"{client.stand_in.rest_url}/icons/{name}").status_code == 404


@pytest.mark.parametrize(("name", "version"), [("ledgerline", 2), ("fable-mail", 1), ("quill-notes", 3)])
def test_pages_of_the_stand_in_show_a_picture_for_every_service(
    client: Client, name: str, version: int
) -> None:
    answer = client.http.get(f"{client.stand_in.dialog_url}/icons/{name}-{version}.svg")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
