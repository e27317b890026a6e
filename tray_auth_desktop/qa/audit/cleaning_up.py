"""Takes away what a dialog has made, also where it did not announce it: the end user's lists tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tray_auth_desktop.core.attempt import Outcome, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.listing import find_authentication, new_since
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.qa.audit.model import Finding

if TYPE_CHECKING:
    from tray_auth_desktop.qa.audit.pace import AttemptCalls, PacedClient

Listed = tuple[Authentication, ...]


@dataclass(slots=True)
class CleanUp:
    """Finds and deletes what one attempt has made.

    Args:
        request: What the dialog was for.
        client: Whom to ask.
        keeps: Whether everything stays.
        only_announced: Whether to delete no more than what the dialog announced: who is no test user may
            have made the rest himself.

    Attributes:
        left: The ids of what is still there.
        findings: What is to be said.
    """

    request: DialogRequest
    client: PacedClient
    keeps: bool = False
    only_announced: bool = False
    left: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def run(self, before: Listed | None, outcome: Outcome | None, calls: AttemptCalls) -> None:
        """Compare the lists, and take away what is new.

        Args:
            before: The user's list from before the dialog; None if there is none.
            outcome: How the attempt ended.
            calls: The calls that it has made: the last list may be among them.
        """
        announced = _announced(outcome)
        after = self._after(outcome, calls)
        if before is None and outcome is not None and outcome.auth_id:
            self._leave(outcome.auth_id, "there is no list from before: it may have been there already")
            return
        if before is None or after is None:
            text = "the user's lists could not be compared: what was made without a word would not be noticed"
            self.findings.append(Finding("clean-up", "not-compared", text, "note"))
        known = {one.auth_id.lower() for one in before or ()}
        new = new_since(known, after or (), self.request) if before is not None else ()
        if self.keeps:
            self.left += [one.auth_id for one in new]
            return
        if announced:
            self._delete(announced)
        for one in new:
            if one.auth_id.lower() != announced.lower():
                self._take_away(one)

    def _after(self, outcome: Outcome | None, calls: AttemptCalls) -> Listed | None:
        """Return the list as it is now: the attempt's last one, if it shows what was captured."""
        last = calls.last_list
        if last is not None and outcome is not None and find_authentication(last, outcome.auth_id or ""):
            return last
        try:
            return self.client.authentications_of(self.request.user_id)
        except TrayAuthError:
            return None

    def _take_away(self, one: Authentication) -> None:
        if not _says_what_it_is(one):
            self._leave(one.auth_id, "the list does not say its service: it may be another dialog's")
        elif self.only_announced:
            self._leave(one.auth_id, "it was not announced, and its end user is no test user")
        else:
            self._delete(one.auth_id)

    def _delete(self, auth_id: str) -> None:
        try:
            self.client.delete_authentication(self.request.user_id, auth_id)
        except TrayAuthError as error:
            if self._is_there(auth_id):
                self._leave(auth_id, f"it could not be deleted: {error.explanation}")

    def _is_there(self, auth_id: str) -> bool:
        """Whether the list has it; if there is no list, it may be there."""
        try:
            listed = self.client.authentications_of(self.request.user_id)
        except TrayAuthError:
            return True
        return find_authentication(listed, auth_id) is not None

    def _leave(self, auth_id: str, why: str) -> None:
        self.left.append(auth_id)
        if not self.keeps:
            self.findings.append(Finding("clean-up", "left", f"{auth_id} was left: {why}"))


def _announced(outcome: Outcome | None) -> str:
    """Return the id that the dialog announced, if that was not in the list before; else nothing."""
    if outcome is None or outcome.via is Via.LISTING or outcome.was_known is not False:
        return ""
    return outcome.auth_id or ""


def _says_what_it_is(one: Authentication) -> bool:
    """Whether a list says which service and environment one is of; both are optional in every reply."""
    service, environment = one.service, one.service_environment
    return bool(service and service.service_id and environment and environment.service_environment_id)
