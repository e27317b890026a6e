"""The addresses of a stand-in's three origins."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StandInAddresses:
    """Where a stand-in listens; none ends with a slash. `control` is None without a control API.

    The provider's host is `localhost` and the others' is an address, so that to a browser they are
    different sites, as a third party and Tray are.
    """

    api: str
    dialog: str
    provider: str
    control: str | None = None

    @property
    def graphql(self) -> str:
        """Return the GraphQL endpoint."""
        return f"{self.api}/graphql"

    @property
    def oauth_return(self) -> str:
        """Return the one redirect address that the provider accepts."""
        return f"{self.api}/oauth2/token"

    @property
    def dialog_host(self) -> str:
        """Return the dialog's host and port, as the OAuth state names it."""
        return self.dialog.removeprefix("http://")

    def service_icon(self, service_name: str, version: int, kind: str) -> str:
        """Return the address of a service's icon as the API names it."""
        return f"{self.api}/icons/{service_name}-{version}.{kind}"

    def icon(self, service_name: str, version: int) -> str:
        """Return the address of the picture that the stand-in's own pages show for a service."""
        return f"{self.dialog}/icons/{service_name}-{version}.svg"
