"""TrayClient: one method per operation of Tray's API (docs/api-client.md)."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
import msgspec

from tray_auth_desktop.api import frames, replies
from tray_auth_desktop.api.call import Call, Timeouts, graphql_call, rest_call
from tray_auth_desktop.api.caller import Caller, Observer, checked_token, is_sendable
from tray_auth_desktop.api.connection import open_client
from tray_auth_desktop.api.documents import Selections, document
from tray_auth_desktop.api.exchange import Exchanges
from tray_auth_desktop.api.retry import RetryPolicy
from tray_auth_desktop.api.user_tokens import UserTokens
from tray_auth_desktop.api.users import UserCriteria, user_page, user_variables, walk_pages
from tray_auth_desktop.core.models import Authentication, Connector, ServiceEnvironment, UserPage
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.errors import (
    ForbiddenError,
    UnauthorizedError,
    UnreadableReplyError,
    UsageError,
)
from tray_auth_desktop.secrets import Secret

_log = logging.getLogger(__name__)
T = TypeVar("T")
BODY_LIMIT = 32 * 1024 * 1024
_WHOLE_NUMBER = re.compile(r"(\d+)\.0+")


class TrayClient:
    """Tray's API for one workspace. Every method may be called from any thread, at the same time.

    Every method raises `ApiError` where Tray answers no or unreadably, and `NetworkError`
    where Tray is not reached, not in time, or the client is closed.

    Args:
        hosts: Where Tray is.
        master_token: The organisation's secret.
        transport: Answers in the network's place; for tests.
        timeouts: Limits of every call.
        retry: How reads are tried again. Mutations never are.
        clock: Monotonic seconds, for limits and the age of user tokens.
        observer: Told of every try, on the thread that made it.
        body_limit: Most bytes a reply may have.

    Raises:
        UsageError: the master token cannot stand in a header.
    """

    def __init__(
        self,
        hosts: Hosts,
        master_token: Secret,
        *,
        transport: httpx.BaseTransport | None = None,
        timeouts: Timeouts = Timeouts(),  # noqa: B008 - frozen, so that sharing it is safe
        retry: RetryPolicy = RetryPolicy(),  # noqa: B008 - as above
        clock: Callable[[], float] = time.monotonic,
        observer: Observer | None = None,
        body_limit: int = BODY_LIMIT,
    ) -> None:
        self._hosts = hosts
        self._master_token = checked_token(master_token, "master token")
        exchanges = Exchanges(lambda: open_client(hosts, transport), timeouts, body_limit)
        self._caller = Caller(exchanges, timeouts, retry, clock, observer)
        self._user_tokens = UserTokens(self.authorize, clock)
        self._user_selections = Selections("users", "users_minimal")
        self._authentication_selections = Selections(
            "authentications", "authentications_plain", "authentications_minimal"
        )
        self._told_incomplete = False

    def close(self) -> None:
        """End all calls at once; they and all later ones raise `NetworkError`. May be called again."""
        self._caller.close()

    def generate_authorization_code(self, user_id: str) -> Secret:
        """Make the single-use code that opens the dialog for one end user; good for 5 minutes."""
        call = self._mutation("generateAuthorizationCode", "generate_authorization_code", user_id)
        reply = self._ask(call, frames.Data[frames.CodeData])
        return Secret(reply.data.generate_authorization_code.authorization_code)

    def authorize(self, user_id: str) -> Secret:
        """Make a user token, which acts as one end user; good for 2 days."""
        call = self._mutation("authorize", "authorize", user_id)
        token = Secret(self._ask(call, frames.Data[frames.AuthorizeData]).data.authorize.access_token)
        if not is_sendable(token):
            raise UnreadableReplyError(
                f"{call.host} answered authorize with a token that cannot be used.", operation="authorize"
            )
        return token

    def authentications(self, user_token: Secret) -> tuple[Authentication, ...]:
        """List the authentications of the end user a token acts as."""
        checked_token(user_token, "user token")

        def send(text: str) -> frames.Connection:
            call = graphql_call(
                "viewer.authentications", self._hosts.graphql_url, text, {}, acts_as_user=True
            )
            return self._ask(call, frames.Data[frames.ViewerData], user_token).data.viewer.authentications

        connection: frames.Connection = self._authentication_selections.ask(send)
        self._tell_incomplete(connection)
        return replies.read_all(connection.nodes, replies.read_authentication, "authentications")

    def authentications_of(self, user_id: str) -> tuple[Authentication, ...]:
        """List an end user's authentications, with a user token made or kept for it.

        A kept token that is refused, since it expired or was revoked, is replaced once.
        """
        token, is_new = self._user_tokens.get(user_id)
        try:
            return self.authentications(token)
        except (UnauthorizedError, ForbiddenError):
            if is_new:
                raise
        token, _ = self._user_tokens.get(user_id, instead_of=token)
        return self.authentications(token)

    def users(
        self, criteria: UserCriteria | None = None, *, first: int | None = 100, after: str | None = None
    ) -> UserPage:
        """List some end users.

        Args:
            criteria: What to search by; None for all.
            first: Most users of a page; None leaves it to Tray.
            after: `next_cursor` of the page before.
        """
        variables = user_variables(criteria, first, after)

        def send(text: str) -> frames.Connection:
            call = graphql_call("users", self._hosts.graphql_url, text, variables)
            return self._ask(call, frames.Data[frames.UsersData]).data.users

        return user_page(self._user_selections.ask(send), after)

    def all_users(self, criteria: UserCriteria | None = None, *, page_size: int = 100) -> Iterator[UserPage]:
        """Yield all end users page by page; it ends, whatever the server says."""
        return walk_pages(lambda after: self.users(criteria, first=page_size, after=after))

    def connectors(self) -> tuple[Connector, ...]:
        """List all connectors in all versions, with the service each is for."""
        url = f"{self._hosts.rest_url}/core/v1/connectors"
        return self._list(rest_call("connectors", url), replies.read_connector)

    def service_environments(self, service_name: str, service_version: str) -> tuple[ServiceEnvironment, ...]:
        """List a service's environments.

        Args:
            service_name: Name of the service, not of its connector.
            service_version: Version of the service, not of its connector: a whole number.

        Raises:
            UsageError: name or version cannot stand in an address.
        """
        whole = _WHOLE_NUMBER.fullmatch(service_version)
        version = whole.group(1) if whole else service_version
        path = f"services/{_segment(service_name)}/versions/{_segment(version)}/environments"
        call = rest_call("service environments", f"{self._hosts.rest_url}/core/v1/{path}")
        return self._list(call, replies.read_environment)

    def _mutation(self, operation: str, name: str, user_id: str) -> Call:
        return graphql_call(operation, self._hosts.graphql_url, document(name), {"userId": user_id})

    def _list(self, call: Call, read: Callable[[Any], T | None]) -> tuple[T, ...]:
        payload = self._caller.call(call, self._master_token)
        if not isinstance(payload, list):
            payload = _convert(call, payload, frames.Elements).elements
        return replies.read_all(payload, read, call.operation)

    def _ask(self, call: Call, shape: type[T], token: Secret | None = None) -> T:
        return _convert(call, self._caller.call(call, token or self._master_token), shape)

    def _tell_incomplete(self, connection: frames.Connection) -> None:
        """The documented query knows no paging: say once that the list may go on."""
        if connection.has_next_page and not self._told_incomplete:
            self._told_incomplete = True
            _log.warning("the server says that the list of authentications goes on; it may be incomplete")


def _convert(call: Call, payload: Any, shape: type[T]) -> T:
    try:
        return msgspec.convert(payload, shape)
    except msgspec.ValidationError as error:
        # Its text names the place and the types, never a value.
        raise UnreadableReplyError(
            f"{call.host} answered {call.operation} with JSON of another shape: {error}.",
            operation=call.operation,
        ) from error


def _segment(text: str) -> str:
    if text.strip(". ") == "":
        raise UsageError(f"A service's name and version cannot be {text!r}.")
    return quote(text, safe="")
