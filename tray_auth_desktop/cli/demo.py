"""`demo`: the main job on the stand-in, for real, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tray_auth_desktop.cli.given import configuration
from tray_auth_desktop.cli.options import configured


@click.command()
@click.option(
    "--screenshot",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the picture of the window goes; by default a new file in the folder for temporary files.",
)
@configured
@click.pass_context
def demo(context: click.Context, /, **values: Any) -> int:
    """Show the main job on the stand-in: real engine, real dialog, its form filled in and submitted.

    Needs no display; with one, it is done visibly. An account that is set up is not touched.
    """
    from tray_auth_desktop.cli.demonstration import run_demonstration

    screenshot = values.pop("screenshot")
    return run_demonstration(configuration(values, context.obj), screenshot)
