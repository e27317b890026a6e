"""`audit`: many dialogs opened, looked at and run to their end without anybody watching."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tray_auth_desktop.cli import early_stop
from tray_auth_desktop.cli.audit_options import audit_options, wish_of
from tray_auth_desktop.cli.audit_progress import Progress
from tray_auth_desktop.cli.given import configuration
from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.core.counts import counted
from tray_auth_desktop.errors import ExitCode

if TYPE_CHECKING:
    from tray_auth_desktop.qa.audit.audit import Audit
    from tray_auth_desktop.qa.audit.report import Report

_STOPPING = "Stopping after the dialogs that are open. Ctrl-C again ends at once."


@click.group(invoke_without_command=True)
@audit_options
@configured
@click.pass_context
def audit(context: click.Context, /, **values: Any) -> int:
    """Open dialogs one after the other, look at each, and write a report.

    Each service and environment is opened as popup and iframe, in three sizes, light and dark.
    Without an account, the stand-in is audited.
    """
    if context.invoked_subcommand is not None:
        return ExitCode.OK
    from tray_auth_desktop.qa.audit.audit import Audit

    wish = wish_of(values)
    made = Audit(configuration(values, context.obj), wish)
    early_stop.interrupt()
    progress = Progress()
    with progress:
        report = made.run(lambda total, done: _begun(made, progress, total, done))
    return _told(report, wish.folder)


@audit.command()
@click.argument(
    "reports", metavar="REPORT…", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--output",
    default="audit-report",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the report that they become.",
)
def merge(reports: tuple[Path, ...], output: Path) -> int:
    """Put the reports of several shards into one: folders, or their report.json."""
    from tray_auth_desktop.qa.audit import report

    merged = report.merge(reports, output)
    report.write_report(merged, output)
    return _told(merged, output)


def _begun(made: Audit, progress: Progress, total: int, done: int) -> Callable[[Any], None]:
    """From here on, Ctrl-C lets the dialogs end that are open; the second one does not."""

    def stop(_number: int, _frame: object) -> None:
        made.stop()
        early_stop.interrupt()  # before it is said: whoever reads it may be quick
        say(_STOPPING)

    for number in early_stop.STOP_SIGNALS:
        signal.signal(number, stop)
    progress.begin(total, done)
    return progress.took


def _told(report: Report, folder: Path) -> int:
    """Say what came of it; return the exit code."""
    done = len(report.results)
    passed = f"{done - report.failed} passed, {report.failed} failed"
    is_stopped = done < report.planned
    stopped = f" The audit of {report.planned} was stopped; --resume goes on." if is_stopped else ""
    click.echo(f"{counted(done, 'dialog')} audited: {passed}.{stopped}")
    if report.missing:
        click.echo(f"Missing: the report of {', '.join(report.missing)}. Merge it too.")
    if report.retried:
        click.echo(f"{report.retried} took more than one try.")
    for result in report.results:
        for auth_id in result.left:
            click.echo(f"Left behind: {auth_id} ({result.id})")
    click.echo(f"Report: {folder / 'report.html'}")
    if not report.is_complete:
        return ExitCode.CLOSED
    return ExitCode.FAILED if report.failed else ExitCode.OK
