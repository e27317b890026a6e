"""The stand-in as the benchmarks use it: a process of its own, for the program and the baseline alike."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tray_auth_desktop.api import TrayClient
from tray_auth_desktop.core.dialog_url import DialogRequest, assemble_dialog_url
from tray_auth_desktop.core.services import families_of
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.secrets import Secret

SERVICE_NAME = "twilio"


class BenchStandIn:
    """Starts `tray-auth-desktop standin`; its folder holds the journals of the programs measured."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tray_auth_desktop", "standin", "--json"],
            stdout=subprocess.PIPE,
            text=True,
        )
        line = self._process.stdout.readline() if self._process.stdout is not None else ""
        self._variables: dict[str, str] = json.loads(line)["environment"]
        hosts = Hosts(*(self._variables[f"TRAY_{name}_URL"] for name in ("GRAPHQL", "REST", "DIALOG")))
        self._client = TrayClient(hosts, Secret(self._variables["TRAY_MASTER_TOKEN"]))
        self._request = self._twilio_request()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._client.close()
        self._process.terminate()
        self._process.communicate(timeout=10)

    def environment(self) -> dict[str, str]:
        """Return the variables that make the program use it, as QT_QPA_PLATFORM and root demand."""
        return {**self._variables, "TRAY_DATA_DIR": str(self._folder)}

    def create_arguments(self) -> list[str]:
        """Return the flags of `create` for a dialog of the token form."""
        request = self._request
        return [
            "--user-id", request.user_id,
            "--service-id", request.service_id,
            "--service-environment-id", request.service_environment_id,
        ]  # fmt: skip

    def new_address(self) -> str:
        """Return the address of the same dialog, with a fresh code."""
        code = self._client.generate_authorization_code(self._request.user_id)
        embedded_id = self._variables["TRAY_EMBEDDED_ID"]
        return assemble_dialog_url(
            self._variables["TRAY_DIALOG_URL"], embedded_id, self._request, code.reveal()
        )

    def _twilio_request(self) -> DialogRequest:
        user = self._client.users(first=1).users[0]
        families = families_of(self._client.connectors())
        service = next(family.newest for family in families if family.newest.name == SERVICE_NAME)
        environment = self._client.service_environments(service.name, service.version or "1")[0]
        return DialogRequest(user.user_id, service.service_id, environment.service_environment_id)
