"""`standin`: the stand-in alone, for other programs and for one's own web application."""

from __future__ import annotations

import json
import shlex
import signal
import threading
from typing import Any

import click

from tray_auth_desktop.cli import early_stop
from tray_auth_desktop.errors import UsageError


@click.command()
@click.option("--api-port", default=0, show_default="a free one", help="Port of the API.")
@click.option("--dialog-port", default=0, show_default="a free one", help="Port of the dialog host.")
@click.option(
    "--provider-port", default=0, show_default="a free one", help="Port of the third-party provider."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; loopback only.")
@click.option(
    "--authentications",
    default=0,
    show_default="none",
    help="How many more authentications, all of one end user.",
)
@click.option("--users", default=0, show_default="none", help="How many more end users.")
@click.option(
    "--services", default=0, show_default="none", help="How many more services, in two versions each."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON line instead of text.")
def standin(**values: Any) -> int:
    """Run the stand-in until Ctrl-C; print its addresses and the environment to use it."""
    from tray_auth_desktop.standin import SeedSize, StandIn

    as_json = values.pop("as_json")
    sizes = {name: values.pop(name) for name in ("authentications", "users", "services")}
    try:
        service = StandIn(**values, seed=SeedSize(**sizes))
        service.start()
    except (ValueError, OSError) as error:
        raise UsageError(f"The stand-in cannot start: {error}.") from error
    stopped = threading.Event()
    for number in early_stop.STOP_SIGNALS:
        signal.signal(number, lambda *_: stopped.set())
    if early_stop.was_told_to_stop():
        stopped.set()
    click.echo(json.dumps(_addresses(service)) if as_json else _text(service))
    try:
        while not stopped.wait(3_600):
            pass
    finally:
        service.stop()
    return 0


def _addresses(service: Any) -> dict[str, object]:
    return {
        "graphql_url": service.graphql_url,
        "rest_url": service.rest_url,
        "dialog_url": service.dialog_url,
        "provider_url": service.provider_url,
        "environment": service.environment(),
        "big_user_id": service.big_user_id,
    }


def _text(service: Any) -> str:
    exports = "\n".join(
        f"export {name}={shlex.quote(value)}" for name, value in service.environment().items()
    )
    many = (
        f"#   end user with the many authentications  {service.big_user_id}\n" if service.big_user_id else ""
    )
    return (
        "# Stand-in for Tray, on this computer only. Ctrl-C ends it; it keeps nothing.\n"
        f"#   API        {service.graphql_url} and {service.rest_url}/core/v1\n"
        f"#   dialog     {service.dialog_url}\n"
        f"#   provider   {service.provider_url}\n"
        f"{many}"
        "# To use it from another terminal:\n"
        f"{exports}"
    )
