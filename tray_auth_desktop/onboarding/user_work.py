"""Make and delete end users, and say honestly what is known when that does not go well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tray_auth_desktop.core.models import Authentication, EndUser, UserCriteria
from tray_auth_desktop.errors import (
    ForbiddenError,
    GraphQLError,
    HttpStatusError,
    RateLimitedError,
    TrayAuthError,
    UnauthorizedError,
    UsageError,
)
from tray_auth_desktop.onboarding.explain import explain
from tray_auth_desktop.onboarding.latest_task import LatestTask
from tray_auth_desktop.onboarding.tasks import Tasks

if TYPE_CHECKING:
    from tray_auth_desktop.onboarding.list_client import ListClient

_REFUSALS = (UnauthorizedError, ForbiddenError, RateLimitedError, UsageError)
#: From here on a status says that the server broke down, not that it refuses.
_BROKEN_FROM = 500


@dataclass(frozen=True, slots=True)
class WorkFailed:
    """Why something was not done; or why nobody knows whether it was.

    Attributes:
        explanation: What happened, and what to do.
        is_doubtful: It may have been done although no answer said so.
    """

    explanation: str
    is_doubtful: bool = False


class UserWork(QObject):
    """Changes to end users, one at a time. Nothing is ever sent twice by itself."""

    def __init__(self, client: Callable[[], ListClient], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._task = LatestTask(tasks)
        self._counting = LatestTask(tasks)

    def create(
        self,
        name: str,
        external_user_id: str,
        is_test_user: bool | None,
        on_success: Callable[[EndUser], None],
        on_failure: Callable[[WorkFailed], None],
    ) -> None:
        """Make an end user."""
        client = self._client
        self._task.run(
            lambda: client().create_user(name, external_user_id, is_test_user=is_test_user),
            lambda user_id: on_success(EndUser(user_id, name, external_user_id, is_test_user)),
            lambda error: on_failure(_failed(error)),
        )

    def look_for(
        self,
        external_user_id: str,
        on_success: Callable[[tuple[EndUser, ...]], None],
        on_failure: Callable[[WorkFailed], None],
    ) -> None:
        """Look whether there are end users of this external user id."""
        client, criteria = self._client, UserCriteria(external_user_id=external_user_id)
        self._task.run(
            lambda: client().users(criteria, first=100, after=None).users,
            lambda users: on_success(
                tuple(user for user in users if user.external_user_id == external_user_id)
            ),
            lambda error: on_failure(_failed(error)),
        )

    def authentications_of(
        self,
        user_id: str,
        on_success: Callable[[tuple[Authentication, ...]], None],
        on_failure: Callable[[WorkFailed], None],
    ) -> None:
        """Find out what goes with an end user."""
        client = self._client
        self._counting.run(
            lambda: client().authentications_of(user_id), on_success, lambda error: on_failure(_failed(error))
        )

    def delete(
        self, user_id: str, on_success: Callable[[], None], on_failure: Callable[[WorkFailed], None]
    ) -> None:
        """Delete an end user."""
        client = self._client
        self._counting.cancel()
        self._task.run(
            lambda: client().delete_user(user_id),
            lambda _nothing: on_success(),
            lambda error: on_failure(_failed(error)),
        )

    def leave(self) -> None:
        """Nobody waits any more; what was sent is not taken back."""
        self._task.cancel()
        self._counting.cancel()


def may_have_been_done(error: Exception) -> bool:
    """Whether a change can have come about although its call failed."""
    if isinstance(error, _REFUSALS):
        return False
    if isinstance(error, GraphQLError):
        return error.name == "InternalError"
    if isinstance(error, HttpStatusError):
        return error.status >= _BROKEN_FROM
    return isinstance(error, TrayAuthError)


def _failed(error: Exception) -> WorkFailed:
    return WorkFailed(explain(error), may_have_been_done(error))
