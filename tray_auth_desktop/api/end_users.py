"""What can be done to end users."""

from __future__ import annotations

from collections.abc import Iterator

from tray_auth_desktop.api import frames
from tray_auth_desktop.api.channel import Channel
from tray_auth_desktop.api.documents import Selections
from tray_auth_desktop.api.reading import fields, first_text
from tray_auth_desktop.api.users import (
    passing_over_empty,
    user_entries,
    user_page,
    user_variables,
    walk_pages,
)
from tray_auth_desktop.core.models import UserCriteria, UserPage
from tray_auth_desktop.errors import UnreadableReplyError, UsageError

_CREATE_DOUBT = (
    "Whether the end user was made is not known: search for the external user id before trying again."
)
_UPDATE_DOUBT = "Whether the end user was changed is not known: list the end users again to see."
_DELETE_DOUBT = "Whether the end user was deleted is not known: list the end users again to see."


class EndUserCalls:
    """The operations on end users, all with the master token."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._selections = Selections("users", "users_minimal")

    def page(self, criteria: UserCriteria | None, first: int | None, after: str | None) -> UserPage:
        """List some end users; pages on which nobody stands are passed over."""
        return passing_over_empty(
            lambda cursor: self._page(criteria, first, cursor), after, self._channel.graphql_host
        )

    def _page(self, criteria: UserCriteria | None, first: int | None, after: str | None) -> UserPage:
        variables = user_variables(criteria, first, after)
        entries = user_entries()

        def send(text: str) -> frames.Connection:
            shape = frames.Data[frames.UsersData]
            return self._channel.query("users", text, shape, variables, entries=entries).users

        return user_page(self._selections.ask(send), entries, after, self._channel.graphql_host)

    def pages(self, criteria: UserCriteria | None, page_size: int) -> Iterator[UserPage]:
        """Yield all end users page by page."""
        return walk_pages(lambda after: self.page(criteria, page_size, after), self._channel.graphql_host)

    def create(self, name: str, external_user_id: str, is_test_user: bool | None) -> str:
        """Make an end user; return Tray's id of it."""
        if not name.strip() or not external_user_id.strip():
            raise UsageError(
                "An end user needs a name and an external user id.",
                advice="The external user id is the one by which your own application knows the user.",
            )
        variables: dict[str, object] = {"name": name, "externalUserId": external_user_id}
        document = "create_external_user"
        if is_test_user is not None:
            document = "create_external_test_user"
            variables["isTestUser"] = is_test_user
        shape = frames.Data[frames.CreateUserData]
        reply = self._channel.mutate("createExternalUser", document, shape, variables, doubt=_CREATE_DOUBT)
        made = reply.create_external_user
        user_id = first_text(made, "userId", "id") or first_text(fields(made.get("user")), "id", "userId")
        if not user_id:
            raise UnreadableReplyError(
                f"{self._channel.graphql_host} answered createExternalUser without the end user's id.",
                operation="createExternalUser",
                advice="The end user was probably made: search for the external user id.",
            )
        return user_id

    def set_test_user(self, user_id: str, is_test_user: bool) -> None:
        """Make an end user a test user, or a billable one."""
        variables = {"userId": checked_id(user_id, "end user"), "isTestUser": is_test_user}
        shape = frames.Data[frames.UpdateUserData]
        self._channel.mutate(
            "updateExternalUser", "update_external_user", shape, variables, doubt=_UPDATE_DOUBT
        )

    def delete(self, user_id: str) -> None:
        """Delete an end user and the solution instances that belong to it."""
        variables = {"userId": checked_id(user_id, "end user")}
        shape = frames.Data[frames.RemoveUserData]
        self._channel.mutate(
            "removeExternalUser", "remove_external_user", shape, variables, doubt=_DELETE_DOUBT
        )


def checked_id(text: str, what: str) -> str:
    """Return an id.

    Raises:
        UsageError: it is empty.
    """
    if not text.strip():
        raise UsageError(f"No {what} is given.", advice=f"Choose the {what} first.")
    return text
