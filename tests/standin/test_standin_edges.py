"""The two ways in which a list of authentications is made, and that nobody can tell them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.standin.conftest import Client


@pytest.fixture
def token(client: Client) -> str:
    user = next(u for u in client.stand_in.state.users.all() if u.external_user_id == "ext-1008")
    return client.user_token(user.id)


def test_both_ways_give_the_same_bytes(client: Client, token: str) -> None:
    prepared, executed = (
        client.send(name, token) for name in ("authentications", "authentications_by_fragment")
    )
    assert prepared.content == executed.content
    assert prepared.headers["content-type"] == executed.headers["content-type"] == "application/json"
    assert len(prepared.json()["data"]["viewer"]["authentications"]["edges"]) == 6


def test_other_names_for_fields_are_kept(client: Client, token: str) -> None:
    me = client.data("authentications_aliased", token)["me"]
    nodes = client.listed(token)
    assert me["owned"]["list"] == [
        {
            "it": {
                "auth": node["id"],
                "of": {"label": node["service"]["title"], "number": node["service"]["version"]},
            }
        }
        for node in nodes
    ]
    assert me["again"]["edges"] == [{"node": {"name": node["name"]}} for node in nodes]


@pytest.mark.parametrize("named", [True, False])
def test_directives_and_fields_asked_for_twice_are_honoured(client: Client, token: str, named: bool) -> None:
    data = client.data("authentications_with_directives", token, named=named)
    edge = data["viewer"]["authentications"]["edges"][0]
    assert edge["__typename"] == "AuthenticationEdge"
    assert set(edge["node"]) == {"id", "service"} | ({"name"} if named else set())


def test_a_failure_elsewhere_still_takes_the_data_with_it(client: Client, token: str) -> None:
    answer = client.graphql("authentications_then_failure", token)
    assert answer["data"] is None
    assert answer["errors"][0]["extensions"]["code"] == "access_not_allowed"


def test_a_user_without_any_gets_an_empty_list(client: Client) -> None:
    assert client.listed(client.user_token(client.new_user())) == []
