"""What a reply hangs on: the way to its list, a code, a token. This must be there.

The frames are strict, so that an error names the place (`$.data.viewer…`); what is in
them is read by `replies`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Generic, TypeVar

import msgspec

from tray_auth_desktop.api.reading import fields, optional_text

T = TypeVar("T")
_Text = Annotated[str, msgspec.Meta(pattern=r"\S")]


class Connection(msgspec.Struct, rename="camel"):
    """A GraphQL list: edges with a node each, and perhaps where it goes on."""

    edges: list[Any] | None = None
    page_info: Any = None

    @property
    def nodes(self) -> Iterator[Any]:
        """The nodes that are there."""
        found = (fields(edge).get("node") if isinstance(edge, dict) else edge for edge in self.edges or ())
        return (node for node in found if node is not None)

    @property
    def has_next_page(self) -> bool:
        """Whether the server says that there is more."""
        return fields(self.page_info).get("hasNextPage") is True

    @property
    def end_cursor(self) -> str | None:
        """Where the list goes on; the last edge's cursor where `endCursor` is missing."""
        last = fields(self.edges[-1]) if self.edges else {}
        return optional_text(fields(self.page_info).get("endCursor")) or optional_text(last.get("cursor"))


class Data(msgspec.Struct, Generic[T]):
    """The frame of every GraphQL reply."""

    data: T


class UsersData(msgspec.Struct):
    """Reply to `users`."""

    users: Connection


class Viewer(msgspec.Struct):
    """What belongs to the token's owner."""

    authentications: Connection


class ViewerData(msgspec.Struct):
    """Reply to `viewer.authentications`."""

    viewer: Viewer


class AccessToken(msgspec.Struct, rename="camel"):
    """Payload of `authorize`."""

    access_token: _Text


class AuthorizeData(msgspec.Struct):
    """Reply to `authorize`."""

    authorize: AccessToken


class Code(msgspec.Struct, rename="camel"):
    """Payload of `generateAuthorizationCode`."""

    authorization_code: _Text


class CodeData(msgspec.Struct, rename="camel"):
    """Reply to `generateAuthorizationCode`."""

    generate_authorization_code: Code


class Elements(msgspec.Struct):
    """The frame of a REST list."""

    elements: list[Any]
