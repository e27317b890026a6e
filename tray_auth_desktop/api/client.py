"""TrayClient: one method per operation of Tray's API (docs/api-client.md)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import httpx

from tray_auth_desktop.api import frames
from tray_auth_desktop.api.authentications import AuthenticationCalls
from tray_auth_desktop.api.call import Timeouts
from tray_auth_desktop.api.caller import Caller, Observer, checked_token, is_sendable
from tray_auth_desktop.api.catalogue import CatalogueCalls
from tray_auth_desktop.api.channel import Channel
from tray_auth_desktop.api.code import usable_code
from tray_auth_desktop.api.connection import open_client
from tray_auth_desktop.api.credentials import read_credentials
from tray_auth_desktop.api.end_users import EndUserCalls
from tray_auth_desktop.api.entries import OnPart
from tray_auth_desktop.api.exchange import Exchanges
from tray_auth_desktop.api.outside import ICON_LIMIT, Outside
from tray_auth_desktop.api.retry import RetryPolicy
from tray_auth_desktop.api.route import Route
from tray_auth_desktop.api.token_kind import token_kind
from tray_auth_desktop.api.user_tokens import UserTokens
from tray_auth_desktop.core.connection_check import TokenKind
from tray_auth_desktop.core.models import (
    Authentication,
    AuthenticationDetails,
    Connector,
    Operation,
    ServiceEnvironment,
    UserCriteria,
    UserPage,
)
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.errors import UnreadableReplyError, UsageError
from tray_auth_desktop.secrets import Secret

BODY_LIMIT = 128 * 1024 * 1024


class TrayClient:
    """Tray's API for one workspace. Every method may be called from any thread, at the same time.

    Every method raises `ApiError` where Tray answers no or unreadably, `NetworkError` where Tray is
    not reached, not in time, or the client is closed, and `UsageError` where what it is given is
    empty or cannot be sent.

    Args:
        hosts: Where Tray is.
        master_token: The organisation's secret.
        transport: Answers in the network's place; for tests.
        timeouts: Limits of every call.
        retry: How reads are tried again. Mutations never are.
        clock: Monotonic seconds, for limits and the age of user tokens.
        observer: Told of every try, on the thread that made it.
        body_limit: Most bytes a reply may have.
        proxy: Address of a proxy (http, https, socks5, socks5h), with a user name or not; it is used for
            all hosts, and the environment's is not. None: the environment's.
        proxy_password: Goes with the proxy's user name.
        ca_file: File of certificates (PEM) that are trusted beside the system's.

    Raises:
        UsageError: the master token cannot stand in a header; the proxy or the file cannot be used.
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
        proxy: str | None = None,
        proxy_password: Secret | None = None,
        ca_file: str | None = None,
    ) -> None:
        route = Route.of(proxy, proxy_password, ca_file)
        api_urls = (hosts.graphql_url, hosts.rest_url)
        exchanges = Exchanges(
            lambda: open_client(api_urls, route, transport), timeouts, body_limit, route.via
        )
        outside = Exchanges(lambda: open_client((), route, transport), timeouts, ICON_LIMIT, route.via)
        self._caller = Caller(exchanges, timeouts, retry, clock, observer)
        self._outside = Outside(outside, timeouts)
        self._channel = Channel(hosts, checked_token(master_token, "master token"), self._caller)
        self._user_tokens = UserTokens(self.authorize, clock)
        self._end_users = EndUserCalls(self._channel)
        self._authentications = AuthenticationCalls(self._channel)
        self._catalogue = CatalogueCalls(self._channel)

    def close(self) -> None:
        """End all calls at once; they and all later ones raise `NetworkError`. May be called again."""
        self._caller.close()
        self._outside.close()

    def generate_authorization_code(self, user_id: str) -> Secret:
        """Make the single-use code that opens the dialog for one end user; good for 5 minutes."""
        shape = frames.Data[frames.CodeData]
        variables = {"userId": user_id}
        reply = self._channel.mutate(
            "generateAuthorizationCode", "generate_authorization_code", shape, variables
        )
        return Secret(usable_code(reply.generate_authorization_code, self._channel.graphql_host))

    def authorize(self, user_id: str) -> Secret:
        """Make a user token, which acts as one end user; good for 2 days."""
        shape = frames.Data[frames.AuthorizeData]
        reply = self._channel.mutate("authorize", "authorize", shape, {"userId": user_id})
        token = Secret(reply.authorize.access_token)
        host = self._channel.graphql_host
        if not is_sendable(token):
            raise UnreadableReplyError(
                f"{host} answered authorize with a token that cannot be used.", operation="authorize"
            )
        if token == self._channel.master_token:
            raise UnreadableReplyError(
                f"{host} answered authorize with the master token itself: lists would be the "
                "organisation's own, not the end user's.",
                operation="authorize",
            )
        return token

    def authentications(
        self, user_token: Secret, *, on_part: OnPart[Authentication] | None = None
    ) -> tuple[Authentication, ...]:
        """List the authentications of the end user a token acts as.

        Args:
            user_token: What `authorize` made; the master token would list what is the organisation's own.
            on_part: Told of each thousand as soon as it is decoded, on the thread that called. What is
                returned holds all of them; where an error is raised, what was told counts for nothing.
        """
        return self._authentications.listed(checked_token(user_token, "user token"), on_part)

    def authentications_of(
        self, user_id: str, *, on_part: OnPart[Authentication] | None = None
    ) -> tuple[Authentication, ...]:
        """List an end user's authentications, with a user token made or kept for it.

        A kept token that is refused, since it expired or was revoked, is replaced once.

        Args:
            user_id: Tray's id of the end user.
            on_part: As for `authentications`.
        """
        return self._user_tokens.act(user_id, lambda token: self.authentications(token, on_part=on_part))

    def authentication_details(self, user_id: str, auth_id: str) -> AuthenticationDetails:
        """Return what Tray tells of one authentication of an end user."""
        return self._user_tokens.act(user_id, lambda token: self._authentications.details(token, auth_id))

    def delete_authentication(self, user_id: str, auth_id: str) -> None:
        """Delete an authentication of an end user; there is no way back."""
        self._user_tokens.act(user_id, lambda token: self._authentications.delete(token, auth_id))

    def rename_authentication(self, user_id: str, auth_id: str, name: str, credentials: Secret) -> None:
        """Give an authentication another name.

        Tray takes a name only together with the credentials, and does not hand those out.

        Args:
            user_id: Tray's id of the end user.
            auth_id: Which authentication.
            name: The new name.
            credentials: A JSON object as text, as the service asks for them.
        """
        if not name.strip():
            raise UsageError("The new name is empty.", advice="Give a name that tells it from the others.")
        checked = read_credentials(credentials)
        self._user_tokens.act(
            user_id, lambda token: self._authentications.rename(token, auth_id, name, checked)
        )

    def users(
        self, criteria: UserCriteria | None = None, *, first: int | None = 100, after: str | None = None
    ) -> UserPage:
        """List some end users.

        Args:
            criteria: What to search by; None for all.
            first: Most users of a page; None leaves it to Tray.
            after: `next_cursor` of the page before.
        """
        return self._end_users.page(criteria, first, after)

    def all_users(self, criteria: UserCriteria | None = None, *, page_size: int = 100) -> Iterator[UserPage]:
        """Yield all end users page by page; it ends, with an error where the server's list does not."""
        return self._end_users.pages(criteria, page_size)

    def create_user(self, name: str, external_user_id: str, *, is_test_user: bool | None = None) -> str:
        """Make an end user and return Tray's id of it.

        Args:
            name: What people call it.
            external_user_id: The host application's id of it.
            is_test_user: Whether it is one for tests; None leaves it to Tray.
        """
        return self._end_users.create(name, external_user_id, is_test_user)

    def set_test_user(self, user_id: str, is_test_user: bool) -> None:
        """Make an end user a test user, or a billable one."""
        self._end_users.set_test_user(user_id, is_test_user)

    def delete_user(self, user_id: str) -> None:
        """Delete an end user, and the solution instances that belong to it."""
        self._end_users.delete(user_id)
        self._user_tokens.forget(user_id)

    def connectors(self) -> tuple[Connector, ...]:
        """List all connectors in all versions, with the service each is for."""
        return self._catalogue.connectors()

    def operations(self, connector_name: str, connector_version: str) -> tuple[Operation, ...]:
        """List what a connector can do, with the scopes that takes.

        Args:
            connector_name: Name of the connector, not of its service.
            connector_version: Its version, such as "9.0", as it stands in the list of connectors.
        """
        return self._catalogue.operations(connector_name, connector_version)

    def service_environments(self, service_name: str, service_version: str) -> tuple[ServiceEnvironment, ...]:
        """List a service's environments.

        Args:
            service_name: Name of the service, not of its connector.
            service_version: Version of the service, not of its connector: a whole number.
        """
        return self._catalogue.environments(service_name, service_version)

    def icon(self, url: str) -> bytes:
        """Return a service's icon: an image of up to 256 KiB, by https. No token goes with the request."""
        return self._outside.icon(url)

    def page_status(self, url: str) -> int:
        """Return the HTTP status of a page, which is asked for without a token and without redirects."""
        return self._outside.status_of(url)

    def token_kind(self) -> TokenKind:
        """Return what the master token really is. UNKNOWN where Tray answers neither yes nor no."""
        return token_kind(self._channel)
