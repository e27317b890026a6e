"""What the stand-in is seeded with: the documented ids, and ids that stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tray_auth_desktop import assets
from tray_auth_desktop.standin.state.catalogue import Scope, Service, ServiceEnvironment
from tray_auth_desktop.standin.state.form_fields import fields_of
from tray_auth_desktop.standin.state.scope_choices import scope_choices
from tray_auth_desktop.standin.state.state import State


@pytest.fixture(scope="module")
def state() -> State:
    return State("acme", "m")


def service(state: State, name: str, version: int) -> Service:
    found = state.catalogue.service(name, version)
    assert found is not None
    return found


def environments(state: State) -> Iterator[ServiceEnvironment]:
    for one in state.catalogue.services:
        yield from one.environments


@pytest.mark.parametrize(
    ("name", "version", "service_id"),
    [
        ("twilio", 1, "55d1154c-4fd8-4c2c-ba22-041deabfcbfd"),
        ("slack", 4, "3e21b055-1597-40ae-bcc2-72af0843b283"),
        ("slack", 1, "227312c4-3e5f-4b0d-22a0-5b9630ece00e"),
        ("shopify", 4, "e0b2cbd7-657d-4917-8362-31d028968e0b"),
        ("trello", 1, "72cef4e9-229f-4d7c-97e3-b6cd4d92146f"),
    ],
)
def test_services_have_the_ids_of_the_documentation(
    state: State, name: str, version: int, service_id: str
) -> None:
    assert service(state, name, version).id == service_id


def test_twilio_has_the_environment_of_the_documentation(state: State) -> None:
    assert service(state, "twilio", 1).environments[0].id == "973b1afa-aa13-42c7-86c3-3964f44c53dd"


def test_the_connector_of_twilio_has_another_name(state: State) -> None:
    connectors = [c for c in state.catalogue.connectors if c.service == "twilio"]
    assert {c.name for c in connectors} == {"twilio-output"}


def test_every_start_has_the_same_ids(state: State) -> None:
    other = State("other", "n")
    assert [u.id for u in other.users.all()] == [u.id for u in state.users.all()]
    assert [e.id for e in environments(other)] == [e.id for e in environments(state)]
    assert [s.instance_id for s in other.solution_slots] == [s.instance_id for s in state.solution_slots]
    for user in state.users.all():
        assert [a.id for a in other.authentications.of(user.id)] == [
            a.id for a in state.authentications.of(user.id)
        ]


def test_no_id_is_used_twice(state: State) -> None:
    owners = [None, *(user.id for user in state.users.all())]
    ids = [a.id for owner in owners for a in state.authentications.of(owner)]
    ids += [u.id for u in state.users.all()] + [e.id for e in environments(state)]
    ids += [s.id for s in state.catalogue.services]
    assert [value for value, times in Counter(ids).items() if times > 1] == []
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value) for value in ids)


def test_users_differ_in_what_they_own(state: State) -> None:
    counts = {user.name: len(state.authentications.of(user.id)) for user in state.users.all()}
    assert len(counts) >= 6
    assert 0 in counts.values()
    assert max(counts.values()) >= 3
    assert any(user.is_test_user for user in state.users.all())


def test_the_organisation_owns_some_of_its_own(state: State) -> None:
    assert len(state.authentications.of(None)) >= 2


def test_some_environments_have_no_title_and_some_services_several(state: State) -> None:
    titles = {(s.name, s.version): [e.title for e in s.environments] for s in state.catalogue.services}
    assert titles["meridian-support", 2] == ["Production", ""]
    assert titles["ledgerline", 2] == ["Production", "Sandbox"]
    assert titles["quill-notes", 3] == ["", "Production", "", "Northgate Studio's own app"]
    assert titles["quill-notes", 2] == [""]


def test_several_services_have_several_versions_each_with_a_connector(state: State) -> None:
    versions = Counter(service.name for service in state.catalogue.services)
    assert len([name for name, count in versions.items() if count > 1]) >= 4
    assert versions["quill-notes"] == 3
    used = {(c.service, c.service_version) for c in state.catalogue.connectors}
    assert {(s.name, s.version) for s in state.catalogue.services} <= used


def test_the_newest_version_of_a_service_is_not_always_the_first(state: State) -> None:
    assert [s.version for s in state.catalogue.services if s.name == "slack"] == [4, 1]
    assert [s.version for s in state.catalogue.services if s.name == "quill-notes"] == [1, 2, 3]


def test_icons_are_of_every_kind(state: State) -> None:
    assert {service.icon for service in state.catalogue.services} == {"svg", "png", "missing", "none"}
    pictures = {s.name for s in state.catalogue.services if s.icon == "png"}
    assert all(assets.path(f"standin/icons/{name}.png").is_file() for name in pictures)


def test_one_provider_isolates_its_pages_and_is_not_polled(state: State) -> None:
    isolated = [s for s in state.catalogue.services if s.provider.isolated_pages]
    assert [s.title for s in isolated] == ["Harbor CRM"]
    assert not isolated[0].provider.progress_is_polled


def test_slack_has_a_long_list_of_described_scopes(state: State) -> None:
    scopes = service(state, "slack", 4).environments[0].scopes
    assert len(scopes) > 25
    assert all(isinstance(scope, Scope) and scope.description for scope in scopes)


def test_salesforce_has_scopes_within_scopes(state: State) -> None:
    choices = scope_choices(service(state, "salesforce", 3).environments[0], ())
    depths = {choice.scope: choice.depth for choice in choices}
    assert (depths["full"], depths["api"], depths["chatter_api"]) == (0, 1, 2)


def test_one_service_names_its_scopes_as_plain_strings(state: State) -> None:
    assert all(isinstance(scope, str) for scope in service(state, "google-sheets", 2).environments[0].scopes)


def test_default_scopes_are_on_offer(state: State) -> None:
    for environment in environments(state):
        offered = {choice.scope for choice in scope_choices(environment, ())}
        assert set(environment.default_scopes) <= offered


def test_the_scopes_an_operation_needs_are_on_offer(state: State) -> None:
    for connector in state.catalogue.connectors:
        if not connector.service:
            continue
        found = service(state, connector.service, connector.service_version)
        if found.environments[0].generation == "older":
            continue  # the older generation lists no scopes
        offered = {choice.scope for choice in scope_choices(found.environments[0], ())}
        needed = {scope for operation in connector.operations for scope in operation.auth_scopes or ()}
        assert needed <= offered


def test_connectors_have_several_versions_and_some_no_service(state: State) -> None:
    names = Counter(connector.name for connector in state.catalogue.connectors)
    assert names["slack"] == 3
    assert any(not connector.service for connector in state.catalogue.connectors)


def test_every_token_service_asks_for_something(state: State) -> None:
    assert all(fields_of(environment) for environment in environments(state) if not environment.is_oauth)
