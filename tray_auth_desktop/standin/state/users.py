"""The end users of the stand-in's organisation, and how they are searched and paged."""

from __future__ import annotations

import base64
import binascii
from bisect import bisect_left
from collections.abc import Iterable
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
    """What users are searched by; a field that is None matches every user.

    Attributes:
        name: any part of the name, in capital or small letters; the others match exactly.
    """

    user_id: str | None = None
    external_user_id: str | None = None
    name: str | None = None
    is_test_user: bool | None = None

    def match(self, user: EndUser) -> bool:
        """Return whether `user` is searched for."""
        wanted = (self.user_id, self.external_user_id, self.is_test_user)
        has = (user.id, user.external_user_id, user.is_test_user)
        exactly = all(want is None or want == value for want, value in zip(wanted, has, strict=True))
        return exactly and (self.name is None or self.name.casefold() in user.name.casefold())


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
    """Holds the end users in the order they were created.

    Each has a number that grows with that order and is never used again. A cursor is found by its
    number, so a page costs its own length however long the list is, and a cursor outlives its user.
    """

    def __init__(self, users: list[EndUser]) -> None:
        self._users = {user.id: user for user in users}
        self._numbers = {user_id: number for number, user_id in enumerate(self._users)}
        self._order = [(number, user_id) for user_id, number in self._numbers.items()]
        self._external_ids = {user.external_user_id for user in users}

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
        if external_user_id in self._external_ids:
            raise PreconditionError(
                Code.USER_ALREADY_EXISTS, "A user with this externalUserId already exists"
            )
        user = EndUser(new_id(), name, external_user_id, is_test_user)
        self._users[user.id] = user
        self._numbers[user.id] = len(self._numbers)
        self._order.append((self._numbers[user.id], user.id))
        self._external_ids.add(external_user_id)
        return user

    def set_is_test_user(self, user_id: str, is_test_user: bool) -> EndUser:
        """Change the one thing that can be changed of a user, and return the user."""
        user = replace(self.get(user_id), is_test_user=is_test_user)
        self._users[user_id] = user
        return user

    def remove(self, user_id: str) -> None:
        """Remove a user; refused as `get` is. The external user id can be given again."""
        self._external_ids.discard(self.get(user_id).external_user_id)
        del self._users[user_id]
        del self._order[self._place(self._numbers[user_id])]

    def page(self, criteria: Criteria, asked: PageRequest) -> Page:
        """Return a part of the users that match.

        Raises:
            RefusalError: a cursor is not one of ours, or a size is negative.
        """
        count = len(self._order)
        start = self._place(self._number(asked.after) + 1) if asked.after else 0
        end = max(start, self._place(self._number(asked.before)) if asked.before else count)
        follows = self._any(criteria, range(end, count))
        precedes = self._any(criteria, reversed(range(start)))
        if asked.last is not None and asked.first is None:
            taken, has_more = self._take(criteria, reversed(range(start, end)), _size(asked.last))
            return Page(tuple(reversed(taken)), follows, precedes or has_more)
        taken, has_more = self._take(criteria, range(start, end), _size(asked.first))
        return Page(tuple(taken), follows or has_more, precedes)

    def _take(self, criteria: Criteria, places: Iterable[int], size: int) -> tuple[list[EndUser], bool]:
        """Return the first matches among some places, and whether there are more."""
        taken: list[EndUser] = []
        for place in places:
            user = self._users[self._order[place][1]]
            if criteria.match(user):
                if len(taken) == size:
                    return taken, True
                taken.append(user)
        return taken, False

    def _any(self, criteria: Criteria, places: Iterable[int]) -> bool:
        return self._take(criteria, places, 0)[1]

    def _place(self, number: int) -> int:
        return bisect_left(self._order, (number,))

    def _number(self, cursor: str) -> int:
        try:
            return self._numbers[base64.b64decode(cursor, validate=True).decode()]
        except (binascii.Error, ValueError, KeyError):
            raise RefusalError("Invalid cursor") from None


def cursor_of(user: EndUser) -> str:
    """Return the cursor of a user: its id in base64 (protocol notes, section 3.1)."""
    return base64.b64encode(user.id.encode()).decode()


def _size(asked: int | None) -> int:
    if asked is not None and asked < 0:
        raise RefusalError("A page size cannot be negative")
    return PAGE_SIZE if asked is None else min(asked, PAGE_SIZE)
