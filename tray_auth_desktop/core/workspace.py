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
    """

    name: str
    hosts: Hosts
    embedded_id: str
    opener_origin: str
    account_id: str | None = None
    is_stand_in: bool = False

    @property
    def is_local(self) -> bool:
        """Whether nothing of it leaves this computer."""
        return self.is_stand_in or self.hosts.are_loopback


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
