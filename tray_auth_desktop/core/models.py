"""The things Tray keeps, as the program sees them (glossary: docs/glossary.md).

All are immutable. Fields that Tray may leave out are optional here
(tray-protocol notes: "treat all of them as optional").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

#: `authenticationType` in words (protocol notes §3.4).
_KINDS = {
    "token": "Token",
    "oauth1": "OAuth 1",
    "oauth2": "OAuth 2",
    "oauth2password": "OAuth 2 password",
    "oauth2client_credentials": "OAuth 2 client credentials",
    "builtin": "Built-in",
}


@dataclass(frozen=True, slots=True)
class EndUser:
    """The customer's customer. `user_id` is Tray's id, `external_user_id` the host application's."""

    user_id: str
    name: str
    external_user_id: str | None = None
    is_test_user: bool | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A third-party product an authentication is for.

    `version` is text because GraphQL sends a string where REST sends an integer.
    """

    service_id: str
    name: str = ""
    title: str = ""
    icon: str | None = None
    version: str | None = None

    @property
    def label(self) -> str:
        """The title, else the name, else the id: never empty."""
        return self.title or self.name or self.service_id


@dataclass(frozen=True, slots=True)
class Connector:
    """A workflow step. Several versions of one connector share a service."""

    name: str
    version: str
    title: str = ""
    description: str = ""
    service: Service | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """What a connector can do, and the scopes an authentication needs for it."""

    name: str
    title: str = ""
    description: str = ""
    auth_scopes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The title, else the name."""
        return self.title or self.name


@dataclass(frozen=True, slots=True)
class Scope:
    """One OAuth permission that can be asked for; `children` are parts of it."""

    value: str
    description: str = ""
    children: tuple[Scope, ...] = ()

    def walk(self) -> Iterator[Scope]:
        """Yield this scope, then all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class ServiceEnvironment:
    """An instance of a service that authentications are made against."""

    service_environment_id: str
    title: str = ""
    authentication_type: str | None = None
    scopes: tuple[Scope, ...] = ()

    @property
    def label(self) -> str:
        """The title; an environment without one is named by its kind and the start of its id."""
        if self.title.strip():
            return self.title
        kind = f"{self.kind} environment" if self.kind else "Untitled"
        return f"{kind} ({self.service_environment_id[:8]})"

    @property
    def kind(self) -> str:
        """How one authenticates, as people call it; Tray's own word where that is not known."""
        return _KINDS.get((self.authentication_type or "").casefold(), self.authentication_type or "")


@dataclass(frozen=True, slots=True)
class Authentication:
    """A stored credential of an end user for one service.

    `custom_fields` is whatever JSON Tray keeps there; its meaning is not documented.
    """

    auth_id: str
    name: str = ""
    service: Service | None = None
    service_environment: ServiceEnvironment | None = None
    custom_fields: object = field(default=None, compare=False)

    @property
    def label(self) -> str:
        """The name, else the id: never empty."""
        return self.name or self.auth_id


@dataclass(frozen=True, slots=True)
class AuthenticationDetails:
    """What Tray tells of one authentication when asked for it alone (protocol notes §3.4).

    Attributes:
        raw: The reply's JSON object as it came. Tray sends no credentials in it.
    """

    auth_id: str
    name: str = ""
    service_environment_id: str = ""
    scopes: tuple[str, ...] = ()
    on_prem_agent_group_id: str | None = None
    raw: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class UserPage:
    """Some of the end users, and where the next ones start.

    `next_cursor` is None where there are no more: whoever pages stops there.
    """

    users: tuple[EndUser, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class UserCriteria:
    """What end users are searched by. What is None does not matter."""

    user_id: str | None = None
    external_user_id: str | None = None
    name: str | None = None
    is_test_user: bool | None = None
