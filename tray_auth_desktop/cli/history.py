"""`history`: past attempts, from the journal; one of them with its timeline, as a file, or again."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import click

from tray_auth_desktop import app
from tray_auth_desktop.cli import early_stop
from tray_auth_desktop.cli.answers import print_json_list, print_object
from tray_auth_desktop.cli.attempt_text import attempt_text
from tray_auth_desktop.cli.given import configuration, timeout_s
from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.cli.options import configured, flag
from tray_auth_desktop.cli.start_up import begin_start_up
from tray_auth_desktop.cli.table import table
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.core.attempt import OutcomeKind
from tray_auth_desktop.errors import JournalError, UsageError
from tray_auth_desktop.journal import AttemptRecord, Journal
from tray_auth_desktop.onboarding.past_attempt import fields_of, timeline_fields_of, what_of
from tray_auth_desktop.report import FORMATS
from tray_auth_desktop.report.timeline_document import findings_of
from tray_auth_desktop.settings import TIMEOUT

_DEFAULT_LIMIT = 50
#: What `--outcome` calls an attempt that has none.
_OPEN = "open"
_as_json = click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
_limit = click.option(
    "--limit", type=click.IntRange(min=0), help=f"How many, newest first. [default: {_DEFAULT_LIMIT}]"
)


@click.group(invoke_without_command=True)
@_as_json
@_limit
@configured
@click.pass_context
def history(context: click.Context, /, **values: Any) -> int:
    """Print past attempts and what they captured, newest first: the same as `history list`."""
    given = {**(context.obj or {}), **{name: value for name, value in values.items() if _is_given(value)}}
    context.obj = given
    return _list({}, given) if context.invoked_subcommand is None else 0


@history.command(name="list")
@_as_json
@_limit
@click.option(
    "--outcome",
    type=click.Choice([*(kind.value for kind in OutcomeKind), _OPEN]),
    help="Only those that ended so; `open` is for those that run or were cut off.",
)
@configured
@click.pass_context
def list_attempts(context: click.Context, /, **values: Any) -> int:
    """Print past attempts and what they captured, newest first.

    With --workspace only those of that workspace, by the name it had.
    """
    return _list(values, context.obj)


@history.command(name="show")
@click.argument("attempt_id")
@_as_json
@configured
@click.pass_context
def show_attempt(context: click.Context, /, **values: Any) -> int:
    """Print one attempt with its timeline. The beginning of its id is enough, if no other begins so."""
    as_json = _taken("as_json", values, context.obj)
    beginning = values.pop("attempt_id").strip()
    with _journal(values, context.obj) as journal:
        record = _only(beginning, journal.attempts_named(beginning))
        events = journal.timeline(record.attempt_id)
        if as_json:
            found = {"findings": findings_of(record, events), "timeline": timeline_fields_of(events)}
            print_object({**fields_of(record), **found}, as_json=True)
        else:
            click.echo(attempt_text(record, events))
            _mark_told(journal, (record,))
    return 0


@history.command(name="export")
@click.argument("attempt_id")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help=f"What is written. [default: what the file's name ends in, else {FORMATS[0]}]",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="The file to write; stdout without it.")
@click.option("--force", is_flag=True, help="Overwrite the file without asking.")
@configured
@click.pass_context
def export_attempt(context: click.Context, /, **values: Any) -> int:
    """Write the timeline of one attempt as JSON, or as an HTML file that needs nothing else."""
    from tray_auth_desktop.cli.history_export import export

    beginning, force = values.pop("attempt_id").strip(), values.pop("force")
    form, output = values.pop("form"), values.pop("output")
    with _journal(values, context.obj) as journal:
        record = _only(beginning, journal.attempts_named(beginning))
        return export(record, journal.timeline(record.attempt_id), form, output, force=force)


@history.command(name="repeat")
@click.argument("attempt_id")
@_as_json
@flag(TIMEOUT)
@configured
@click.pass_context
def repeat_attempt(context: click.Context, /, **values: Any) -> int:
    """Open the dialog again for what an attempt was for, in the workspace where it was made.

    Answers with one JSON line; fields and exit codes are those of `create`.
    """
    begin_start_up()
    from tray_auth_desktop.cli.attempt import run_attempt
    from tray_auth_desktop.cli.history_repeat import choice_of, where_it_was_made

    values.pop("as_json")
    beginning, limit_s = values.pop("attempt_id").strip(), timeout_s(values.pop("timeout"), TIMEOUT)
    settings = configuration(values, context.obj)
    with _opened(settings) as journal:
        record = _only(beginning, journal.attempts_named(beginning))
    return run_attempt(where_it_was_made(settings, record.workspace), choice_of(record), limit_s)


def _list(values: dict[str, Any], given: Mapping[str, Any]) -> int:
    as_json, limit = _taken("as_json", values, given), _taken("limit", values, given)
    outcome, workspace = values.pop("outcome", None) or "", _taken("workspace", values, given) or ""
    limit = _DEFAULT_LIMIT if limit is None else limit
    with _journal(values, given) as journal:
        records = journal.attempts(limit, outcome=outcome, workspace=workspace)
        if as_json:
            print_json_list(map(fields_of, records))
        else:
            heads = ("STARTED", "OUTCOME", "AUTH ID", "CONFIRMED", "USER ID", "WORKSPACE", "WHAT", "ATTEMPT")
            click.echo(table(heads, [_row(record) for record in records]))
            _mark_told(journal, records)
    return 0


def _taken(name: str, values: dict[str, Any], given: Mapping[str, Any]) -> Any:
    """Take an option out of a command's values; what stands before the command counts less."""
    value = values.pop(name, None)
    return value if _is_given(value) else given.get(name)


def _is_given(value: Any) -> bool:
    """Whether an option was used; 0 is a value."""
    return value is not None and value is not False


def _journal(values: dict[str, Any], given: Mapping[str, Any]) -> AbstractContextManager[Journal]:
    early_stop.interrupt()
    return _opened(configuration(values, given))


@contextmanager
def _opened(settings: Configuration) -> Iterator[Journal]:
    journal = Journal.open(app.data_folder(settings) / app.JOURNAL_NAME)
    say(journal.warning)
    try:
        yield journal
    finally:
        say(journal.unreadable_notice())
        journal.close()


def _only(beginning: str, found: tuple[AttemptRecord, ...]) -> AttemptRecord:
    exact = [record for record in found if record.attempt_id == beginning.lower()]
    if len(found) == 1 or exact:
        return (exact or found)[0]
    if not found:
        raise UsageError(
            f"The journal knows no attempt {beginning!r}.", advice="`tray-auth-desktop history` lists them."
        )
    ids = ", ".join(record.attempt_id for record in found)
    raise UsageError(f"Several attempts begin with {beginning!r}: {ids}.", advice="Give more of the id.")


def _row(record: AttemptRecord) -> tuple[str, ...]:
    return (
        time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(record.started_at)),
        record.outcome.value if record.outcome else "(open)",
        record.auth_id or "",
        "yes" if record.confirmed else "",
        record.request.user_id,
        record.workspace,
        what_of(record),
        record.attempt_id[:8],
    )


def _mark_told(journal: Journal, records: tuple[AttemptRecord, ...]) -> None:
    """What was listed here has been told; it need not be brought back again."""
    listed = {record.attempt_id for record in records}
    try:
        for record in journal.captured_but_not_shown():
            if record.attempt_id in listed:
                journal.mark_shown(record.attempt_id)
    except JournalError as error:
        say(error.explanation)
