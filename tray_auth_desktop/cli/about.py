"""`about`: versions, paths and the vault, for a report of a problem."""

from __future__ import annotations

import json
from typing import Any

import click

from tray_auth_desktop.cli import early_stop
from tray_auth_desktop.cli.answers import as_json_flag
from tray_auth_desktop.cli.given import configuration
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.cli.table import table
from tray_auth_desktop.errors import ExitCode


@click.command()
@as_json_flag
@configured
@click.pass_context
def about(context: click.Context, /, **values: Any) -> int:
    """Print versions, paths and the vault in use."""
    early_stop.interrupt()
    as_json = values.pop("as_json")
    from tray_auth_desktop.cli.about_facts import all_facts

    facts = all_facts(configuration(values, context.obj))
    if as_json:
        click.echo(json.dumps({fact.key: fact.value for fact in facts}, ensure_ascii=False))
    else:
        click.echo(table(("WHAT", "WHICH"), [(fact.label, fact.text) for fact in facts]))
    return ExitCode.OK
