"""Whatever a server sends, only typed errors come out, and nothing that is there is lost."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tray_auth_desktop.api import RetryPolicy, TrayClient
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.errors import ApiError
from tray_auth_desktop.secrets import Secret

leaves = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
NAMES = (
    "id name title version service scopes children scope icon node edges errors message extensions "
    "code path pageInfo hasNextPage endCursor cursor"
)
keys = st.sampled_from(NAMES.split())
anything = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=25)
statuses = st.sampled_from([200, 200, 200, 201, 204, 301, 400, 401, 403, 404, 418, 429, 500, 502, 503, 599])
frames = st.sampled_from(
    [
        lambda value: value,
        lambda value: {"data": value},
        lambda value: {"data": {"viewer": {"authentications": value}}},
        lambda value: {"data": {"viewer": {"authentications": {"edges": value}}}},
        lambda value: {"data": {"viewer": {"authentications": {"edges": [{"node": value}]}}}},
        lambda value: {"data": {"users": {"edges": [{"node": value}], "pageInfo": value}}},
        lambda value: {"data": {"authorize": {"accessToken": value}}},
        lambda value: {"data": {"createExternalUser": {"userId": value, "user": value}}},
        lambda value: {"data": {"updateExternalUser": value, "removeExternalUser": value}},
        lambda value: {"data": {"generateAuthorizationCode": {"authorizationCode": value}}},
        lambda value: {"errors": value},
        lambda value: {"errors": [value], "data": value},
        lambda value: {"errors": [{"message": value, "path": value, "extensions": value}]},
        lambda value: {"elements": value},
        lambda value: {"elements": [{"id": "e", "name": "e", "scopes": value, "service": value}]},
    ]
)
#: Each example is a whole call on a thread: how long it takes says more about the machine than about us.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
OPERATIONS: list[Callable[[TrayClient], object]] = [
    lambda client: client.authentications(Secret("user")),
    lambda client: client.authentications_of("u"),
    lambda client: client.users(),
    lambda client: list(client.all_users()),
    lambda client: client.authorize("u"),
    lambda client: client.generate_authorization_code("u"),
    lambda client: client.connectors(),
    lambda client: client.service_environments("s", "1"),
    lambda client: client.operations("c", "1.0"),
    lambda client: client.create_user("n", "e"),
    lambda client: client.set_test_user("u", True),
    lambda client: client.delete_user("u"),
    lambda client: client.authentication_details("u", "a"),
    lambda client: client.delete_authentication("u", "a"),
    lambda client: client.rename_authentication("u", "a", "n", Secret("{}")),
    lambda client: client.icon("https://icons.example/a.png"),
]


def client_that_gets(status: int, content: bytes, headers: dict[str, str] | None = None) -> TrayClient:
    transport = httpx.MockTransport(lambda _request: httpx.Response(status, content=content, headers=headers))
    hosts = Hosts("http://127.0.0.1/graphql", "http://127.0.0.1", "http://127.0.0.1")
    return TrayClient(hosts, Secret("master"), transport=transport, retry=RetryPolicy(max_tries=1))


@pytest.mark.parametrize("operation", OPERATIONS)
@unhurried
@given(status=statuses, frame=frames, value=anything)
def test_any_json(
    operation: Callable[[TrayClient], object], status: int, frame: Callable[[Any], Any], value: Any
) -> None:
    client = client_that_gets(status, msgspec.json.encode(frame(value)))
    with contextlib.suppress(ApiError):
        operation(client)
        assert 200 <= status < 300
    client.close()


@pytest.mark.parametrize("operation", OPERATIONS)
@given(
    status=statuses,
    content=st.binary(),
    content_type=st.text(st.characters(codec="latin-1", categories=["L"])),
)
def test_any_bytes(
    operation: Callable[[TrayClient], object], status: int, content: bytes, content_type: str
) -> None:
    headers = {"content-type": content_type.encode("ascii", "replace").decode()}
    client = client_that_gets(status, content, headers)
    with pytest.raises(ApiError):
        operation(client)
    client.close()


@unhurried
@given(st.lists(st.none() | st.dictionaries(keys, anything) | leaves))
def test_every_entry_with_an_id_is_kept(nodes: list[Any]) -> None:
    content = {"data": {"viewer": {"authentications": {"edges": [{"node": node} for node in nodes]}}}}
    client = client_that_gets(200, msgspec.json.encode(content))
    found = client.authentications(Secret("user"))
    client.close()
    assert len(found) == sum(1 for node in nodes if isinstance(node, dict) and _is_id(node.get("id")))


def _is_id(value: Any) -> bool:
    return (isinstance(value, str) and value != "") or (
        isinstance(value, int | float) and not isinstance(value, bool)
    )
