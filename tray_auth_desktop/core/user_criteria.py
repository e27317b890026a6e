"""Whether an end user can be who was searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import EndUser, UserCriteria


def can_be_meant(user: EndUser, criteria: UserCriteria) -> bool:
    """Whether a server that knows the criteria can have named a user: one that does not names them all.

    How Tray compares is not documented, so whatever shares a part with what was asked for counts.
    """
    user_id = user.user_id.casefold()
    external_id = (user.external_user_id or "").casefold()
    return (
        (criteria.user_id is None or criteria.user_id.casefold() == user_id)
        and (criteria.external_user_id is None or criteria.external_user_id.casefold() in external_id)
        and (criteria.name is None or _shares_a_word(user.name, criteria.name))
    )


def _shares_a_word(name: str, wanted: str) -> bool:
    plain_name = _plain(name)
    return any(_plain(word) in plain_name for word in wanted.split())


def _plain(text: str) -> str:
    """Return a text without case and accents, which a server may overlook."""
    from unicodedata import combining, normalize

    return "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))
