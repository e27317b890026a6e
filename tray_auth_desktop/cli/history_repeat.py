"""`history repeat`: open the dialog again for what an attempt of the past was for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.errors import UsageError

if TYPE_CHECKING:
    from tray_auth_desktop.app import Account
    from tray_auth_desktop.configuration import Configuration
    from tray_auth_desktop.journal import AttemptRecord


class RepeatChoice(NamedTuple):
    """An attempt of the past as a choice of what the dialog is for."""

    draft: DialogRequest
    subject: Subject
    workspace: str

    @property
    def user_id(self) -> str:
        """Tray's id of the end user."""
        return self.draft.user_id

    def request(self, account: Account) -> tuple[DialogRequest, Subject | None]:
        """Return the request as it was.

        Raises:
            UsageError: this is not the workspace it was made in: the ids mean nothing here.
        """
        if account.face.name.casefold() != self.workspace.casefold():
            raise UsageError(
                f"The attempt was made in the workspace {self.workspace}; this is {account.face.name}.",
                advice=f"Set that one up, or name it with --workspace {self.workspace!r}.",
            )
        return self.draft, self.subject


def choice_of(record: AttemptRecord) -> RepeatChoice:
    """Return an attempt of the journal as a choice."""
    return RepeatChoice(record.request, record.subject, record.workspace)


def where_it_was_made(configuration: Configuration, workspace: str) -> Configuration:
    """Return the configuration with an attempt's own workspace, unless flags or environment name one."""
    if configuration.workspace or configuration.is_described:
        return configuration
    book = configuration.book()
    is_there = book.find(workspace) is not None or book.is_stand_in(workspace)
    return replace(configuration, workspace=workspace) if is_there else configuration
