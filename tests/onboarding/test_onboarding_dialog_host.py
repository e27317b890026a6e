"""Which dialog host an attempt opens: a service may have one of its own, known by its name or its id."""

from __future__ import annotations

import pytest

from tests.onboarding.scripted_client import ScriptedClient
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.models import Connector, Service
from tray_auth_desktop.core.workspace import Hosts, Region, Workspace
from tray_auth_desktop.onboarding.preparation import dialog_host

_OWN = "https://acme.integration-configuration.com"
_COMMON = "https://embedded.tray.io"


class _Catalogue(ScriptedClient):
    """Knows one connector, and counts who asks."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def connectors(self) -> tuple[Connector, ...]:
        """Answer, and count."""
        self.asked += 1
        return (
            Connector("hubspot-crm", "1.0", service=Service("id-4", "hubspot")),
            Connector("script", "3.0"),
        )


def _workspace(*hosts: tuple[str, str]) -> Workspace:
    return Workspace("acme", Hosts.for_region(Region.US), "acme", "https://app.example", dialog_hosts=hosts)


@pytest.mark.parametrize(
    ("request_", "host", "asked"),
    [
        (DialogRequest("u", "id-4", "e", service_name="hubspot"), _OWN, 0),
        (DialogRequest("u", "id-4", "e"), _OWN, 1),
        (DialogRequest("u", "id-5", "e"), _COMMON, 1),
        (DialogRequest("u", "id-5", "e", service_name="slack"), _COMMON, 0),
        (DialogRequest("u", kind=DialogKind.EDIT, auth_id="a", service_name="hubspot"), _OWN, 0),
        (DialogRequest("u", kind=DialogKind.EDIT, auth_id="a"), _COMMON, 0),
    ],
    ids=["by name", "by id alone", "another id", "another name", "edit", "edit of who knows what"],
)
def test_a_service_has_its_own_host(request_: DialogRequest, host: str, asked: int) -> None:
    client = _Catalogue()
    assert dialog_host(_workspace(("hubspot", _OWN)), request_, client) == host
    assert client.asked == asked


def test_a_host_can_be_kept_by_the_services_id() -> None:
    client = _Catalogue()
    assert dialog_host(_workspace(("id-4", _OWN)), DialogRequest("u", "id-4", "e"), client) == _OWN
    assert client.asked == 0


def test_without_hosts_of_services_nothing_is_asked() -> None:
    client = _Catalogue()
    assert dialog_host(_workspace(), DialogRequest("u", "id-4", "e"), client) == _COMMON
    assert client.asked == 0
