"""GraphQL over HTTP: who may ask what, the shapes of replies, the dress of errors."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tray_auth_desktop.standin import StandIn
from tray_auth_desktop.standin.state.stable_id import new_id

if TYPE_CHECKING:
    from tests.standin.conftest import Client, Clock

UNAUTHORIZED = {"message": "Unauthorized"}
DENIED = {"message": "User is not authorized to access this resource with an explicit deny"}


@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic abc", "token"])
def test_without_a_bearer_token_nobody_gets_in(client: Client, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = client.http.post(client.stand_in.graphql_url, json={"query": "any"}, headers=headers)
    assert (answer.status_code, answer.json()) == (401, UNAUTHORIZED)


def test_an_unknown_token_is_denied(client: Client) -> None:
    answer = client.send("users", token="f" * 64)
    assert (answer.status_code, answer.json()) == (403, DENIED)


def test_an_expired_user_token_is_denied(timed_client: Client, clock: Clock) -> None:
    token = timed_client.user_token(timed_client.new_user())
    assert timed_client.send("authentications", token).status_code == 200
    clock.now += 2 * 24 * 60 * 60
    answer = timed_client.send("authentications", token)
    assert (answer.status_code, answer.json()) == (403, DENIED)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_only_post_is_answered(client: Client, method: str) -> None:
    assert client.http.request(method, client.stand_in.graphql_url).status_code == 405


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"query": 1}', b'{"query": "{a}", "variables": 3}'])
def test_a_body_that_is_no_request_is_refused(client: Client, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {client.stand_in.master_token}"}
    answer = client.http.post(client.stand_in.graphql_url, content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["name"] == "GraphQLError"


@pytest.mark.parametrize("document", ["broken", "unknown_field"])
def test_a_request_that_does_not_fit_the_schema_has_no_data(client: Client, document: str) -> None:
    answer = client.send(document)
    assert answer.status_code == 200
    assert "data" not in answer.json()
    error = answer.json()["errors"][0]
    assert error["extensions"]["name"] == "GraphQLError"
    assert "code" not in error["extensions"]
    assert error["locations"][0]["line"] >= 1


def test_a_missing_variable_is_an_error_of_the_request(client: Client) -> None:
    assert client.error("authorize")["extensions"]["name"] == "GraphQLError"


@pytest.mark.parametrize(
    ("document", "variables"),
    [
        ("users", {}),
        ("create_user", {"name": "n", "externalUserId": "x"}),
        ("update_user", {"userId": "u", "isTestUser": True}),
        ("remove_user", {"userId": "u"}),
        ("authorize", {"userId": "u"}),
        ("generate_code", {"userId": "u"}),
    ],
)
def test_a_user_token_is_not_enough_for(client: Client, document: str, variables: dict[str, object]) -> None:
    answer = client.send(document, client.user_token(client.new_user()), **variables)
    assert answer.status_code == 200
    assert answer.json()["data"] is None
    error = answer.json()["errors"][0]
    assert error["extensions"]["name"] == "PreconditionError"
    assert error["extensions"]["code"] == "access_not_allowed"
    assert len(error["path"]) == 1


def test_errors_say_when_they_were_thrown_by_the_clock(timed_client: Client, clock: Clock) -> None:
    clock.now = 1_700_000_000.25
    assert timed_client.error("broken")["extensions"]["time_thrown"] == "2023-11-14T22:13:20.250Z"


@pytest.mark.parametrize("document", ["authorize", "generate_code", "remove_user"])
def test_an_unknown_user_does_not_exist(client: Client, document: str) -> None:
    assert client.error(document, userId=new_id())["extensions"]["code"] == "user_does_not_exist"


def test_a_user_is_created_found_changed_and_removed(client: Client) -> None:
    external = f"ext-{new_id()}"
    made = client.data("create_user", name="Iris Vane", externalUserId=external)["createExternalUser"]
    found = client.data("users", criteria={"externalUserId": external})["users"]
    node = {"id": made["userId"], "name": "Iris Vane", "externalUserId": external, "isTestUser": False}
    cursor = base64.b64encode(made["userId"].encode()).decode()
    assert found["edges"] == [{"node": node, "cursor": cursor}]
    assert found["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": False,
        "startCursor": cursor,
        "endCursor": cursor,
    }
    changed = client.data("update_user", userId=made["userId"], isTestUser=True)["updateExternalUser"]
    assert changed["user"] == node | {"isTestUser": True}
    assert client.data("remove_user", userId=made["userId"]) == {
        "removeExternalUser": {"clientMutationId": None}
    }
    assert client.data("users", criteria={"userId": made["userId"]})["users"]["edges"] == []


def test_a_test_user_can_be_created(client: Client) -> None:
    external = f"ext-{new_id()}"
    client.data("create_user", name="Iris Vane", externalUserId=external, isTestUser=True)
    edges = client.data("users", criteria={"externalUserId": external})["users"]["edges"]
    assert edges[0]["node"]["isTestUser"] is True


def test_an_external_user_id_is_taken_once(client: Client) -> None:
    error = client.error("create_user", name="Again", externalUserId="ext-1001")
    assert error["extensions"]["code"] == "user_already_exists"


def test_users_are_paged(client: Client) -> None:
    whole = [edge["node"]["id"] for edge in client.data("users")["users"]["edges"]]
    first = client.data("users", first=3)["users"]
    second = client.data("users", first=3, after=first["pageInfo"]["endCursor"])["users"]
    assert [e["node"]["id"] for e in first["edges"] + second["edges"]] == whole[:6]
    assert (first["pageInfo"]["hasPreviousPage"], second["pageInfo"]["hasPreviousPage"]) == (False, True)


def test_users_are_searched_by_any_part_of_the_name_and_by_the_whole_external_id(client: Client) -> None:
    def names(**criteria: object) -> list[str]:
        return [edge["node"]["name"] for edge in client.data("users", criteria=criteria)["users"]["edges"]]

    assert names(name="øVERg") == ["Nils Øvergård"]
    assert names(name="solheim", externalUserId="ext-1008") == ["Ingrid Solheim"]
    assert names(externalUserId="ext-100") == []
    assert names(name="solheim", isTestUser=True) == []


def test_a_cursor_of_somebody_else_is_an_error(client: Client) -> None:
    assert client.error("users", after="bm9ib2R5")["message"] == "Invalid cursor"


def test_a_mutation_id_comes_back(client: Client) -> None:
    data = client.data("authorize", userId=client.new_user(), clientMutationId="mine")
    assert data["authorize"]["clientMutationId"] == "mine"


def test_secrets_have_the_documented_shapes(client: Client) -> None:
    user_id = client.new_user()
    assert re.fullmatch(r"[0-9a-f]{64}", client.user_token(user_id))
    assert re.fullmatch(r"[0-9a-f]{40}", client.code(user_id))
    assert re.fullmatch(r"[0-9a-f]{41}", client.stand_in.master_token)
    payload = client.data("generate_code", userId=user_id)["generateAuthorizationCode"]
    assert payload["clientMutationId"] is None


def test_a_user_token_lists_that_users_authentications(client: Client) -> None:
    user = next(u for u in client.stand_in.state.users.all() if u.external_user_id == "ext-1001")
    data = client.data("authentications", client.user_token(user.id))["viewer"]["authentications"]
    assert data["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": False}
    twilio = data["edges"][0]["node"]
    assert twilio["name"] == "Ava Lindqvist's Twilio account"
    assert twilio["service"] == {
        "id": "55d1154c-4fd8-4c2c-ba22-041deabfcbfd",
        "name": "twilio",
        "icon": f"{client.stand_in.rest_url}/icons/twilio-1.svg",
        "title": "Twilio",
        "version": "1",
    }
    assert twilio["serviceEnvironment"] == {
        "id": "973b1afa-aa13-42c7-86c3-3964f44c53dd",
        "title": "Production",
    }
    assert len(data["edges"]) == 4


def test_the_master_token_lists_the_organisations_own(client: Client) -> None:
    names = {node["name"] for node in client.listed()}
    assert "Alerts by Twilio" in names
    assert "Ava Lindqvist's Twilio account" not in names


@pytest.mark.parametrize("document", ["authentications_with_cursor", "authentications_with_paging"])
def test_authentications_know_neither_cursors_nor_arguments(client: Client, document: str) -> None:
    assert client.error(document)["extensions"]["name"] == "GraphQLError"


def _imported(client: Client, token: str | None, data: object, environment: str = "twilio") -> str:
    service = client.service("twilio", 1)
    payload = client.data(
        "create_authentication",
        token,
        name="Imported",
        serviceId=service.id,
        environmentId=client.environment(environment, 1).id,
        data=data,
    )
    auth_id: str = payload["createUserAuthentication"]["authenticationId"]
    return auth_id


@pytest.mark.parametrize("as_text", [True, False])
def test_an_authentication_is_imported_and_removed(client: Client, as_text: bool) -> None:
    token = client.user_token(client.new_user())
    data = {"account_sid": "AC1", "auth_token": "t"}
    auth_id = _imported(client, token, json.dumps(data) if as_text else data)
    assert [node["id"] for node in client.listed(token)] == [auth_id]
    removed = client.data("remove_authentication", token, authenticationId=auth_id)
    assert removed == {"removeAuthentication": {"clientMutationId": None}}
    assert client.listed(token) == []


@pytest.mark.parametrize(
    ("data", "text"),
    [('{"account_sid": "AC1"}', r"required key \[auth_token\]"), ("{", "JSON"), ("[]", "object")],
)
def test_data_that_do_not_fit_are_refused(client: Client, data: str, text: str) -> None:
    service = client.service("twilio", 1)
    error = client.error(
        "create_authentication",
        name="Imported",
        serviceId=service.id,
        environmentId=service.environments[0].id,
        data=data,
    )
    assert re.search(text, error["message"])


def test_service_and_environment_must_belong_together(client: Client) -> None:
    error = client.error(
        "create_authentication",
        name="Imported",
        serviceId=client.service("twilio", 1).id,
        environmentId=client.environment("slack", 4).id,
        data="{}",
    )
    assert error["extensions"]["code"] == "resource_does_not_exist"


def test_nobody_removes_what_is_anothers(client: Client) -> None:
    owner, other = (client.user_token(client.new_user()) for _ in range(2))
    auth_id = _imported(client, owner, {"account_sid": "AC1", "auth_token": "t"})
    for token in (other, None):
        error = client.error("remove_authentication", token, authenticationId=auth_id)
        assert error["extensions"]["code"] == "resource_does_not_exist"
    assert len(client.listed(owner)) == 1


def test_what_belongs_to_a_user_goes_with_the_user(client: Client) -> None:
    user_id = client.new_user()
    token, code = client.user_token(user_id), client.code(user_id)
    _imported(client, token, {"account_sid": "AC1", "auth_token": "t"})
    client.data("remove_user", userId=user_id)
    assert client.send("authentications", token).status_code == 403
    assert client.rest("GET", "connectors", token).status_code == 403
    assert (
        client.http.get(f"{client.stand_in.dialog_url}/external/auth/create/stand-in?code={code}").status_code
        == 403
    )


class BrokenOnce:
    """A clock that fails once: where a token is minted, not where the error is stamped."""

    def __init__(self) -> None:
        self.has_failed = False

    def __call__(self) -> float:
        if not self.has_failed:
            self.has_failed = True
            raise RuntimeError("the clock stands still")
        return 0.0


def test_a_failure_within_is_an_internal_error_that_tells_nothing(
    make_client: Callable[[StandIn], Client], caplog: pytest.LogCaptureFixture
) -> None:
    with StandIn(clock=BrokenOnce()) as stand_in:
        answer = make_client(stand_in).graphql("authorize", userId=stand_in.state.users.all()[0].id)
    error = answer["errors"][0]
    assert error["message"] == "Internal server error"
    assert error["extensions"]["name"] == "InternalError"
    assert re.fullmatch(r"[0-9a-f]{10}", error["extensions"]["errorId"])
    assert "stands still" not in json.dumps(answer)
    assert error["extensions"]["errorId"] in caplog.text
