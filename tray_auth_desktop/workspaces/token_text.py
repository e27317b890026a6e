"""A master token as a person pastes it, made into what is sent."""

from __future__ import annotations

from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.secrets import Secret

_LONGEST = 8_192
_PREFIX = "bearer "


def token_complaint(text: str) -> str:
    """Return why this cannot be a token; empty if it can. Does not repeat it."""
    token = _bare(text)
    if not token:
        return "must not be empty"
    if not token.isascii() or not token.isprintable() or " " in token:
        return "holds a space or a sign that no token has: paste it again, alone"
    return "is far too long to be one" if len(token) > _LONGEST else ""


def cleaned_token(given: Secret) -> Secret:
    """Return a token without what was pasted around it: spaces, line ends, quotes, the word "Bearer".

    Raises:
        UsageError: it cannot be a token; says why.
    """
    if why := token_complaint(given.reveal()):
        raise UsageError(
            f"The master token {why}.", advice="It is made in the Tray app, under Settings → Tokens."
        )
    return Secret(_bare(given.reveal()))


def _bare(text: str) -> str:
    token = text.strip()
    if token[: len(_PREFIX)].lower() == _PREFIX:
        token = token[len(_PREFIX) :].strip()
    is_quoted = len(token) > 1 and token[0] == token[-1] and token[0] in "\"'"
    return token[1:-1].strip() if is_quoted else token
