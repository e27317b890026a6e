"""Look into a user's list until it shows what one waits for, or the waits are used up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.errors import TrayAuthError, UsageError
from tray_auth_desktop.onboarding.ports import AttemptClient


@dataclass(frozen=True, slots=True)
class Search:
    """What came of looking.

    Attributes:
        listed: The last list that could be fetched; None if none could.
        trouble: Why the last look failed; empty if it did not.
    """

    listed: tuple[Authentication, ...] | None
    trouble: str = ""


def search_list(
    client: AttemptClient,
    user_id: str,
    is_enough: Callable[[tuple[Authentication, ...]], bool],
    delays_s: Iterable[float],
    cancelled: threading.Event,
) -> Search:
    """Fetch the list after each delay until `is_enough` says so. Runs on a worker thread."""
    listed, trouble = None, ""
    for delay_s in delays_s:
        if cancelled.wait(delay_s):
            break
        try:
            listed, trouble = client.authentications_of(user_id), ""
        except TrayAuthError as error:
            trouble = error.explanation
            if isinstance(error, UsageError):
                break  # it will not come however often one asks
            continue
        if is_enough(listed):
            break
    return Search(listed, trouble)
