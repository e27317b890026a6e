"""Hosts per region, addresses that override them, and which addresses are let through."""

from __future__ import annotations

import pytest

from tray_auth_desktop.core.workspace import Hosts, Region, Workspace, checked_base_url


@pytest.mark.parametrize(
    ("region", "graphql_url", "rest_url", "dialog_url"),
    [
        ("us", "https://tray.io/graphql", "https://api.tray.io", "https://embedded.tray.io"),
        ("eu1", "https://eu1.tray.io/graphql", "https://api.eu1.tray.io", "https://embedded.eu1.tray.io"),
        ("ap1", "https://ap1.tray.io/graphql", "https://api.ap1.tray.io", "https://embedded.ap1.tray.io"),
    ],
)
def test_each_region_has_the_documented_hosts(
    region: str, graphql_url: str, rest_url: str, dialog_url: str
) -> None:
    assert Hosts.for_region(Region(region)) == Hosts(graphql_url, rest_url, dialog_url)


def test_there_are_three_regions() -> None:
    assert [region.value for region in Region] == ["us", "eu1", "ap1"]


def test_only_what_is_given_overrides_a_region() -> None:
    hosts = Hosts.for_region(Region.EU1)
    changed = hosts.override(None, "", "https://acme.integration-configuration.com/")
    assert changed == Hosts(
        "https://eu1.tray.io/graphql", "https://api.eu1.tray.io", "https://acme.integration-configuration.com"
    )
    assert hosts.override(None, None, None) == hosts


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://embedded.tray.io", "https://embedded.tray.io"),
        ("https://embedded.tray.io/", "https://embedded.tray.io"),
        ("https://gateway.example:8443/tray//", "https://gateway.example:8443/tray"),
        ("http://127.0.0.1:5000/", "http://127.0.0.1:5000"),
        ("http://localhost:5000", "http://localhost:5000"),
        ("http://[::1]:5000", "http://[::1]:5000"),
    ],
)
def test_a_base_address_is_kept_without_its_last_slash(given: str, kept: str) -> None:
    assert checked_base_url(given) == kept


@pytest.mark.parametrize(
    "url",
    [
        "",
        "embedded.tray.io",
        "http://embedded.tray.io",
        "http://192.168.0.10",
        "http://localhost.example",
        "ftp://embedded.tray.io",
        "file:///tmp/dialog",
        "https://name@embedded.tray.io",
        "https://embedded.tray.io?",
        "https://embedded.tray.io/?code=x",
        "https://embedded.tray.io#",
        "https://embedded.tray.io/#top",
        "https://embedded.tray.io/a b",
        "https://embedded.tray.io\n",
        "https://embedded.tray.io/\x00",
    ],
)
def test_an_address_that_cannot_be_a_base_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"not a web origin|only https|without query"):
        checked_base_url(url)
    with pytest.raises(ValueError, match=r"not a web origin|only https|without query"):
        Hosts.for_region(Region.US).override(url or "x", None, None)


def test_a_workspace_is_local_when_all_its_hosts_are_this_computer() -> None:
    local, remote = "http://127.0.0.1:5000", "https://embedded.tray.io"
    assert _workspace(Hosts(local, local, local)).is_local
    assert not _workspace(Hosts(local, local, remote)).is_local
    assert not _workspace(Hosts(remote, local, local)).is_local
    assert not _workspace(Hosts(local, remote, local)).is_local


def _workspace(hosts: Hosts) -> Workspace:
    return Workspace("acme", hosts, "acme", "https://opener.example")


def test_a_service_can_have_a_dialog_host_of_its_own() -> None:
    own = "https://acme.integration-configuration.com"
    workspace = Workspace(
        "acme",
        Hosts.for_region(Region.US),
        "acme",
        "https://app.example",
        dialog_hosts=(("hubspot", f"{own}/"), ("55d1154c", "https://other.example")),
    )
    assert workspace.dialog_url_for("unknown id", "hubspot") == own
    assert workspace.dialog_url_for("55d1154c") == "https://other.example"
    assert workspace.dialog_url_for("slack") == "https://embedded.tray.io"
    assert workspace.dialog_url_for() == "https://embedded.tray.io"


def test_a_dialog_host_of_a_service_is_checked_like_the_others() -> None:
    with pytest.raises(ValueError, match="https"):
        Workspace("a", Hosts.for_region(Region.US), "a", "o", dialog_hosts=(("x", "http://x.example"),))


def test_what_leaves_this_computer_by_a_proxy_or_for_one_service_is_not_local() -> None:
    local = "http://127.0.0.1:1"
    hosts = Hosts(f"{local}/graphql", local, local)
    assert Workspace("a", hosts, "a", "o").is_local
    assert not Workspace("a", hosts, "a", "o", proxy="http://proxy.example:3128").is_local
    assert not Workspace("a", hosts, "a", "o", dialog_hosts=(("x", "https://x.example"),)).is_local
