"""What the person configured, by flags or environment, checked and made into a workspace."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from tray_auth_desktop.core.dialog_url import checked_segment
from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.workspace import Hosts, Region, Workspace
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.settings import DEFAULT_OPENER_ORIGIN, MASTER_TOKEN


@dataclass(frozen=True, slots=True)
class Configuration:
    """The values of `settings.ALL_OPTIONS`, as given. None is "not given"."""

    embedded_id: str | None = None
    region: str | None = None
    graphql_url: str | None = None
    rest_url: str | None = None
    dialog_url: str | None = None
    opener_origin: str | None = None
    account_id: str | None = None
    master_token: Secret | None = field(default=None, repr=False)
    data_dir: Path | None = None
    color_scheme: str = "system"
    log_level: str = "warning"
    waive_sandbox: bool = False

    @property
    def uses_stand_in(self) -> bool:
        """Whether no account is set up, so that the program works against its own stand-in."""
        given = (self.embedded_id, self.region, self.graphql_url, self.rest_url, self.dialog_url)
        return not any(given) and not self.master_token

    @property
    def checked_opener_origin(self) -> str:
        """The opener origin, in its canonical form.

        Raises:
            UsageError: it is no web origin.
        """
        try:
            return str(Origin.parse(self.opener_origin or DEFAULT_OPENER_ORIGIN))
        except ValueError as error:
            raise UsageError(f"The opener origin cannot be used: {error}.") from error

    def token(self) -> Secret:
        """Return the master token.

        Raises:
            UsageError: there is none.
        """
        if not self.master_token:
            raise UsageError(
                "No master token is set.",
                advice=f"Put it into the environment variable {MASTER_TOKEN.variable} (never on the command "
                "line), or unset every TRAY_ variable to work with the stand-in.",
            )
        return self.master_token

    def workspace(self, *, for_dialog: bool = True) -> Workspace:
        """Return the workspace that is configured.

        Args:
            for_dialog: Whether a dialog will be opened, which needs the Embedded ID.

        Raises:
            UsageError: an address or the Embedded ID is missing or cannot be used.
        """
        try:
            hosts = Hosts.for_region(Region(self.region or "us"))
            hosts = hosts.override(self.graphql_url, self.rest_url, self.dialog_url)
            if self.embedded_id:
                checked_segment(self.embedded_id, "Embedded ID")
        except ValueError as error:
            raise UsageError(f"The workspace cannot be used: {error}.") from error
        if for_dialog and not self.embedded_id:
            raise UsageError("No Embedded ID is set.", advice="Set TRAY_EMBEDDED_ID or give --embedded-id.")
        name = self.embedded_id or Origin.parse(hosts.graphql_url).host
        return Workspace(name, hosts, self.embedded_id or "", self.checked_opener_origin, self.account_id)


def master_token_from_environment() -> Secret | None:
    """Take the master token out of the environment, so that no child process inherits it."""
    value = os.environ.pop(MASTER_TOKEN.variable, "").strip()
    return Secret(value) if value else None
