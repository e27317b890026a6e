"""A workspace: one Tray account to work against, by its hosts and its Embedded ID.

Hosts per region: tray-protocol notes §1 (vendor documentation, 2026 specification).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from tray_auth_desktop.core.origin import Origin


class Region(StrEnum):
    """Tray's regions; they share nothing, and only the hosts tell them apart."""

    US = "us"
    EU1 = "eu1"
    AP1 = "ap1"


@dataclass(frozen=True, slots=True)
class Hosts:
    """Base addresses without a trailing slash.

    `graphql_url` is the full address of the endpoint; `rest_url` and `dialog_url`
    are what the documented paths are appended to.
    """

    graphql_url: str
    rest_url: str
    dialog_url: str

    def __post_init__(self) -> None:
        for name in ("graphql_url", "rest_url", "dialog_url"):
            object.__setattr__(self, name, checked_base_url(getattr(self, name)))

    @classmethod
    def for_region(cls, region: Region) -> Hosts:
        """Return the documented hosts of a region."""
        infix = "" if region is Region.US else f"{region.value}."
        return cls(
            graphql_url=f"https://{infix}tray.io/graphql",
            rest_url=f"https://api.{infix}tray.io",
            dialog_url=f"https://embedded.{infix}tray.io",
        )

    def override(self, graphql_url: str | None, rest_url: str | None, dialog_url: str | None) -> Hosts:
        """Return these hosts with those that are given put in their place."""
        given = {"graphql_url": graphql_url, "rest_url": rest_url, "dialog_url": dialog_url}
        return replace(self, **{name: url for name, url in given.items() if url})

    @property
    def are_loopback(self) -> bool:
        """Whether all three are on this computer, as the stand-in's are."""
        return all(
            Origin.parse(url).is_loopback for url in (self.graphql_url, self.rest_url, self.dialog_url)
        )


@dataclass(frozen=True, slots=True)
class Workspace:
    """One Tray account to work against; its token is kept elsewhere.

    Attributes:
        name: What the person calls it.
        embedded_id: The organisation's name in dialog URLs.
        opener_origin: The origin our opener page pretends to be served from.
        account_id: Answer to `accountIdRequest`, where enhanced session security is on.
        is_stand_in: Whether it is the program's own stand-in.
        dialog_hosts: Pairs of a service's name or id and the dialog host it has for itself: a
            white-labelled one, or Tray's own beside it (protocol notes §1).
        proxy: Address of the proxy that API and dialog are reached by; None for the system's.
        ca_file: A file of certificates (PEM) that are trusted beside the system's.
    """

    name: str
    hosts: Hosts
    embedded_id: str
    opener_origin: str
    account_id: str | None = None
    is_stand_in: bool = False
    dialog_hosts: tuple[tuple[str, str], ...] = ()
    proxy: str | None = None
    ca_file: str | None = None

    def __post_init__(self) -> None:
        checked = tuple((service, checked_base_url(url)) for service, url in self.dialog_hosts)
        object.__setattr__(self, "dialog_hosts", checked)

    @property
    def is_local(self) -> bool:
        """Whether nothing of it leaves this computer."""
        own = all(Origin.parse(url).is_loopback for _, url in self.dialog_hosts)
        return self.is_stand_in or (self.hosts.are_loopback and own and not self.proxy)

    def dialog_url_for(self, *services: str) -> str:
        """Return the dialog host for a service, known by any of its names or ids."""
        own = dict(self.dialog_hosts)
        return next((own[service] for service in services if service in own), self.hosts.dialog_url)


def checked_base_url(url: str) -> str:
    """Return a base address without its trailing slash.

    Raises:
        ValueError: it is not https (http is for loopback only), or carries a user name,
            a query or a fragment.
    """
    origin = Origin.parse(url)
    if "?" in url or "#" in url:
        raise ValueError(f"an address without query and fragment is needed, not {url!r}")
    if not origin.is_secure and not origin.is_loopback:
        raise ValueError(f"only https is allowed except on this computer, not {url!r}")
    return url.rstrip("/")
