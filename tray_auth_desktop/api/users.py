"""Search for end users, and page through them: to the end, and never round in circles or for ever."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from tray_auth_desktop.api.entries import Entries, node_of
from tray_auth_desktop.api.frames import Connection
from tray_auth_desktop.api.replies import read_user
from tray_auth_desktop.core.models import EndUser, UserCriteria, UserPage
from tray_auth_desktop.errors import UnreadableReplyError

_log = logging.getLogger(__name__)
#: How many empty pages in a row are passed over before a server counts as one that never ends.
_MOST_EMPTY_PAGES = 200
#: Beyond these, too: ten times as many as the largest account that is known of.
MOST_PAGES = 5_000
MOST_USERS = 500_000
_SEARCH_ADVICE = "Search by a name or an id instead of listing all of them."


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


def user_page(connection: Connection, entries: Entries[EndUser], after: str | None, host: str) -> UserPage:
    """Return a page.

    Raises:
        UnreadableReplyError: it leads back to where one came from.
    """
    users = entries.finish(connection.edges)
    cursor = connection.end_cursor(entries.last) if connection.has_next_page else None
    if connection.has_next_page and cursor is None:
        _log.warning("the list of end users says that it goes on, but not where: it may be incomplete")
    if cursor is not None and cursor == after:
        raise _unending(host, "a page that leads back to itself")
    return UserPage(users, cursor)


def passing_over_empty(fetch: Callable[[str | None], UserPage], after: str | None, host: str) -> UserPage:
    """Return the first page on which somebody stands: a server may search only after it has cut its pages.

    Args:
        fetch: Returns the page after a cursor; the first one after None.
        after: The cursor to begin after.
        host: Who is asked, for messages.

    Raises:
        UnreadableReplyError: there are only empty pages, without end.
    """
    cursors = {after}
    page = fetch(after)
    while not page.users and page.next_cursor is not None:
        if page.next_cursor in cursors or len(cursors) > _MOST_EMPTY_PAGES:
            raise _unending(host, "empty pages that do not end")
        cursors.add(page.next_cursor)
        page = fetch(page.next_cursor)
    return page


def walk_pages(fetch: Callable[[str | None], UserPage], host: str) -> Iterator[UserPage]:
    """Yield page after page until there are no more.

    Args:
        fetch: Returns the page after a cursor; the first one after None.
        host: Who is asked, for messages.

    Raises:
        UnreadableReplyError: a cursor comes again, a page that is not the last brings nobody new, or there
            are more pages or end users than can be.
    """
    cursors: set[str] = set()
    user_ids: set[str] = set()
    page = fetch(None)
    while True:
        yield page
        cursor = page.next_cursor
        if cursor is None:
            return
        known = len(user_ids)
        user_ids.update(user.user_id for user in page.users)
        if cursor in cursors or len(user_ids) == known:
            raise _unending(host, "pages that repeat themselves")
        cursors.add(cursor)
        if len(user_ids) >= MOST_USERS:
            raise _unending(host, f"more than {MOST_USERS:,} end users", _SEARCH_ADVICE)
        if len(cursors) >= MOST_PAGES:
            raise _unending(host, f"more than {MOST_PAGES:,} pages of end users", _SEARCH_ADVICE)
        page = fetch(cursor)


def _unending(host: str, what: str, advice: str | None = None) -> UnreadableReplyError:
    text = f"{host} answered users with {what}: the list cannot be had in full."
    return UnreadableReplyError(text, operation="users", advice=advice)
