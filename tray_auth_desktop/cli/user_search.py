"""Search for end users on the server, and page through what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tray_auth_desktop.cli.fetching import told
from tray_auth_desktop.core.models import EndUser, UserCriteria
from tray_auth_desktop.core.user_criteria import can_be_meant
from tray_auth_desktop.errors import UsageError

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient

_PAGE = 100


@dataclass(frozen=True, slots=True)
class UsersFound:
    """Who was found.

    Attributes:
        users: They, each once, in the order in which Tray named them.
        has_more: Whether there are more than the limit allows.
        others: How many Tray named beside them who cannot be meant: it did not know the criteria.
    """

    users: tuple[EndUser, ...]
    has_more: bool = False
    others: int = 0


@dataclass(frozen=True, slots=True)
class UserSearch:
    """What end users are searched by; empty texts do not matter.

    Attributes:
        text: A name, an external user id or a user id.
        name, external_user_id: These, and both where both are given.

    Raises:
        UsageError: a text is given together with one of the others.
    """

    text: str = ""
    name: str = ""
    external_user_id: str = ""

    def __post_init__(self) -> None:
        if self.text and (self.name or self.external_user_id):
            raise UsageError("Give either --search, or --name and --external-user-id.")

    @property
    def is_narrow(self) -> bool:
        """Whether it is for some end users, not for all."""
        return bool(self.text or self.name or self.external_user_id)

    def ask(self, client: TrayClient, limit: int | None = None) -> UsersFound:
        """Return who was found, each once.

        Raises:
            TrayAuthError: Tray could not be asked.
        """
        found: dict[str, EndUser] = {}
        others: set[str] = set()
        for user, is_meant in self._named(client, _PAGE if limit is None else min(limit + 1, _PAGE)):
            if not is_meant:
                others.add(user.user_id)
                continue
            if limit is not None and len(found) == limit and user.user_id not in found:
                return UsersFound(tuple(found.values()), True, len(others - found.keys()))
            found.setdefault(user.user_id, user)
        return UsersFound(tuple(found.values()), False, len(others - found.keys()))

    def _named(self, client: TrayClient, page_size: int) -> Iterator[tuple[EndUser, bool]]:
        """Yield whom Tray names, and whether that can be who is searched for."""
        for criteria in self._criteria():
            for page in told(client.all_users(criteria, page_size=page_size)):
                for user in page.users:
                    yield user, criteria is None or can_be_meant(user, criteria)

    def _criteria(self) -> list[UserCriteria | None]:
        """Return what Tray is asked by, one after the other: it knows no "or"."""
        if not self.is_narrow:
            return [None]
        if not self.text:
            return [UserCriteria(name=self.name or None, external_user_id=self.external_user_id or None)]
        by_name = UserCriteria(name=self.text)
        by_external_id = UserCriteria(external_user_id=self.text)
        return [by_name, by_external_id, *([UserCriteria(user_id=self.text)] if _is_id(self.text) else [])]


def _is_id(text: str) -> bool:
    """Whether Tray will take it for a user id; it may refuse to be asked for anything else."""
    import uuid

    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
