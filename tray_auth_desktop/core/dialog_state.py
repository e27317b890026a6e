"""What a dialog window says of itself, beside the messages of its page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class WindowGone(StrEnum):
    """Who closed the dialog's window."""

    BY_PAGE = "closed by its page"
    BY_PERSON = "closed by the person"


@dataclass(frozen=True, slots=True)
class LoadFailure:
    """Why the dialog's page did not come.

    Attributes:
        reason: In words, with the host; never with the code.
        is_network: Whether the host was not reached, as against answered with an error.
        status: HTTP status, where there was one.
        advice: What to do, where it is another thing than usual.
    """

    reason: str
    is_network: bool
    status: int | None = None
    advice: str = ""
