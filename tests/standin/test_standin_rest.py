"""REST over HTTP: catalogue, authentications, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tray_auth_desktop.standin.state.stable_id import new_id

if TYPE_CHECKING:
    from tests.standin.conftest import Client, Clock

TWILIO_ENVIRONMENT = "973b1afa-aa13-42c7-86c3-3964f44c53dd"
TWILIO_DATA = {"account_sid": "AC1", "auth_token": "t"}


def body(**changes: Any) -> dict[str, Any]:
    return {"name": "N", "serviceEnvironmentId": TWILIO_ENVIRONMENT, "credentials": TWILIO_DATA} | changes


def test_without_a_token_nobody_gets_in(client: Client) -> None:
    answer = client.http.get(f"{client.stand_in.rest_url}/core/v1/connectors")
    assert (answer.status_code, answer.json()) == (401, {"message": "The request is unauthorized"})


def test_an_unknown_token_is_forbidden(client: Client) -> None:
    answer = client.rest("GET", "connectors", token="0" * 64)
    assert (answer.status_code, answer.json()) == (403, {"message": "The request is forbidden"})


def test_an_expired_token_is_forbidden(timed_client: Client, clock: Clock) -> None:
    token = timed_client.user_token(timed_client.new_user())
    clock.now += 2 * 24 * 60 * 60
    assert timed_client.rest("GET", "connectors", token).status_code == 403


def test_connectors_have_versions_and_a_service_or_none(client: Client) -> None:
    elements = client.rest("GET", "connectors").json()["elements"]
    slack = [one for one in elements if one["name"] == "slack"]
    assert [one["version"] for one in slack] == ["3.0", "9.0", "11.1"]
    assert slack[1]["service"] == {
        "id": "3e21b055-1597-40ae-bcc2-72af0843b283",
        "name": "slack",
        "version": 4,
    }
    assert slack[0]["service"]["version"] == 1
    assert "service" not in next(one for one in elements if one["name"] == "csv-editor")


def test_a_user_token_reads_the_catalogue_too(client: Client) -> None:
    assert client.rest("GET", "connectors", client.user_token(client.new_user())).status_code == 200


def test_operations_name_the_scopes_they_need(client: Client) -> None:
    elements = client.rest("GET", "connectors/slack/versions/11.1/operations").json()["elements"]
    scopes = {one["name"]: one["authScopes"] for one in elements}
    assert scopes["send_message"] == ["chat:write", "chat:write.public"]
    assert scopes["test_connection"] == []


def test_some_operations_do_not_say_what_they_need(client: Client) -> None:
    elements = client.rest("GET", "connectors/shopify/versions/3.4/operations").json()["elements"]
    assert [one.get("authScopes") for one in elements] == [["read_orders"], None]


def test_some_connectors_name_their_service_without_its_id(client: Client) -> None:
    elements = client.rest("GET", "connectors").json()["elements"]
    services = {(one["name"], one["version"]): one.get("service") for one in elements}
    assert services["fable-mail", "1.0"] == {"name": "fable-mail", "version": 1}
    assert services["fable-mail", "1.1"] == {
        "id": client.service("fable-mail", 1).id,
        "name": "fable-mail",
        "version": 1,
    }
    assert services["tidal-forms", "1.0"] == {"name": "tidal-forms", "version": 1}


@pytest.mark.parametrize(("name", "version", "kind"), [("fable-mail", 1, "token"), ("shopify", 3, "oauth2")])
def test_the_older_generation_has_other_names_and_no_scopes(
    client: Client, name: str, version: int, kind: str
) -> None:
    environment = client.rest("GET", f"services/{name}/versions/{version}/environments").json()["elements"][0]
    assert set(environment) == {"id", "title", "authenticationType", "formDataSchema", "dataSchema"}
    assert environment["authenticationType"] == kind
    assert environment["formDataSchema"]["properties"]


def test_scopes_of_one_environment_come_in_both_forms(client: Client) -> None:
    environment = client.rest("GET", "services/google-sheets/versions/1/environments").json()["elements"][0]
    text, group = environment["scopes"]
    assert text == "https://www.googleapis.com/auth/spreadsheets.readonly"
    assert group["children"][0]["scope"] == "https://www.googleapis.com/auth/drive.readonly"


def test_environments_are_found_by_the_version_of_the_service(client: Client) -> None:
    elements = client.rest("GET", "services/twilio/versions/1/environments").json()["elements"]
    assert len(elements) == 1
    assert set(elements[0]) == {
        "id",
        "title",
        "authenticationType",
        "userDataSchema",
        "credentialsSchema",
        "scopes",
    }
    assert (elements[0]["id"], elements[0]["authenticationType"]) == (TWILIO_ENVIRONMENT, "token")
    assert elements[0]["credentialsSchema"]["required"] == ["account_sid", "auth_token"]


def test_an_oauth_environment_lists_scopes_as_objects(client: Client) -> None:
    environment = client.rest("GET", "services/slack/versions/4/environments").json()["elements"][0]
    assert environment["credentialsSchema"] == {}
    assert environment["scopes"][0] == {
        "scope": "channels:read",
        "description": "View basic information about public channels",
    }


def test_scopes_have_children_or_are_plain_text(client: Client) -> None:
    salesforce = client.rest("GET", "services/salesforce/versions/3/environments").json()["elements"][0]
    assert salesforce["scopes"][0]["children"][0]["scope"] == "api"
    sheets = client.rest("GET", "services/google-sheets/versions/2/environments").json()["elements"][0]
    assert sheets["scopes"][0] == "https://www.googleapis.com/auth/spreadsheets"


def test_a_title_can_be_empty(client: Client) -> None:
    elements = client.rest("GET", "services/meridian-support/versions/2/environments").json()["elements"]
    assert [one["title"] for one in elements] == ["Production", ""]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("connectors/slack/versions/99.0/operations", 404),
        ("connectors/none/versions/1.0/operations", 404),
        ("services/none/versions/1/environments", 404),
        ("services/slack/versions/9/environments", 404),
        ("services/slack/versions/9.0/environments", 400),
        ("nothing", 404),
    ],
)
def test_what_is_not_there_is_said_in_json(client: Client, path: str, status: int) -> None:
    answer = client.rest("GET", path)
    assert answer.status_code == status
    assert answer.json()["message"]


def test_an_authentication_is_made_read_replaced_and_deleted(client: Client) -> None:
    token = client.user_token(client.new_user())
    made = client.rest("POST", "authentications", token, json=body(scopes=["a"]))
    assert made.status_code == 200
    assert set(made.json()) == {"id"}
    path = f"authentications/{made.json()['id']}"
    assert client.rest("GET", path, token).json() == {
        "id": made.json()["id"],
        "name": "N",
        "serviceEnvironmentId": TWILIO_ENVIRONMENT,
        "scopes": ["a"],
    }
    replaced = client.rest("PUT", path, token, json={"name": "M", "credentials": TWILIO_DATA})
    assert (replaced.status_code, replaced.json()["name"], replaced.json()["scopes"]) == (200, "M", ["a"])
    assert [node["name"] for node in client.listed(token)] == ["M"]
    deleted = client.rest("DELETE", path, token)
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert client.rest("DELETE", path, token).status_code == 404
    assert client.listed(token) == []


def test_the_master_token_makes_the_organisations_own(client: Client) -> None:
    auth_id = client.rest("POST", "authentications", json=body()).json()["id"]
    assert auth_id in {node["id"] for node in client.listed()}
    assert client.rest("DELETE", f"authentications/{auth_id}").status_code == 204


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_what_is_anothers_is_not_there(client: Client, method: str) -> None:
    owner, other = (client.user_token(client.new_user()) for _ in range(2))
    auth_id = client.rest("POST", "authentications", owner, json=body()).json()["id"]
    for token in (other, None):
        assert client.rest(method, f"authentications/{auth_id}", token).status_code == 404
    assert len(client.listed(owner)) == 1


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (body(credentials={}), "Schema validation errors: [ 1 - #: required key [account_sid] not found 2 -"),
        (body(serviceEnvironmentId="x"), "Couldn't decode a valid UUID at 'serviceEnvironmentId'"),
        ({"serviceEnvironmentId": TWILIO_ENVIRONMENT}, "`name`"),
        (body(name=" "), "Enter a name"),
        (body(scopes="all"), "$.scopes"),
    ],
)
def test_a_body_that_does_not_fit_is_refused(client: Client, sent: dict[str, Any], message: str) -> None:
    answer = client.rest("POST", "authentications", json=sent)
    assert answer.status_code == 400
    assert message in answer.json()["message"]


@pytest.mark.parametrize(
    ("sent", "missing"), [({"name": "M"}, "credentials"), ({"credentials": TWILIO_DATA}, "name")]
)
def test_replacing_needs_name_and_credentials(client: Client, sent: dict[str, Any], missing: str) -> None:
    token = client.user_token(client.new_user())
    auth_id = client.rest("POST", "authentications", token, json=body()).json()["id"]
    answer = client.rest("PUT", f"authentications/{auth_id}", token, json=sent)
    assert (answer.status_code, f"`{missing}`" in answer.json()["message"]) == (400, True)
    assert client.listed(token)[0]["name"] == "N"


def test_nobody_replaces_what_is_anothers(client: Client) -> None:
    owner, other = (client.user_token(client.new_user()) for _ in range(2))
    auth_id = client.rest("POST", "authentications", owner, json=body()).json()["id"]
    for token in (other, None):
        sent = {"name": "M", "credentials": TWILIO_DATA}
        assert client.rest("PUT", f"authentications/{auth_id}", token, json=sent).status_code == 404
    assert client.listed(owner)[0]["name"] == "N"


def test_what_is_the_organisations_own_is_no_end_users(client: Client) -> None:
    auth_id = client.listed()[0]["id"]
    assert client.rest("GET", f"authentications/{auth_id}").json()["id"] == auth_id
    token = client.user_token(client.new_user())
    assert client.rest("GET", f"authentications/{auth_id}", token).status_code == 404


def test_a_body_that_is_not_json_is_refused(client: Client) -> None:
    assert client.rest("POST", "authentications", content=b"<html>").status_code == 400


def test_an_unknown_environment_is_not_found(client: Client) -> None:
    assert client.rest("POST", "authentications", json=body(serviceEnvironmentId=new_id())).status_code == 404


def test_an_id_that_is_none_is_refused(client: Client) -> None:
    answer = client.rest("GET", "authentications/12")
    assert (answer.status_code, "Invalid value for: path" in answer.json()["message"]) == (400, True)


def test_replacing_checks_the_schema_too(client: Client) -> None:
    token = client.user_token(client.new_user())
    auth_id = client.rest("POST", "authentications", token, json=body()).json()["id"]
    answer = client.rest("PUT", f"authentications/{auth_id}", token, json={"name": "M", "credentials": {}})
    assert answer.status_code == 400
    assert client.listed(token)[0]["name"] == "N"
