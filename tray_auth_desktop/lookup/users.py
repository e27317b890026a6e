"""Find one end user at Tray, and name one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from tray_auth_desktop.core.models import EndUser, UserCriteria
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.redaction import one_line

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient

#: How many are named where there should be one.
_NAMED = 5


def user_by_external_id(client: TrayClient, external_user_id: str) -> EndUser:
    """Return the one end user of an external id.

    The id is compared here too: a server that does not know the criterion answers with everybody.

    Raises:
        UsageError: nobody has it, or several have; says who was found.
        TrayAuthError: Tray could not be asked.
    """
    found: dict[str, EndUser] = {}
    others: dict[str, EndUser] = {}
    for page in client.all_users(UserCriteria(external_user_id=external_user_id)):
        for user in page.users:
            is_it = (user.external_user_id or "").strip() == external_user_id
            (found if is_it else others).setdefault(user.user_id, user)
    if len(found) == 1:
        return next(iter(found.values()))
    raise _not_one(external_user_id, found, others)


def user_by_id(client: TrayClient, user_id: str) -> EndUser | None:
    """Return the end user of an id; None where Tray finds none."""
    pages = client.all_users(UserCriteria(user_id=user_id))
    wanted = user_id.casefold()
    return next((user for page in pages for user in page.users if user.user_id.casefold() == wanted), None)


def described(user: EndUser) -> str:
    """Return name and ids of an end user on one line."""
    external = f", external user id {user.external_user_id}" if user.external_user_id else ""
    return one_line(f"{user.name or '(no name)'} (user id {user.user_id}{external})")


def _not_one(external_user_id: str, found: dict[str, EndUser], others: dict[str, EndUser]) -> UsageError:
    named = "; ".join(described(user) for user in islice((found or others).values(), _NAMED))
    if found:
        return UsageError(
            f"{len(found)} end users have the external user id {external_user_id!r}: {named}.",
            advice="Name one by --user-id.",
        )
    instead = f" Tray answered with others: {named}." if others else ""
    return UsageError(
        f"No end user has the external user id {external_user_id!r}.{instead}",
        advice="`tray-auth-desktop users list` lists them.",
    )


def user_called(client: TrayClient, wanted: str) -> EndUser:
    """Return the one end user of an external id, a name or an id.

    Raises:
        UsageError: there is none, or there are several; says who.
        TrayAuthError: Tray could not be asked.
    """
    ways: tuple[tuple[UserCriteria, Callable[[EndUser], str | None]], ...] = (
        (UserCriteria(external_user_id=wanted), lambda user: user.external_user_id),
        (UserCriteria(name=wanted), lambda user: user.name),
        (UserCriteria(user_id=wanted), lambda user: user.user_id),
    )
    for criteria, named in ways:
        pages = client.all_users(criteria)
        found = {user.user_id: user for page in pages for user in page.users if named(user) == wanted}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            who = "; ".join(described(user) for user in islice(found.values(), _NAMED))
            raise UsageError(
                f"{len(found)} end users are called {wanted!r}: {who}.", advice="Name one by its id."
            )
    raise UsageError(f"There is no end user {wanted!r}.", advice="`tray-auth-desktop users list` lists them.")


def first_test_user(client: TrayClient) -> EndUser:
    """Return the first end user who is a test user.

    Raises:
        UsageError: there is none.
        TrayAuthError: Tray could not be asked.
    """
    pages = client.all_users(UserCriteria(is_test_user=True))
    found = next((user for page in pages for user in page.users if user.is_test_user), None)
    if found is None:
        raise UsageError(
            "The workspace has no test user.",
            advice="Make one with `tray-auth-desktop users create --test-user`.",
        )
    return found
