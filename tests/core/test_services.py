"""Connectors reduced to services."""

from __future__ import annotations

from tray_auth_desktop.core.models import Authentication, Connector, Scope, Service, ServiceEnvironment
from tray_auth_desktop.core.services import families_of


def _connector(name: str, service: Service | None, title: str = "") -> Connector:
    return Connector(name, "1.0", title, service=service)


def _services_of(connectors: list[Connector]) -> tuple[Service, ...]:
    return tuple(family.newest for family in families_of(connectors))


def test_versions_of_a_connector_share_one_service_in_its_newest_version() -> None:
    old, new = (
        Service("id-9", "slack", "Slack", version="1.9"),
        Service("id-10", "slack", "Slack", version="1.10"),
    )
    assert _services_of([_connector("slack", new), _connector("slack", old)]) == (new,)
    assert _services_of([_connector("slack", old), _connector("slack", new)]) == (new,)


def test_the_connectors_name_is_not_the_services() -> None:
    twilio = Service("55d1154c-4fd8-4c2c-ba22-041deabfcbfd", "twilio", "Twilio", version="1")
    assert _services_of([_connector("twilio-output", twilio)]) == (twilio,)


def test_what_cannot_be_asked_for_is_left_out() -> None:
    connectors = [
        _connector("script", None),
        _connector("a", Service("", "a")),
        _connector("b", Service("id", "")),
    ]
    assert _services_of(connectors) == ()


def test_a_service_without_a_title_takes_its_connectors() -> None:
    (service,) = _services_of([_connector("x", Service("id", "x"), title="The X")])
    assert service.label == "The X"


def test_services_are_sorted_by_title_whatever_its_case() -> None:
    names = ["beta", "Alpha", "alpine", "Zed"]
    connectors = [_connector(name, Service(f"id-{name}", name, name)) for name in names]
    assert [service.title for service in _services_of(connectors)] == ["Alpha", "alpine", "beta", "Zed"]


def test_a_version_that_is_no_number_is_the_oldest() -> None:
    odd, first = Service("odd", "x", version="latest"), Service("first", "x", version="1")
    none = Service("none", "x")
    assert _services_of([_connector("x", service) for service in (odd, none, first)]) == (first,)


def test_versions_are_ordered_by_their_numbers_however_they_are_written() -> None:
    written = ["v10", "v9.2-beta", "v9", "2", "release 1", "9" * 5_000 + "x", ""]
    services = [Service(f"id-{version[:9]}", "x", version=version) for version in written]
    (family,) = families_of([_connector("x", service) for service in services])
    assert [service.version for service in family.versions][1:] == [*written[:5], ""]


def test_labels_are_never_empty() -> None:
    assert Service("id", "name", "Title").label == "Title"
    assert Service("id", "name").label == "name"
    assert Service("id").label == "id"
    assert ServiceEnvironment("973b1afa-aa13", "Production").label == "Production"
    assert ServiceEnvironment("973b1afa-aa13").label == "Untitled (973b1afa)"


def test_a_scope_is_walked_before_what_is_below_it() -> None:
    tree = Scope("a", children=(Scope("b", children=(Scope("c"),)), Scope("d")))
    assert [scope.value for scope in tree.walk()] == ["a", "b", "c", "d"]


def test_custom_fields_do_not_tell_two_authentications_apart() -> None:
    assert Authentication("id", custom_fields={"a": 1}) == Authentication("id", custom_fields=None)


def test_a_family_holds_all_versions_newest_first_and_their_connectors() -> None:
    connectors = (
        Connector("slack", "9.0", service=Service("v4", "slack", "Slack", version="4")),
        Connector("slack", "10.1", service=Service("v10", "slack", "Slack", version="10")),
        Connector("slack", "8.0", service=Service("v4", "slack", "Slack", version="4")),
        Connector("slack-legacy", "1.0", service=Service("v1", "slack", "Old Slack", version="1")),
        Connector("script", "3.0"),
    )
    (family,) = families_of(connectors)
    assert [service.version for service in family.versions] == ["10", "4", "1"]
    assert family.newest.service_id == "v10"
    assert [connector.version for connector in family.connectors_of(family.versions[1])] == ["9.0", "8.0"]
    assert family.connectors_of(Service("unknown")) == ()


def test_families_are_ordered_by_what_they_are_called() -> None:
    connectors = (
        Connector("b", "1", service=Service("1", "b", "zoom")),
        Connector("a", "1", service=Service("2", "a", "Asana")),
    )
    assert [family.newest.label for family in families_of(connectors)] == ["Asana", "zoom"]
