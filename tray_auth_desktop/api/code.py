"""A single-use code as Tray answers with it: whether it can stand in the dialog's address."""

from __future__ import annotations

from tray_auth_desktop.api.frames import Code
from tray_auth_desktop.errors import UnreadableReplyError

_OPERATION = "generateAuthorizationCode"
#: Tray's are 40 characters long; a server takes no address that is much longer than this.
_LONGEST = 4_096


def usable_code(reply: Code, host: str) -> str:
    """Return the code of a reply.

    Raises:
        UnreadableReplyError: it is too long for an address, or holds half of a character.
    """
    code = reply.authorization_code
    if len(code) > _LONGEST:
        what = f"a code of {len(code):,} characters"
    elif any("\ud800" <= character <= "\udfff" for character in code):
        what = "a code that holds half of a character"
    else:
        return code
    raise UnreadableReplyError(
        f"{host} answered {_OPERATION} with {what}: it cannot be used.", operation=_OPERATION
    )
