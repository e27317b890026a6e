"""`workspace`: the accounts that the program can work against."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from tray_auth_desktop.cli import early_stop
from tray_auth_desktop.cli.answers import as_json_flag, print_json_list, print_object
from tray_auth_desktop.cli.given import configuration
from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.cli.prompts import MasterTokenPrompt, can_ask
from tray_auth_desktop.cli.table import one_line, table
from tray_auth_desktop.cli.workspace_answers import HEADS, TokenPlaces, as_object, lines, open_book, rows
from tray_auth_desktop.cli.workspace_changes import add, edit, remove
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.errors import ExitCode, UsageError
from tray_auth_desktop.workspaces.entry import STAND_IN
from tray_auth_desktop.workspaces.file import use_workspace
from tray_auth_desktop.workspaces.vault import Vault

if TYPE_CHECKING:
    from tray_auth_desktop.core.connection_check import CheckResult


@click.group()
def workspace() -> None:
    """Set up, choose and test the Tray accounts to work against.

    They are kept in config.toml in the user's config folder, and their master tokens in the
    system's vault. The stand-in is always one of them.
    """


@workspace.command(name="list")
@as_json_flag
@configured
@click.pass_context
def list_workspaces(context: click.Context, /, **values: Any) -> int:
    """Print all workspaces; the star marks the one in use."""
    as_json, _, chosen = _given(context, values)
    book, places = open_book(chosen), TokenPlaces(chosen.master_token, Vault())
    if as_json:
        entries = [*book.entries, None]
        names = [entry.name if entry else STAND_IN for entry in entries]
        pairs = zip(entries, names, strict=True)
        print_json_list([as_object(entry, book, places.of(name)) for entry, name in pairs])
    else:
        click.echo(table(HEADS, list(rows(book, places))))
    return ExitCode.OK


@workspace.command()
@click.argument("name")
@as_json_flag
@configured
@click.pass_context
def show(context: click.Context, /, **values: Any) -> int:
    """Print a workspace with the addresses that it comes to; never its token."""
    as_json, name, chosen = _given(context, values)
    book, places = open_book(chosen), TokenPlaces(chosen.master_token, Vault())
    entry = None if book.is_stand_in(name) else book.get(name)
    token = places.of(entry.name if entry else STAND_IN)
    if as_json or entry is None:
        print_object(as_object(entry, book, token), as_json=as_json)
    else:
        print_object(lines(entry, book, token), as_json=False)
    return ExitCode.OK


@workspace.command()
@click.argument("name")
@as_json_flag
@configured
@click.pass_context
def use(context: click.Context, /, **values: Any) -> int:
    """Work against this workspace from now on; `stand-in` is the local test service."""
    as_json, name, chosen = _given(context, values)
    open_book(chosen)
    book = use_workspace(chosen.book_path, name)
    if chosen.workspace or chosen.is_described:
        say("Flags or variables such as TRAY_WORKSPACE and TRAY_EMBEDDED_ID are set; they count more.")
    if as_json:
        print_object({"active": book.active}, as_json=True)
    else:
        click.echo(f"In use: {book.active}.")
    return ExitCode.OK


@workspace.command()
@click.argument("name", required=False)
@as_json_flag
@configured
@click.pass_context
def test(context: click.Context, /, **values: Any) -> int:
    """Test a workspace's connection, by default that of the one in use.

    Is the token accepted, is it the right region, is the dialog's host reachable? Exit codes:
    0 nothing failed, 2 usage, 6 refused by the API, 7 network.
    """
    as_json, name, chosen = _given(context, values)
    if name is not None:
        chosen = replace(chosen, workspace=_checked(name))
    results = []
    from tray_auth_desktop.cli.workspace_checks import connection_checks

    for result in connection_checks(chosen, ask=MasterTokenPrompt(chosen) if can_ask() else None):
        results.append(result)
        if not as_json:
            click.echo(f"{result.verdict:<9} {result.subject}: {one_line(result.text)}")
    code = exit_code_of(results)
    if as_json:
        click.echo(json.dumps(_tested(chosen, results, code)))
    return code


def exit_code_of(results: list[CheckResult]) -> ExitCode:
    """Return what the checks mean: the first failure decides; what is doubtful or skipped is none."""
    from tray_auth_desktop.core.connection_check import Verdict

    failures = [result.exit_code for result in results if result.verdict is Verdict.FAILED]
    return (failures[0] or ExitCode.API_REFUSED) if failures else ExitCode.OK


def _given(context: click.Context, values: dict[str, Any]) -> tuple[bool, Any, Configuration]:
    """Return what a command on a workspace was given: whether to print JSON, the name, and the rest."""
    early_stop.interrupt()
    as_json, name = values.pop("as_json"), values.pop("name", None)
    return as_json, name, configuration(values, context.obj)


def _checked(name: str) -> str:
    if not name.strip():
        raise UsageError("The name of the workspace is empty.")
    return name


def _tested(chosen: Configuration, results: list[CheckResult], code: ExitCode) -> dict[str, object]:
    checks = [{key: value for key, value in asdict(one).items() if key != "exit_code"} for one in results]
    return {"workspace": chosen.choose().name, "ok": code is ExitCode.OK, "checks": checks}


for command in (add, edit, remove):
    workspace.add_command(command)
