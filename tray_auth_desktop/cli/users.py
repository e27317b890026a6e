"""`users`: the end users of the account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tray_auth_desktop.cli import ids
from tray_auth_desktop.cli.answers import as_json_flag, print_list, print_object, yes_flag
from tray_auth_desktop.cli.end_user import EndUserChoice
from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.cli.prompts import confirm, require_confirmation
from tray_auth_desktop.cli.session import api_session
from tray_auth_desktop.cli.sorting import sort_option, sorted_by
from tray_auth_desktop.cli.user_search import UserSearch, UsersFound
from tray_auth_desktop.core.models import EndUser
from tray_auth_desktop.errors import ExitCode, TrayAuthError, UsageError
from tray_auth_desktop.lookup.users import described, user_by_id

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient

_HEADS = ("NAME", "EXTERNAL USER ID", "TEST USER", "USER ID")


@click.group()
def users() -> None:
    """List, create and delete end users."""


@users.command(name="list")
@click.option("--search", help="Only those with this name, external user id or user id.")
@click.option("--name", help="Only those with this name.")
@click.option("--external-user-id", help="Only those with this external user id.")
@click.option("--limit", type=click.IntRange(min=1), help="How many at most; by default all.")
@sort_option("name", "external_user_id", "user_id")
@as_json_flag
@configured
@click.pass_context
def list_users(context: click.Context, /, **values: Any) -> int:
    """Print the end users, page after page. Tray decides how a name or an id is compared."""
    as_json, limit = values.pop("as_json"), values.pop("limit")
    sort_field = values.pop("sort_field")
    search = UserSearch(
        ids.optional(values.pop("search"), "text to search for"),
        ids.optional(values.pop("name"), "name"),
        ids.optional(values.pop("external_user_id"), "external user id"),
    )
    with api_session(context, values) as client:
        found = search.ask(client, limit)
    print_list(sorted_by(found.users, as_object, sort_field), as_object, _HEADS, _row, as_json=as_json)
    _say_what_is_missing(found, is_narrow=search.is_narrow)
    return ExitCode.OK


def _say_what_is_missing(found: UsersFound, *, is_narrow: bool) -> None:
    if found.has_more:
        say(f"These are the first {len(found.users)}; there are more. Give a larger --limit, or none.")
    elif not found.users and is_narrow:
        say("Tray found nobody by that. `tray-auth-desktop users list` without a search lists all.")
    if found.others:
        say(
            f"Tray also named {found.others} who have nothing of what was searched for; they are left out. "
            "It seems not to know this search."
        )


@users.command()
@click.option("--name", required=True, help="What the end user is called.")
@click.option("--external-user-id", required=True, help="Your application's id of the end user.")
@click.option(
    "--test-user/--no-test-user", default=None, help="Whether it is a test user, who is not billed."
)
@as_json_flag
@configured
@click.pass_context
def create(context: click.Context, /, **values: Any) -> int:
    """Create an end user and print Tray's id. It is never tried twice: see the exit code 7."""
    as_json, is_test_user = values.pop("as_json"), values.pop("test_user")
    name = ids.required(values.pop("name"), "name")
    external_user_id = ids.required(values.pop("external_user_id"), "external user id")
    with api_session(context, values) as client:
        user_id = client.create_user(name, external_user_id, is_test_user=is_test_user)
    if as_json:
        print_object(as_object(EndUser(user_id, name, external_user_id, is_test_user)), as_json=True)
    else:
        click.echo(user_id)
    return ExitCode.OK


@users.command()
@click.argument("user_id", required=False)
@click.option("--external-user-id", help="Your application's id of the end user, instead of USER_ID.")
@yes_flag
@as_json_flag
@configured
@click.pass_context
def delete(context: click.Context, /, **values: Any) -> int:
    """Delete an end user with all that goes with it. That cannot be undone."""
    as_json, is_confirmed = values.pop("as_json"), values.pop("is_confirmed")
    choice = EndUserChoice.taken_from(values, "USER_ID")
    require_confirmation(is_confirmed)
    with api_session(context, values) as client:
        user_id = choice.id_at(client)
        if not is_confirmed and not confirm(_question(client, user_id)):
            return ExitCode.CLOSED
        client.delete_user(user_id)
    if as_json:
        print_object({"user_id": user_id, "deleted": True}, as_json=True)
    else:
        click.echo(f"Deleted the end user {user_id}.")
    return ExitCode.OK


def as_object(user: EndUser) -> dict[str, object]:
    """Return an end user as other programs read it (docs/command-line.md)."""
    return {
        "user_id": user.user_id,
        "name": user.name,
        "external_user_id": user.external_user_id,
        "is_test_user": user.is_test_user,
    }


def _row(user: EndUser) -> tuple[str, ...]:
    is_test = {True: "yes", False: "no", None: ""}[user.is_test_user]
    return (user.name, user.external_user_id or "", is_test, user.user_id)


def _question(client: TrayClient, user_id: str) -> str:
    """Ask by name, with what goes with it.

    Raises:
        UsageError: there is no such end user.
    """
    user = user_by_id(client, user_id)
    if user is None:
        raise UsageError(
            f"There is no end user with the user id {user_id!r}.",
            advice="`tray-auth-desktop users list` lists them.",
        )
    try:
        count = len(client.authentications_of(user.user_id))
        what = f"{count} authentication{'' if count == 1 else 's'}"
    except TrayAuthError as error:
        say(f"The authentications could not be counted: {error.explanation}")
        what = "an unknown number of authentications"
    return f"Delete {described(user)} with {what} and all solution instances? This cannot be undone."
