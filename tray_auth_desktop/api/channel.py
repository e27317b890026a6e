"""Send the calls of one workspace, each with the right token, and read the frame of its reply."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

import msgspec

from tray_auth_desktop.api import frames
from tray_auth_desktop.api.call import Call, graphql_call, rest_call
from tray_auth_desktop.api.caller import Caller
from tray_auth_desktop.api.documents import document
from tray_auth_desktop.api.entries import Entries
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.errors import UnreadableReplyError, UsageError
from tray_auth_desktop.secrets import Secret

T = TypeVar("T")


class Channel:
    """The way from the operations to the network. Without a user token, it is the master token that is sent.

    Args:
        hosts: Where Tray is.
        master_token: The organisation's secret.
        caller: Makes the calls.
    """

    def __init__(self, hosts: Hosts, master_token: Secret, caller: Caller) -> None:
        self.hosts = hosts
        self.master_token = master_token
        self._caller = caller

    @property
    def graphql_host(self) -> str:
        """Host of the GraphQL endpoint, for messages."""
        return urlsplit(self.hosts.graphql_url).netloc

    @property
    def rest_host(self) -> str:
        """Host of the REST API, for messages."""
        return urlsplit(self.hosts.rest_url).netloc

    def mutate(
        self,
        operation: str,
        name: str,
        shape: type[frames.Data[T]],
        variables: Mapping[str, object],
        *,
        user_token: Secret | None = None,
        doubt: str = "",
    ) -> T:
        """Return the data that answers a mutation.

        Args:
            operation: Its name on the wire.
            name: Its document.
            shape: What its data looks like.
            variables: What it is given.
            user_token: Who does it, if it is an end user.
            doubt: What to do where nobody can tell whether it was done.
        """
        is_user = user_token is not None
        call = graphql_call(
            operation, self.hosts.graphql_url, document(name), variables, acts_as_user=is_user, doubt=doubt
        )
        return self._data(call, shape, user_token)

    def query(
        self,
        operation: str,
        text: str,
        shape: type[frames.Data[T]],
        variables: Mapping[str, object],
        *,
        user_token: Secret | None = None,
        entries: Entries[Any] | None = None,
    ) -> T:
        """Return the data that answers a query.

        Args:
            operation: Its name on the wire.
            text: Its document's text.
            shape: What its data looks like.
            variables: What it is given.
            user_token: Who asks, if it is an end user.
            entries: Takes the list in it, if it is large.
        """
        is_user = user_token is not None
        call = graphql_call(operation, self.hosts.graphql_url, text, variables, acts_as_user=is_user)
        return self._data(call, shape, user_token, entries)

    def rest(self, operation: str, path: str, user_token: Secret) -> Any:
        """Return the JSON at a REST address, which an end user reads."""
        call = rest_call(operation, f"{self.hosts.rest_url}/core/v1/{path}", acts_as_user=True)
        return self.send(call, user_token)

    def rest_list(self, operation: str, path: str, read: Callable[[Any], T | None]) -> tuple[T, ...]:
        """Return what a REST list holds, in an object or bare."""
        call = rest_call(operation, f"{self.hosts.rest_url}/core/v1/{path}")
        entries = Entries([(), ("elements",)], read, operation)
        payload = self.send(call, None, entries)
        elements = payload if isinstance(payload, list) else convert(call, payload, frames.Elements).elements
        return entries.finish(elements)

    def send(self, call: Call, user_token: Secret | None, entries: Entries[Any] | None = None) -> Any:
        """Return the JSON that answers a call."""
        token = self.master_token if user_token is None else user_token
        return self._caller.call(call, token, entries)

    def _data(
        self,
        call: Call,
        shape: type[frames.Data[T]],
        token: Secret | None,
        entries: Entries[Any] | None = None,
    ) -> T:
        return convert(call, self.send(call, token, entries), shape).data


def convert(call: Call, payload: Any, shape: type[T]) -> T:
    """Return JSON as what it should be.

    Raises:
        UnreadableReplyError: it is something else.
    """
    try:
        return msgspec.convert(payload, shape)
    except msgspec.ValidationError as error:
        # Its text names the place and the types, never a value.
        raise UnreadableReplyError(
            f"{call.host} answered {call.operation} with JSON of another shape: {error}.",
            operation=call.operation,
            advice=f"{call.doubt} {UnreadableReplyError.default_advice}".strip(),
        ) from error


def segment(text: str, what: str) -> str:
    """Return text as one step of a path.

    Raises:
        UsageError: it cannot be one.
    """
    if text.strip(". ") == "":
        raise UsageError(f"{what} cannot be {text!r}.")
    try:
        return quote(text, safe="")
    except UnicodeEncodeError as error:
        raise UsageError(f"{what} holds half of a character, which cannot be sent.") from error
