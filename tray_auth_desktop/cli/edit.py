"""`edit`: open the dialog of an existing authentication; answers exactly as `create` does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tray_auth_desktop.cli import ids
from tray_auth_desktop.cli.create_choice import request_of
from tray_auth_desktop.cli.dialog_options import dialog_options, extra_parameters
from tray_auth_desktop.cli.end_user import EndUserChoice, end_user_options
from tray_auth_desktop.cli.given import configuration, timeout_s
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.cli.presentation_options import presentation_of, presentation_options
from tray_auth_desktop.cli.start_up import begin_start_up
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.settings import TIMEOUT

if TYPE_CHECKING:
    from tray_auth_desktop.app import Account
    from tray_auth_desktop.core.subject import Subject


@click.command()
@click.argument("auth_id")
@end_user_options
@dialog_options
@presentation_options
@configured
@click.pass_context
def edit(context: click.Context, /, **values: Any) -> int:
    """Open the dialog to re-authenticate or rename an authentication, and print one JSON line.

    Fields and exit codes are those of `create`.
    """
    begin_start_up()
    from tray_auth_desktop.cli.attempt import run_attempt

    values.pop("as_json")
    given = values.pop("timeout")
    presentation = presentation_of(values)
    end_user = EndUserChoice.taken_from(values)
    draft = request_of(
        end_user.user_id or "(looked up)",
        kind=DialogKind.EDIT,
        auth_id=ids.in_address(values.pop("auth_id"), "authentication id"),
        extra_parameters=extra_parameters(values.pop("parameters")),
        service_name=ids.optional(values.pop("service_name"), "service name"),
    )
    limit_s = timeout_s(given, TIMEOUT)
    return run_attempt(configuration(values, context.obj), EditChoice(end_user, draft), limit_s, presentation)


class EditChoice(NamedTuple):
    """Whose authentication is edited, and which."""

    end_user: EndUserChoice
    draft: DialogRequest

    @property
    def user_id(self) -> str:
        """Tray's id of the end user, as far as it is known yet."""
        return self.end_user.user_id

    def request(self, account: Account) -> tuple[DialogRequest, Subject | None]:
        """Return the request.

        Its service is looked up in the user's list, but only for a workspace that has dialog
        hosts for single services.

        Raises:
            UsageError: the end user cannot be found.
            TrayAuthError: Tray could not be asked.
        """
        needs_service = bool(account.face.dialog_hosts) and not self.draft.service_name
        if self.user_id and not needs_service:
            return self.draft, None
        from tray_auth_desktop.core.listing import find_authentication

        client = account.client()
        request = replace(self.draft, user_id=self.end_user.id_at(client))
        if not needs_service:
            return request, None
        found = find_authentication(client.authentications_of(request.user_id), request.auth_id)
        if found is None or found.service is None:
            return request, None
        service = found.service
        from tray_auth_desktop.core.subject import Subject

        subject = Subject(service=service.label, authentication=found.name)
        return replace(request, service_id=service.service_id, service_name=service.name), subject
