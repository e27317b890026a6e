"""What can be connected to: connectors, their operations, the environments of their services."""

from __future__ import annotations

import re

from tray_auth_desktop.api import replies
from tray_auth_desktop.api.channel import Channel, segment
from tray_auth_desktop.core.models import Connector, Operation, ServiceEnvironment

_WHOLE_NUMBER = re.compile(r"(\d+)\.0+")


class CatalogueCalls:
    """The operations on what Tray offers, all with the master token."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def connectors(self) -> tuple[Connector, ...]:
        """List all connectors in all versions, with the service each is for."""
        return self._channel.rest_list("connectors", "connectors", replies.read_connector)

    def operations(self, connector_name: str, connector_version: str) -> tuple[Operation, ...]:
        """List what one version of a connector can do."""
        name = segment(connector_name, "A connector's name")
        version = segment(connector_version, "A connector's version")
        path = f"connectors/{name}/versions/{version}/operations"
        return self._channel.rest_list("operations", path, replies.read_operation)

    def environments(self, service_name: str, service_version: str) -> tuple[ServiceEnvironment, ...]:
        """List the environments of one version of a service."""
        whole = _WHOLE_NUMBER.fullmatch(service_version)
        name = segment(service_name, "A service's name")
        version = segment(whole.group(1) if whole else service_version, "A service's version")
        path = f"services/{name}/versions/{version}/environments"
        return self._channel.rest_list("service environments", path, replies.read_environment)
