"""The options of `standin`: where it listens, how its dialogs go, what fails, how much there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

API_PORT, DIALOG_PORT, PROVIDER_PORT, CONTROL_PORT = 18730, 18731, 18732, 18733

_Command = TypeVar("_Command", bound=Callable[..., Any])
_PORT = click.IntRange(0, 65_535)


def _all_of(options: Iterable[Callable[[_Command], _Command]], command: _Command) -> _Command:
    for option in reversed(tuple(options)):
        command = option(command)
    return command


def _port(name: str, default: int | None, meaning: str) -> Callable[[_Command], _Command]:
    return click.option(f"--{name}-port", type=_PORT, default=default, show_default=True, help=meaning)


def port_options(command: _Command) -> _Command:
    """Add the options that say where it listens."""
    return _all_of(
        (
            _port("api", API_PORT, "Port of the API; 0 takes a free one, and so for the others."),
            _port("dialog", DIALOG_PORT, "Port of the dialog host."),
            _port("provider", PROVIDER_PORT, "Port of the third-party provider."),
            click.option("--control", is_flag=True, help=f"Serve the control API, on port {CONTROL_PORT}."),
            _port("control", None, "Serve the control API on this port."),
            click.option(
                "--host", default="127.0.0.1", show_default=True, help="Address to listen on; loopback only."
            ),
        ),
        command,
    )


def script_options(command: _Command) -> _Command:
    """Add the options that say how dialogs go and what fails."""
    return _all_of(
        (
            click.option(
                "--scenario",
                "scenarios",
                multiple=True,
                metavar="[SERVICE=]NAME",
                help="How the dialogs of a service, or of all, go; may be given several times.",
            ),
            click.option(
                "--fault",
                "faults",
                multiple=True,
                metavar="RULE",
                help="What fails, as in operation=users,status=503,count=2; may be given several times.",
            ),
            click.option(
                "--seed", type=int, default=1, show_default=True, help="Seed of the faults' chances."
            ),
            click.option(
                "--frame-ancestors",
                multiple=True,
                metavar="ORIGIN|none",
                help="Whose pages may frame the dialog; may be given several times. By default, all.",
            ),
        ),
        command,
    )


def seed_options(command: _Command) -> _Command:
    """Add the options that say how much there is."""
    return _all_of(
        (
            click.option(
                "--authentications",
                default=0,
                show_default="none",
                help="How many more authentications, all of one end user.",
            ),
            click.option("--users", default=0, show_default="none", help="How many more end users."),
            click.option(
                "--services",
                default=0,
                show_default="none",
                help="How many more services, in two versions each.",
            ),
        ),
        command,
    )


def script_of(values: dict[str, Any]) -> dict[str, Any]:
    """Return the options as a stand-in takes them.

    Raises:
        ValueError: a fault cannot be read.
    """
    from tray_auth_desktop.standin.state.fault_text import fault_from_text

    is_controlled = values["control"] or values["control_port"] is not None
    port = CONTROL_PORT if values["control_port"] is None else values["control_port"]
    return {name: values[name] for name in ("api_port", "dialog_port", "provider_port", "host")} | {
        "scenarios": dict(_scenario(text) for text in values["scenarios"]),
        "faults": [fault_from_text(text) for text in values["faults"]],
        "random_seed": values["seed"],
        "control": is_controlled,
        "control_port": port,
        "frame_ancestors": _ancestors(values["frame_ancestors"]),
    }


def _ancestors(origins: tuple[str, ...]) -> tuple[str, ...] | None:
    return () if origins == ("none",) else origins or None


def _scenario(text: str) -> tuple[str, str]:
    service, equals, name = text.rpartition("=")
    return (service, name) if equals else ("*", text)
