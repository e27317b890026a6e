"""One workspace as it stands in the file: what was written, before it is made into a `Workspace`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.workspace import Hosts, Region, Workspace
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.settings import DEFAULT_OPENER_ORIGIN
from tray_auth_desktop.workspaces.fields import LABELS, STAND_IN, complaint

__all__ = ["STAND_IN", "WorkspaceEntry"]


@dataclass(frozen=True, slots=True)
class WorkspaceEntry:
    """What a person set up. Empty text is "not set".

    Attributes:
        name: What the person calls it; the key of its table in the file.
        dialog_hosts: Pairs of a service's name or id and the dialog host it has for itself.
        proxy: Address of a proxy; it may have a user name, never a password.
        ca_file: Path of a PEM file that is trusted beside the system's.
    """

    name: str
    region: str = "us"
    embedded_id: str = ""
    graphql_url: str = ""
    rest_url: str = ""
    dialog_url: str = ""
    opener_origin: str = ""
    account_id: str = ""
    proxy: str = ""
    ca_file: str = ""
    dialog_hosts: tuple[tuple[str, str], ...] = ()

    def workspace(self, *, for_dialog: bool = True) -> Workspace:
        """Return the workspace that this describes.

        Args:
            for_dialog: Whether a dialog will be opened, which needs the Embedded ID.

        Raises:
            UsageError: something in it is missing or cannot be used; says what.
        """
        try:
            hosts = Hosts.for_region(Region(self.region or "us"))
            hosts = hosts.override(self.graphql_url, self.rest_url, self.dialog_url)
            self._check("embedded_id", "proxy")
            workspace = Workspace(
                self.name,
                hosts,
                self.embedded_id,
                self._checked_opener_origin(),
                self.account_id or None,
                dialog_hosts=self.dialog_hosts,
                proxy=self.proxy or None,
                ca_file=str(Path(self.ca_file).expanduser()) if self.ca_file else None,
            )
        except ValueError as error:
            raise UsageError(f"The workspace {self.name} cannot be used: {error}.") from error
        if for_dialog and not self.embedded_id:
            raise UsageError(
                f"No Embedded ID is set for the workspace {self.name}; the dialog's address needs it.",
                advice="Set TRAY_EMBEDDED_ID, give --embedded-id, or edit the workspace.",
            )
        return workspace

    def _check(self, *names: str) -> None:
        for name in names:
            if why := complaint(name, getattr(self, name)):
                raise ValueError(f"its {LABELS[name]} {why}")

    def _checked_opener_origin(self) -> str:
        try:
            return str(Origin.parse(self.opener_origin or DEFAULT_OPENER_ORIGIN))
        except ValueError as error:
            raise ValueError(f"its opener origin is none: {error}") from error
