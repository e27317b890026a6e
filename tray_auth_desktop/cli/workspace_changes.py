"""`workspace add`, `edit` and `remove`: what changes the file of workspaces and the vault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from tray_auth_desktop.cli import early_stop
from tray_auth_desktop.cli.answers import as_json_flag, print_object
from tray_auth_desktop.cli.given import configuration
from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.cli.options import configured, flag
from tray_auth_desktop.cli.prompts import confirm, require_confirmation
from tray_auth_desktop.cli.workspace_answers import TokenPlaces, as_object, open_book
from tray_auth_desktop.cli.workspace_secrets import Given, keep, move, read_secrets
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.errors import ExitCode, UsageError
from tray_auth_desktop.settings import PROGRAM_OPTIONS, WORKSPACE_OPTIONS
from tray_auth_desktop.workspaces.book import WorkspaceBook
from tray_auth_desktop.workspaces.entry import STAND_IN, WorkspaceEntry
from tray_auth_desktop.workspaces.file import check_entry, put_entry, remove_entry, use_workspace
from tray_auth_desktop.workspaces.vault import Vault, VaultError

Command = TypeVar("Command", bound=Callable[..., Any])
_FIELDS = tuple(option.name for option in WORKSPACE_OPTIONS)
_UNSETTABLE = (*(name.replace("_", "-") for name in _FIELDS), "dialog-hosts", "token", "proxy-password")


def fields(command: Command) -> Command:
    """Add a flag for each field of a workspace, the ways to give secrets, and the program's own flags."""
    for option in reversed(PROGRAM_OPTIONS):
        command = flag(option)(command)
    command = as_json_flag(command)
    for name, help_text in (
        ("proxy-password-from-stdin", "Read the proxy's password from stdin, after the token if both are."),
        ("proxy-password", "Ask for the proxy's password, which is kept in the vault."),
        ("token-from-stdin", "Read the master token from the first line of stdin."),
    ):
        command = click.option(f"--{name}", is_flag=True, help=help_text)(command)
    command = click.option(
        "--token/--no-token",
        default=None,
        help="Ask for the master token, or leave it out. Never give it here.",
    )(command)
    command = click.option(
        "--dialog-host", "dialog_hosts", multiple=True, metavar="SERVICE=URL",
        help="A dialog host of its own for a service, by name or id; may be given several times.",
    )(command)  # fmt: skip
    for option in reversed(WORKSPACE_OPTIONS):
        kind = click.Choice(option.choices) if option.choices else None
        command = click.option(option.flag or "", option.name, type=kind, help=option.meaning)(command)
    return click.argument("extra", nargs=-1, metavar="")(command)


@click.command()
@click.argument("name")
@fields
@click.option("--use", "is_to_be_used", is_flag=True, help="Use it from now on.")
@click.pass_context
def add(context: click.Context, /, **values: Any) -> int:
    """Set up a workspace. Its master token is asked for, and kept in the system's vault."""
    early_stop.interrupt()
    _refuse_extra(values)
    entry = _with_flags(WorkspaceEntry(values.pop("name").strip()), values)
    check_entry(entry)
    as_json, is_to_be_used = values.pop("as_json"), values.pop("is_to_be_used")
    chosen, book = _open(context, values)
    if (other := book.find(entry.name)) is not None:
        raise UsageError(
            f"There is a workspace {other.name!r} already.",
            advice=f"Choose another name, or run `tray-auth-desktop workspace edit {other.name!r}`.",
        )
    given = read_secrets(values, entry.name, asks_by_itself=True)
    book = put_entry(chosen.book_path, entry)
    if is_to_be_used:
        book = use_workspace(chosen.book_path, entry.name)
    return _answer(chosen, entry, book, keep(Vault(), entry.name, given), as_json=as_json)


@click.command()
@click.argument("name")
@click.option("--new-name", help="Another name for it; its token follows.")
@click.option(
    "--unset", multiple=True, type=click.Choice(_UNSETTABLE), help="Empty this; may be given several times."
)
@fields
@click.pass_context
def edit(context: click.Context, /, **values: Any) -> int:
    """Change a workspace: what is not given stays as it is."""
    early_stop.interrupt()
    _refuse_extra(values)
    as_json, unset = values.pop("as_json"), {name.replace("-", "_") for name in values.pop("unset")}
    name, new_name = values.pop("name"), (values.pop("new_name") or "").strip()
    taken = {field: values.pop(field) for field in (*_FIELDS, "dialog_hosts")}
    chosen, book = _open(context, values)
    if book.is_stand_in(name):
        raise UsageError("The stand-in is the program's own and cannot be changed.")
    old = book.get(name)
    entry = _with_flags(_without(old, unset), taken)
    entry = replace(entry, name=new_name or old.name)
    check_entry(entry)
    wants_secret = [values[key] for key in values if key.startswith(("token", "proxy_password"))]
    if entry == old and not any(wants_secret) and not unset:
        raise UsageError(
            "Nothing was given to be changed.",
            advice="`tray-auth-desktop workspace edit --help` lists the flags.",
        )
    given = read_secrets(values, entry.name, asks_by_itself=False)
    book = put_entry(chosen.book_path, entry, instead_of=old.name)
    token = _change_vault(old.name, entry.name, unset, given)
    return _answer(chosen, entry, book, token, as_json=as_json)


@click.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask whether to remove it.")
@as_json_flag
@configured
@click.pass_context
def remove(context: click.Context, /, **values: Any) -> int:
    """Remove a workspace from the file, and its secrets from the vault. Nothing at Tray is changed."""
    early_stop.interrupt()
    as_json, name, is_confirmed = values.pop("as_json"), values.pop("name"), values.pop("yes")
    chosen, book = _open(context, values)
    if book.is_stand_in(name):
        raise UsageError("The stand-in is the program's own and cannot be removed.")
    entry = book.get(name)
    require_confirmation(is_confirmed)
    if not is_confirmed and not confirm(
        f"Remove the workspace {entry.name} from {chosen.book_path}, and its master token from the vault? "
        "Nothing at Tray is changed."
    ):
        return ExitCode.CLOSED
    book = remove_entry(chosen.book_path, entry.name)
    try:
        Vault().forget(entry.name)
    except VaultError as error:
        say(f"What the vault holds for {entry.name} may still be there. {error}")
    if as_json:
        print_object({"removed": entry.name, "active": book.active}, as_json=True)
    else:
        click.echo(f"Removed the workspace {entry.name}. In use: {book.active}.")
    return ExitCode.OK


def _open(context: click.Context, values: dict[str, Any]) -> tuple[Configuration, WorkspaceBook]:
    chosen = configuration(values, context.obj)
    return chosen, open_book(chosen)


def _refuse_extra(values: dict[str, Any]) -> None:
    """Refuse further arguments without repeating them: someone may have taken --token to have a value."""
    if values.pop("extra"):
        raise UsageError(
            "There is an argument too many.",
            advice="A token is never an argument: it is asked for, or read with --token-from-stdin.",
        )


def _with_flags(entry: WorkspaceEntry, values: dict[str, Any]) -> WorkspaceEntry:
    given = {name: value.strip() for name in _FIELDS if (value := values.pop(name)) is not None}
    if "region" in given:
        given["region"] = given["region"] or "us"
    if given.get("ca_file"):
        given["ca_file"] = _whole_path(given["ca_file"])
    hosts = dict(entry.dialog_hosts)
    for pair in values.pop("dialog_hosts"):
        service, sign, url = pair.partition("=")
        if not sign:
            raise UsageError("A dialog host must be given as SERVICE=URL.")
        hosts[service.strip()] = url.strip()
    kept = tuple((service, url) for service, url in hosts.items() if url)
    return replace(entry, **given, dialog_hosts=kept)


def _whole_path(given: str) -> str:
    path = Path(given).expanduser().absolute()
    if not path.is_file():
        raise UsageError(f"There is no file of certificates {path}.", advice="Check the path.")
    return str(path)


def _without(entry: WorkspaceEntry, unset: set[str]) -> WorkspaceEntry:
    empty = {name: "" for name in _FIELDS if name in unset}
    if "region" in empty:
        empty["region"] = "us"
    return replace(entry, **empty, dialog_hosts=() if "dialog_hosts" in unset else entry.dialog_hosts)


def _change_vault(name: str, new_name: str, unset: set[str], given: Given) -> str:
    vault = Vault()
    if new_name != name:
        move(vault, name, new_name)
    try:
        if "token" in unset:
            vault.forget_token(new_name)
        if "proxy_password" in unset:
            vault.forget_proxy_password(new_name)
    except VaultError as error:
        say(error.explanation)
    return keep(vault, new_name, given)


def _answer(
    chosen: Configuration, entry: WorkspaceEntry, book: WorkspaceBook, token: str, *, as_json: bool
) -> int:
    token = token or TokenPlaces(chosen.master_token, Vault()).of(entry.name)
    if as_json:
        print_object(as_object(entry, book, token), as_json=True)
        return ExitCode.OK
    click.echo(f"The workspace {entry.name} is saved in {chosen.book_path}. Master token: {token}.")
    if book.active != entry.name:
        in_use = "the stand-in" if book.active == STAND_IN else book.active
        click.echo(f"In use is {in_use}; `tray-auth-desktop workspace use {entry.name!r}` changes that.")
    return ExitCode.OK
