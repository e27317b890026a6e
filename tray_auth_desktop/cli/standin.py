"""`standin`: the stand-in alone, for other programs and for one's own web application."""

from __future__ import annotations

import json
from typing import Any

import click

from tray_auth_desktop.cli import early_stop
from tray_auth_desktop.cli.standin_options import port_options, script_of, script_options, seed_options
from tray_auth_desktop.cli.standin_text import addresses, text
from tray_auth_desktop.errors import UsageError

_ADVICE = (
    "Another stand-in may be running: end it, or choose other ports with --api-port, --dialog-port, "
    "--provider-port and --control-port; 0 takes a free one."
)


@click.command()
@port_options
@script_options
@seed_options
@click.option("--json", "as_json", is_flag=True, help="One JSON line instead of text.")
def standin(**values: Any) -> int:
    """Run the stand-in until Ctrl-C; print its addresses and the environment to use it."""
    from tray_auth_desktop.standin.until_stopped import UntilStopped

    as_json = values.pop("as_json")
    service = _started(values)
    until = UntilStopped(early_stop.STOP_SIGNALS)
    if early_stop.was_told_to_stop():
        until.stop()
    click.echo(json.dumps(addresses(service)) if as_json else text(service))
    try:
        until.wait()
    finally:
        service.stop()
    return 0


def _started(values: dict[str, Any]) -> Any:
    from tray_auth_desktop.standin import SeedSize, StandIn

    sizes = {name: values.pop(name) for name in ("authentications", "users", "services")}
    try:
        service = StandIn(**script_of(values), seed=SeedSize(**sizes))
        service.start()
    except ValueError as error:
        raise UsageError(f"The stand-in cannot start: {error}.") from error
    except OSError as error:
        raise UsageError(f"The stand-in cannot start: {error.strerror}.", advice=_ADVICE) from error
    return service
