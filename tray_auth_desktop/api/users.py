"""Search for end users, and page through them without ever going round in circles."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from tray_auth_desktop.api.entries import Entries, node_of
from tray_auth_desktop.api.frames import Connection
from tray_auth_desktop.api.replies import read_user
from tray_auth_desktop.core.models import EndUser, UserCriteria, UserPage

_log = logging.getLogger(__name__)
#: How many empty pages in a row are passed over before a server counts as one that never ends.
_MOST_EMPTY_PAGES = 200


def user_variables(criteria: UserCriteria | None, first: int | None, after: str | None) -> dict[str, object]:
    """Return the variables of `users`; only those that are given."""
    values = {"criteria": criteria and _criteria_variable(criteria), "first": first, "after": after}
    return {name: value for name, value in values.items() if value is not None}


def user_entries() -> Entries[EndUser]:
    """Return what reads a list of end users."""
    return Entries([("data", "users", "edges")], read_user, "end users", unwrap=node_of)


def _criteria_variable(criteria: UserCriteria) -> dict[str, object]:
    """Return `UserSearchCriteria`, whose fields are named as in the schema: `userId`, not `id`."""
    values = {
        "userId": criteria.user_id,
        "externalUserId": criteria.external_user_id,
        "name": criteria.name,
        "isTestUser": criteria.is_test_user,
    }
    return {name: value for name, value in values.items() if value is not None}


def user_page(connection: Connection, entries: Entries[EndUser], after: str | None) -> UserPage:
    """Return a page; a cursor that leads back to where one came from is none."""
    users = entries.finish(connection.edges)
    cursor = connection.end_cursor(entries.last) if connection.has_next_page else None
    if connection.has_next_page and cursor in (None, after):
        _log.warning("the list of end users says that it goes on, but not where: it may be incomplete")
        cursor = None
    return UserPage(users, cursor)


def passing_over_empty(fetch: Callable[[str | None], UserPage], after: str | None) -> UserPage:
    """Return the first page on which somebody stands: a server may search only after it has cut its pages.

    Args:
        fetch: Returns the page after a cursor; the first one after None.
        after: The cursor to begin after.
    """
    cursors = {after}
    page = fetch(after)
    while not page.users and page.next_cursor is not None:
        if page.next_cursor in cursors or len(cursors) > _MOST_EMPTY_PAGES:
            _log.warning("the list of end users goes on, but only with empty pages: it may be incomplete")
            return UserPage(())
        cursors.add(page.next_cursor)
        page = fetch(page.next_cursor)
    return page


def walk_pages(fetch: Callable[[str | None], UserPage]) -> Iterator[UserPage]:
    """Yield page after page until there are no more, a cursor comes again, or a page brings nobody new.

    Args:
        fetch: Returns the page after a cursor; the first one after None.
    """
    cursors: set[str] = set()
    user_ids: set[str] = set()
    page = fetch(None)
    while True:
        yield page
        new = {user.user_id for user in page.users} - user_ids
        cursor = page.next_cursor
        if cursor is None:
            return
        if cursor in cursors or not new:
            _log.warning("the pages of end users repeat themselves; the rest was not fetched")
            return
        cursors.add(cursor)
        user_ids |= new
        page = fetch(cursor)
