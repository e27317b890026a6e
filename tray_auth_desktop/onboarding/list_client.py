"""What the lists a person chooses from need of the API, beside what an attempt needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tray_auth_desktop.core.models import (
    Authentication,
    AuthenticationDetails,
    Operation,
    UserCriteria,
    UserPage,
)
from tray_auth_desktop.onboarding.ports import Client
from tray_auth_desktop.secrets import Secret


class ListClient(Client, Protocol):
    """Further operations of `api.TrayClient`. Called on worker threads."""

    def users(
        self, criteria: UserCriteria | None = None, *, first: int | None = 100, after: str | None = None
    ) -> UserPage:
        """List some end users; all, or those that criteria fit."""
        ...

    def create_user(self, name: str, external_user_id: str, *, is_test_user: bool | None = None) -> str:
        """Create an end user. Returns its id."""
        ...

    def delete_user(self, user_id: str) -> None:
        """Delete an end user."""
        ...

    def operations(self, connector_name: str, connector_version: str) -> tuple[Operation, ...]:
        """List what a connector can do."""
        ...

    def icon(self, url: str) -> bytes:
        """Fetch a service's icon."""
        ...

    def authentications_of(
        self, user_id: str, *, on_part: Callable[[tuple[Authentication, ...]], None] | None = None
    ) -> tuple[Authentication, ...]:
        """List an end user's authentications; parts of a long list are told as they come."""
        ...

    def authentication_details(self, user_id: str, auth_id: str) -> AuthenticationDetails:
        """Return what is told of one authentication."""
        ...

    def rename_authentication(self, user_id: str, auth_id: str, name: str, credentials: Secret) -> None:
        """Give an authentication another name, and its credentials once more."""
        ...

    def delete_authentication(self, user_id: str, auth_id: str) -> None:
        """Delete an authentication."""
        ...
