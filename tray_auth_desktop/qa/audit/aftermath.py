"""Takes away what a dialog has made whose process broke down: nobody else can."""

from __future__ import annotations

from collections.abc import Iterable

from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.qa.audit.cleaning_up import CleanUp, Listed
from tray_auth_desktop.qa.audit.model import Case, Result
from tray_auth_desktop.qa.audit.pace import AttemptCalls, PacedClient


class Aftermath:
    """Knows the lists from before the audit, and compares them when no dialog is open.

    Args:
        client: Whom to ask.
        cases: What will be audited.
        keeps: Whether everything stays.
    """

    def __init__(self, client: PacedClient, cases: Iterable[Case], *, keeps: bool) -> None:
        self._client = client
        self._keeps = keeps
        self._left: set[str] = set()
        users = dict.fromkeys(case.user_id for case in cases if case.steps)
        self._before = {user_id: self._listed(user_id) for user_id in users}

    def took(self, result: Result) -> None:
        """Remember what a case has left: that is told already."""
        self._left.update(result.left)

    def settle(self, case: Case) -> CleanUp:
        """Take away what the dialog of a case has made. Returns what is left, and what is to be said."""
        clean_up = CleanUp(
            case.request, self._client, keeps=self._keeps, only_announced=not case.is_test_user
        )
        if case.steps:
            before = self._before.get(case.user_id)
            told = tuple(Authentication(auth_id) for auth_id in self._left)
            clean_up.run(None if before is None else (*before, *told), None, AttemptCalls(self._client))
            self._left.update(clean_up.left)
        return clean_up

    def _listed(self, user_id: str) -> Listed | None:
        try:
            return self._client.authentications_of(user_id)
        except TrayAuthError:
            return None
