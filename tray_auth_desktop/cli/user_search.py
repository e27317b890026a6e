"""Search for end users on the server, and page through what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tray_auth_desktop.core.models import EndUser, UserCriteria
from tray_auth_desktop.errors import UsageError

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient

_PAGE = 100


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

    def ask(self, client: TrayClient, limit: int | None = None) -> tuple[list[EndUser], bool]:
        """Return who was found, each once, and whether there are more than the limit allows.

        Raises:
            TrayAuthError: Tray could not be asked.
        """
        found: dict[str, EndUser] = {}
        for user in self._found_by(client, _PAGE if limit is None else min(limit + 1, _PAGE)):
            if limit is not None and len(found) == limit and user.user_id not in found:
                return list(found.values()), True
            found.setdefault(user.user_id, user)
        return list(found.values()), False

    def _found_by(self, client: TrayClient, page_size: int) -> Iterator[EndUser]:
        for criteria in self._criteria():
            for page in client.all_users(criteria, page_size=page_size):
                yield from page.users

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
