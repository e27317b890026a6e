"""What a reply hangs on: the way to its list, a code, a token. This must be there.

The frames are strict, so that an error names the place (`$.data.viewer…`); what is in
them is read by `replies`.
"""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

import msgspec

from tray_auth_desktop.api.reading import fields, optional_text

T = TypeVar("T")
_Text = Annotated[str, msgspec.Meta(pattern=r"\S")]


class Connection(msgspec.Struct, rename="camel"):
    """A GraphQL list: edges with a node each, and perhaps where it goes on.

    Of a large reply the edges were taken when it was decoded (`entries`); none are left here.
    """

    edges: list[Any] | None = None
    page_info: Any = None

    @property
    def has_next_page(self) -> bool:
        """Whether the server says that there is more."""
        return fields(self.page_info).get("hasNextPage") is True

    def end_cursor(self, last_edge: Any) -> str | None:
        """Return where the list goes on; the last edge's cursor where `endCursor` is missing."""
        last_cursor = fields(last_edge).get("cursor")
        return optional_text(fields(self.page_info).get("endCursor")) or optional_text(last_cursor)


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


class CreateUserData(msgspec.Struct, rename="camel"):
    """Reply to `createExternalUser`."""

    create_external_user: dict[str, Any]


class UpdateUserData(msgspec.Struct, rename="camel"):
    """Reply to `updateExternalUser`. Its user is not always there, and nothing hangs on it."""

    update_external_user: Any


class RemoveUserData(msgspec.Struct, rename="camel"):
    """Reply to `removeExternalUser`, which says nothing more."""

    remove_external_user: Any


class RemoveAuthenticationData(msgspec.Struct, rename="camel"):
    """Reply to `removeAuthentication`, which says nothing more."""

    remove_authentication: Any


class Elements(msgspec.Struct):
    """The frame of a REST list."""

    elements: list[Any]
