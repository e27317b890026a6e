"""The GraphQL documents, and the choice among several selections for one list."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from tray_auth_desktop import assets
from tray_auth_desktop.errors import GraphQLError, HttpStatusError

_log = logging.getLogger(__name__)
_INVALID = re.compile(r"(?i)\bfields?\b|cannot query|validation|syntax|selection")
_REJECTING_STATUSES = frozenset({400, 422})
#: Depth of `viewer.authentications` and more than that of `users`: what breaks below it, breaks in the list.
_LIST_DEPTH = 2


@cache
def document(name: str) -> str:
    """Return the text of `resources/graphql/<name>.graphql`."""
    return assets.read_text(f"graphql/{name}.graphql")


class Selections:
    """Documents that ask for the same list, the fullest first.

    Which fields a server knows is not sure (tray-protocol notes §3.2). Where it rejects a
    selection, the next one is asked for, and remembered.
    """

    def __init__(self, *names: str) -> None:
        self._names = names
        self._current = 0

    def ask(self, send: Callable[[str], Any]) -> Any:
        """Return the reply to the fullest document the server accepts.

        Args:
            send: Sends one document and returns the reply's JSON.
        """
        start, is_rejected = self._current, True
        for index in range(start, len(self._names) - 1):
            try:
                return self._keep(index if is_rejected else start, send(document(self._names[index])))
            except (GraphQLError, HttpStatusError) as error:
                if not (rejects_document(error) or _breaks_in_list(error)):
                    raise
                is_rejected = is_rejected and rejects_document(error)
                _log.info("%s was refused; asking for less: %s", self._names[index], error)
        last = len(self._names) - 1
        return self._keep(last if is_rejected else start, send(document(self._names[last])))

    def _keep(self, index: int, reply: Any) -> Any:
        self._current = max(self._current, index)
        return reply


def rejects_document(error: GraphQLError | HttpStatusError) -> bool:
    """Whether the server did not understand the document itself, as it does not know a field."""
    if isinstance(error, HttpStatusError):
        return error.status in _REJECTING_STATUSES
    if error.name == "GraphQLError" or "validation" in (error.code or "").casefold():
        return True
    return error.code is None and _INVALID.search("; ".join(error.messages)) is not None


def _breaks_in_list(error: GraphQLError | HttpStatusError) -> bool:
    """Whether one field of one entry broke: without it the list may well be had."""
    return isinstance(error, GraphQLError) and len(error.path) > _LIST_DEPTH
