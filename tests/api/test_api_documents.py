"""The GraphQL documents are valid for the documented schema; the server may make us ask for less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import graphql
import pytest

from tray_auth_desktop import assets
from tray_auth_desktop.api.documents import document
from tray_auth_desktop.errors import ApiError, ForbiddenError, GraphQLError, HttpStatusError, RateLimitedError
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tests.api.conftest import ScriptedTray

TOKEN = Secret("fedcba9876543210" * 4)
LIST = {"data": {"viewer": {"authentications": {"edges": [{"node": {"id": "a"}}]}}}}
USERS = {"data": {"users": {"edges": [{"node": {"id": "u"}}]}}}
NAMES = sorted(path.stem for path in assets.path("graphql").glob("*.graphql"))
#: Tray's schema as far as it is documented (tray-protocol notes §3.1 and §3.2).
SCHEMA = graphql.build_schema(
    """
    scalar Json
    input UserSearchCriteria { userId: String externalUserId: String name: String isTestUser: Boolean }
    input UserInput { userId: ID! clientMutationId: String }
    type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
    type User { id: ID! name: String externalUserId: String isTestUser: Boolean }
    type UserEdge { node: User cursor: String! }
    type Users { edges: [UserEdge] pageInfo: PageInfo! }
    type Service { id: ID! name: String icon: String title: String version: String }
    type ServiceEnvironment { id: ID! title: String }
    type Authentication {
      id: ID! name: String customFields: Json service: Service serviceEnvironment: ServiceEnvironment
    }
    type AuthenticationEdge { node: Authentication }
    type Authentications { edges: [AuthenticationEdge] pageInfo: PageInfo! }
    type Viewer { authentications: Authentications }
    type AuthorizePayload { accessToken: String! clientMutationId: String }
    input CreateUserInput {
      name: String! externalUserId: String! isTestUser: Boolean clientMutationId: String
    }
    input UpdateUserInput { userId: ID! isTestUser: Boolean clientMutationId: String }
    input RemoveAuthenticationInput { authenticationId: ID! clientMutationId: String }
    type CreateUserPayload { userId: ID clientMutationId: String }
    type UpdateUserPayload { user: User clientMutationId: String }
    type NothingPayload { clientMutationId: String }
    type CodePayload { authorizationCode: String! clientMutationId: String }
    type Query {
      viewer: Viewer
      users(criteria: UserSearchCriteria, first: Int, last: Int, before: String, after: String): Users
    }
    type Mutation {
      authorize(input: UserInput!): AuthorizePayload
      generateAuthorizationCode(input: UserInput!): CodePayload
      createExternalUser(input: CreateUserInput!): CreateUserPayload
      updateExternalUser(input: UpdateUserInput!): UpdateUserPayload
      removeExternalUser(input: UserInput!): NothingPayload
      removeAuthentication(input: RemoveAuthenticationInput!): NothingPayload
    }
    """
)


def rejection(message: str = 'Cannot query field "customFields"', **extensions: object) -> dict[str, Any]:
    return {"errors": [{"message": message, "extensions": extensions or {"name": "GraphQLError"}}]}


def test_all_documents_are_there() -> None:
    assert NAMES == [
        "authentications",
        "authentications_minimal",
        "authentications_plain",
        "authorize",
        "create_external_test_user",
        "create_external_user",
        "generate_authorization_code",
        "remove_authentication",
        "remove_external_user",
        "update_external_user",
        "users",
        "users_minimal",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_documents_are_valid(name: str) -> None:
    assert graphql.validate(SCHEMA, graphql.parse(document(name))) == []


REJECTIONS = [
    (200, rejection()),
    (400, rejection()),
    (422, rejection()),
    (400, {"message": "Bad Request"}),
    (200, rejection("Unknown type", name="GraphQLError")),
    (200, rejection('Cannot query field "rateLimit" on type "X"', name="GraphQLError")),
    (200, {"errors": [{"message": "Validation error of type FieldUndefined"}]}),
    (200, {"errors": [{"message": "x", "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"}}]}),
]


@pytest.mark.parametrize(("status", "payload"), REJECTIONS)
def test_a_rejected_selection_is_replaced_for_good(
    tray: ScriptedTray, status: int, payload: dict[str, Any]
) -> None:
    tray.say(payload, status)
    tray.say(LIST)
    client = tray.client()
    assert len(client.authentications(TOKEN)) == 1
    assert len(client.authentications(TOKEN)) == 1
    names = ["authentications", "authentications_plain", "authentications_plain"]
    assert [tray.sent(index)["query"] for index in range(3)] == [document(name) for name in names]


def test_the_smallest_selection_is_the_last_word(tray: ScriptedTray) -> None:
    tray.say(rejection())
    client = tray.client()
    with pytest.raises(GraphQLError):
        client.authentications(TOKEN)
    names = ["authentications", "authentications_plain", "authentications_minimal"]
    assert [tray.sent(index)["query"] for index in range(3)] == [document(name) for name in names]


def test_the_smallest_selection_is_remembered(tray: ScriptedTray) -> None:
    tray.say(rejection())
    tray.say(rejection())
    tray.say(LIST)
    client = tray.client()
    client.authentications(TOKEN)
    client.authentications(TOKEN)
    assert len(tray.requests) == 4
    assert tray.sent()["query"] == document("authentications_minimal")


def test_a_field_that_breaks_does_not_cost_the_list(tray: ScriptedTray) -> None:
    path = ["viewer", "authentications", "edges", 3, "node", "serviceEnvironment"]
    broken = {"errors": [{"message": "x", "path": path, "extensions": {"name": "InternalError"}}]}
    tray.say({**LIST, **broken})
    tray.say(LIST)
    client = tray.client()
    assert len(client.authentications(TOKEN)) == 1
    assert len(client.authentications(TOKEN)) == 1
    asked = [tray.sent(index)["query"] for index in range(3)]
    assert asked == [document(f"authentications{suffix}") for suffix in ("", "_plain", "")]


@pytest.mark.parametrize(
    ("status", "payload", "kind"),
    [
        (200, rejection("no", code="access_not_allowed"), ForbiddenError),
        (200, rejection("no field", code="user_does_not_exist"), GraphQLError),
        (200, rejection("broke", name="InternalError"), GraphQLError),
        (500, {"message": "x"}, HttpStatusError),
        (404, {"message": "field"}, HttpStatusError),
    ],
)
def test_other_refusals_do_not_make_us_ask_for_less(
    tray: ScriptedTray, status: int, payload: object, kind: type[ApiError]
) -> None:
    tray.say(payload, status)
    with pytest.raises(kind):
        tray.client().authentications(TOKEN)
    assert len(tray.requests) == 1


def test_a_rate_limit_does_not_make_us_ask_for_less(tray: ScriptedTray) -> None:
    tray.say(rejection("Rate limit exceeded", name="GraphQLError"))
    with pytest.raises(RateLimitedError):
        tray.client().authentications(TOKEN)
    assert {tray.sent(index)["query"] for index in range(len(tray.requests))} == {document("authentications")}


def test_users_are_asked_for_with_less_too(tray: ScriptedTray) -> None:
    tray.say(rejection('Cannot query field "isTestUser"'))
    tray.say(USERS)
    client = tray.client()
    assert len(client.users(after="c").users) == 1
    assert tray.sent()["query"] == document("users_minimal")
    assert tray.sent()["variables"] == {"first": 100, "after": "c"}


def test_mutations_know_no_less(tray: ScriptedTray) -> None:
    tray.say(rejection())
    with pytest.raises(GraphQLError):
        tray.client().authorize("u")
    assert len(tray.requests) == 1
