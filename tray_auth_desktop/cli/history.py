"""`history`: past attempts, from the journal."""

from __future__ import annotations

import json
import time
from typing import Any

import click

from tray_auth_desktop import app
from tray_auth_desktop.cli import early_stop
from tray_auth_desktop.cli.given import configuration
from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.cli.table import table
from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.journal import AttemptRecord, Journal


@click.command()
@click.option("--json", "as_json", is_flag=True, help="A JSON list instead of a table.")
@click.option("--limit", default=50, show_default=True, help="How many, newest first.")
@configured
@click.pass_context
def history(context: click.Context, /, **values: Any) -> int:
    """Print past attempts and what they captured, newest first."""
    early_stop.interrupt()
    as_json, limit = values.pop("as_json"), values.pop("limit")
    journal = Journal.open(app.data_folder(configuration(values, context.obj)) / app.JOURNAL_NAME)
    try:
        records = journal.attempts(limit)
        if as_json:
            click.echo(json.dumps([as_object(record) for record in records], indent=2))
        else:
            heads = ("STARTED", "OUTCOME", "AUTH ID", "CONFIRMED", "USER ID", "WORKSPACE")
            click.echo(table(heads, [_row(record) for record in records]))
            _mark_told(journal, records)
    finally:
        journal.close()
    return 0


def as_object(record: AttemptRecord) -> dict[str, object]:
    """Return an attempt as other programs read it (docs/command-line.md)."""
    return {
        "attempt_id": record.attempt_id,
        "workspace": record.workspace,
        "started_at": _when(record, "%Y-%m-%dT%H:%M:%S%z"),
        "user_id": record.request.user_id,
        "service_id": record.request.service_id,
        "service_environment_id": record.request.service_environment_id,
        "scopes": list(record.request.scopes),
        "outcome": record.outcome.value if record.outcome else None,
        "auth_id": record.auth_id,
        "auth_type": record.auth_type,
        "via": record.via.value if record.via else None,
        "confirmed": record.confirmed,
        "message": record.message,
        "elapsed_ms": record.elapsed_ms,
    }


def _row(record: AttemptRecord) -> tuple[str, ...]:
    return (
        _when(record, "%Y-%m-%d %H:%M:%S"),
        record.outcome.value if record.outcome else "(open)",
        record.auth_id or "",
        "yes" if record.confirmed else "",
        record.request.user_id,
        record.workspace,
    )


def _when(record: AttemptRecord, form: str) -> str:
    return time.strftime(form, time.localtime(record.started_at))


def _mark_told(journal: Journal, records: tuple[AttemptRecord, ...]) -> None:
    """What was listed here has been told; it need not be brought back again."""
    listed = {record.attempt_id for record in records}
    try:
        for record in journal.captured_but_not_shown():
            if record.attempt_id in listed:
                journal.mark_shown(record.attempt_id)
    except JournalError as error:
        say(error.explanation)
