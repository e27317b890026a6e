"""The end users of the stand-in's organisation, and how they are searched and paged."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace

from tray_auth_desktop.standin.state.refusals import Code, PreconditionError, RefusalError
from tray_auth_desktop.standin.state.stable_id import new_id

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class EndUser:
    """One end user."""

    id: str
    name: str
    external_user_id: str
    is_test_user: bool = False


@dataclass(frozen=True, slots=True)
class Criteria:
    """What users are searched by; a field that is None matches every user, the others match exactly."""

    user_id: str | None = None
    external_user_id: str | None = None
    name: str | None = None
    is_test_user: bool | None = None

    def match(self, user: EndUser) -> bool:
        """Return whether `user` is searched for."""
        wanted = (self.user_id, self.external_user_id, self.name, self.is_test_user)
        has = (user.id, user.external_user_id, user.name, user.is_test_user)
        return all(want is None or want == value for want, value in zip(wanted, has, strict=True))


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which part of a list is asked for, in the terms of cursor connections."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the list of users."""

    users: tuple[EndUser, ...]
    has_next: bool
    has_previous: bool


class UserDirectory:
    """Holds the end users in the order they were created."""

    def __init__(self, users: list[EndUser]) -> None:
        self._users = {user.id: user for user in users}

    def __contains__(self, user_id: str) -> bool:
        return user_id in self._users

    def all(self) -> tuple[EndUser, ...]:
        """Return every user."""
        return tuple(self._users.values())

    def get(self, user_id: str) -> EndUser:
        """Return the user of that id.

        Raises:
            PreconditionError: there is none.
        """
        try:
            return self._users[user_id]
        except KeyError:
            raise PreconditionError(Code.USER_DOES_NOT_EXIST, "User does not exist") from None

    def create(self, name: str, external_user_id: str, *, is_test_user: bool = False) -> EndUser:
        """Add a user.

        Raises:
            PreconditionError: that external user id is taken.
        """
        if any(user.external_user_id == external_user_id for user in self._users.values()):
            raise PreconditionError(
                Code.USER_ALREADY_EXISTS, "A user with this externalUserId already exists"
            )
        user = EndUser(new_id(), name, external_user_id, is_test_user)
        self._users[user.id] = user
        return user

    def set_is_test_user(self, user_id: str, is_test_user: bool) -> EndUser:
        """Change the one thing that can be changed of a user, and return the user."""
        user = replace(self.get(user_id), is_test_user=is_test_user)
        self._users[user_id] = user
        return user

    def remove(self, user_id: str) -> None:
        """Remove a user; refused as `get` is."""
        self.get(user_id)
        del self._users[user_id]

    def page(self, criteria: Criteria, asked: PageRequest) -> Page:
        """Return a part of the users that match.

        Raises:
            RefusalError: a cursor is not one of ours, or a size is negative.
        """
        found = [user for user in self._users.values() if criteria.match(user)]
        start, end = _bounds(found, asked)
        window = found[start:end]
        if asked.last is not None and asked.first is None:
            kept = window[max(0, len(window) - _size(asked.last)) :]
            return Page(tuple(kept), end < len(found), start > 0 or len(kept) < len(window))
        kept = window[: _size(asked.first)]
        return Page(tuple(kept), end < len(found) or len(kept) < len(window), start > 0)


def cursor_of(user: EndUser) -> str:
    """Return the cursor of a user: its id in base64 (protocol notes, section 3.1)."""
    return base64.b64encode(user.id.encode()).decode()


def _bounds(users: list[EndUser], asked: PageRequest) -> tuple[int, int]:
    ids = [user.id for user in users]
    start = _position(ids, asked.after) + 1 if asked.after else 0
    end = _position(ids, asked.before) if asked.before else len(users)
    return start, max(start, end)


def _position(ids: list[str], cursor: str) -> int:
    try:
        return ids.index(base64.b64decode(cursor, validate=True).decode())
    except (binascii.Error, ValueError):
        raise RefusalError("Invalid cursor") from None


def _size(asked: int | None) -> int:
    if asked is not None and asked < 0:
        raise RefusalError("A page size cannot be negative")
    return PAGE_SIZE if asked is None else min(asked, PAGE_SIZE)
