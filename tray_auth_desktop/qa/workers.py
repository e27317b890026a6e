"""Test runs that pytest-xdist shares out: each worker has an end user of the workspace for itself.

What a lost message has made is found by comparing an end user's list before and after. Where two
workers made authentications for one end user, that of the one could be taken for that of the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tray_auth_desktop.core.models import EndUser, UserCriteria
from tray_auth_desktop.errors import UsageError

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient

_NAME = re.compile(r"gw(\d+)")


@dataclass(frozen=True, slots=True)
class Worker:
    """One of the processes of a test run.

    Attributes:
        name: What pytest-xdist calls it, as in `gw0`.
        count: How many there are at a time.
    """

    name: str
    count: int

    @property
    def number(self) -> int:
        """Which one it is, from 0. One that replaces a crashed one has a number beyond the count.

        Raises:
            UsageError: its name has none.
        """
        named = _NAME.fullmatch(self.name)
        if named is None:
            raise UsageError(
                f"The worker {self.name!r} has no number, by which it could get an end user of its own.",
                advice="Let pytest-xdist name its workers.",
            )
        return int(named[1])


def own_test_user(worker: Worker, client: TrayClient) -> EndUser:
    """Return the test user that is a worker's own: that of its number, ordered by user id.

    Raises:
        UsageError: there are too few test users; says how many workers there can be.
        TrayAuthError: Tray could not be asked.
    """
    pages = client.all_users(UserCriteria(is_test_user=True))
    found = {user.user_id: user for page in pages for user in page.users if user.is_test_user}
    needed = max(worker.count, worker.number + 1)
    if len(found) < needed:
        why = f"{worker.count} workers need a test user each"
        if needed > worker.count:
            why = f"{worker.name} replaces a worker that has ended, and needs a test user of its own"
        raise UsageError(
            f"{why}; the workspace has {len(found)}.",
            advice=f"Run with -n {len(found)} at most, or without -n; or make more of them with "
            "`tray-auth-desktop users create --test-user`.",
        )
    return found[sorted(found)[worker.number]]
