"""What can be done to the authentications of an end user, each time as that end user."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from tray_auth_desktop.api import frames, replies
from tray_auth_desktop.api.call import Call, encoded
from tray_auth_desktop.api.channel import Channel, segment
from tray_auth_desktop.api.credentials import Credentials
from tray_auth_desktop.api.documents import Selections
from tray_auth_desktop.api.end_users import checked_id
from tray_auth_desktop.api.entries import Entries, OnPart, node_of
from tray_auth_desktop.core.models import Authentication, AuthenticationDetails
from tray_auth_desktop.errors import HttpStatusError, UnreadableReplyError, UsageError
from tray_auth_desktop.secrets import Secret

_log = logging.getLogger(__name__)
_LIST_PATH = ("data", "viewer", "authentications", "edges")
_DELETE_DOUBT = "Whether the authentication was deleted is not known: list the authentications again to see."
_RENAME_DOUBT = "Whether the authentication was renamed is not known: list the authentications again to see."
_NOT_FOUND = 404


class AuthenticationCalls:
    """The operations on authentications, all with a user token."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._selections = Selections("authentications", "authentications_plain", "authentications_minimal")
        self._told_incomplete = False

    def listed(
        self, user_token: Secret, on_part: OnPart[Authentication] | None = None
    ) -> tuple[Authentication, ...]:
        """List the authentications of the end user a token acts as."""
        if user_token == self._channel.master_token:
            raise UsageError(
                "The authentications were asked for with the master token: that lists the organisation's "
                "own, not those of an end user.",
                advice="Choose an end user, or give a user token.",
            )
        read = replies.Authentications()
        entries = Entries([_LIST_PATH], read, "authentications", on_part, unwrap=node_of)

        def send(text: str) -> frames.Connection:
            shape = frames.Data[frames.ViewerData]
            return self._channel.query(
                "viewer.authentications", text, shape, {}, user_token=user_token, entries=entries
            ).viewer.authentications

        connection: frames.Connection = self._selections.ask(send)
        self._tell_incomplete(connection)
        return entries.finish(connection.edges)

    def details(self, user_token: Secret, auth_id: str) -> AuthenticationDetails:
        """Return what Tray tells of one authentication."""
        path = f"authentications/{segment(auth_id, 'An authentication id')}"
        try:
            payload = self._channel.rest("authentication", path, user_token)
        except HttpStatusError as error:
            if error.status != _NOT_FOUND:
                raise
            raise HttpStatusError(
                f"The authentication {auth_id} was not found, or is not accessible to this end user. {error}",
                operation=error.operation,
                status=error.status,
                advice="List the authentications again: it may be deleted, or belong to somebody else.",
            ) from error
        details = replies.read_details(payload, auth_id)
        if details is None:
            raise UnreadableReplyError(
                f"{self._channel.rest_host} answered authentication with JSON that is no object.",
                operation="authentication",
            )
        return details

    def delete(self, user_token: Secret, auth_id: str) -> None:
        """Delete an authentication; there is no way back."""
        variables = {"authenticationId": checked_id(auth_id, "authentication")}
        self._channel.mutate(
            "removeAuthentication",
            "remove_authentication",
            frames.Data[frames.RemoveAuthenticationData],
            variables,
            user_token=user_token,
            doubt=_DELETE_DOUBT,
        )

    def rename(self, user_token: Secret, auth_id: str, name: str, credentials: Credentials) -> None:
        """Give an authentication another name, and the credentials that Tray asks for with it."""
        details = self.details(user_token, auth_id)
        path = f"authentications/{segment(auth_id, 'An authentication id')}"
        call = Call(
            "update authentication",
            "PUT",
            f"{self._channel.hosts.rest_url}/core/v1/{path}",
            is_read=False,
            content=encoded(_update(details, name, credentials.fields)),
            acts_as_user=True,
            doubt=_RENAME_DOUBT,
            hidden=credentials.hidden,
            may_be_empty=True,
        )
        self._channel.send(call, user_token)

    def _tell_incomplete(self, connection: frames.Connection) -> None:
        """The documented query knows no paging: say once that the list may go on."""
        if connection.has_next_page and not self._told_incomplete:
            self._told_incomplete = True
            _log.warning("the server says that the list of authentications goes on; it may be incomplete")


def _update(details: AuthenticationDetails, name: str, credentials: Mapping[str, Any]) -> dict[str, object]:
    """Return the body of the update: what it does not hold, Tray leaves as it is."""
    body: dict[str, object] = {"name": name, "credentials": credentials}
    if details.scopes:
        body["scopes"] = details.scopes
    if details.on_prem_agent_group_id is not None:
        body["onPremAgentGroupId"] = details.on_prem_agent_group_id
    if details.raw.get("userData"):
        body["userData"] = details.raw["userData"]
    return body
