"""`install-desktop-entry`: the program in the menu of a Linux desktop, with its icon."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from tray_auth_desktop.cli import early_stop
from tray_auth_desktop.cli.desktop_files import Report, data_home, install, uninstall
from tray_auth_desktop.cli.exec_line import running_installation
from tray_auth_desktop.cli.table import table
from tray_auth_desktop.errors import UsageError

_OTHER_SYSTEMS = {"win32": "Windows", "cygwin": "Windows", "darwin": "macOS"}


@click.command(name="install-desktop-entry")
@click.option("--uninstall", "is_to_go", is_flag=True, help="Take entry and icons away again.")
@click.option("--dry-run", "is_dry_run", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
def install_desktop_entry(**values: Any) -> int:
    """Put the program into the desktop's menu, for this user: an entry and its icons.

    They go below ~/.local/share, or $XDG_DATA_HOME. The entry starts the installation that runs
    this command; run it again after the program has moved. What is there already stays as it is.
    """
    early_stop.interrupt()
    system = _OTHER_SYSTEMS.get(sys.platform)
    if system is not None:
        raise UsageError(
            f"Desktop entries are for Linux desktops; this is {system}.",
            advice="Make a shortcut to the program `tray-auth-desktop` by the means of the system.",
        )
    is_dry_run, home = values["is_dry_run"], data_home()
    if values["is_to_go"]:
        report = uninstall(home, is_dry_run=is_dry_run)
    else:
        report = install(home, running_installation(), is_dry_run=is_dry_run)
    click.echo(json.dumps(_as_object(report, is_dry_run)) if values["as_json"] else _text(report, is_dry_run))
    return 0


def _as_object(report: Report, is_dry_run: bool) -> dict[str, object]:
    return {
        "desktop_file": str(report.desktop_file),
        "written": _names(report.written),
        "unchanged": _names(report.unchanged),
        "removed": _names(report.removed),
        "caches_updated": report.caches_updated,
        "dry_run": is_dry_run,
    }


def _text(report: Report, is_dry_run: bool) -> str:
    would = "would be " if is_dry_run else ""
    rows = [
        (f"{would}{what}" if what != "unchanged" else what, name)
        for what, paths in (
            ("written", report.written),
            ("removed", report.removed),
            ("unchanged", report.unchanged),
        )
        for name in _names(paths)
    ]
    return table(("WHAT", "FILE"), rows)


def _names(paths: list[Path]) -> list[str]:
    return [str(path) for path in paths]
