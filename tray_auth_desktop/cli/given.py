"""The configuration, from what click read of the flags and from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tray_auth_desktop.configuration import Configuration, master_token_from_environment
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.settings import PROGRAM_OPTIONS, WORKSPACE, WORKSPACE_OPTIONS, Option

#: What every command can be told.
CONFIGURED = (WORKSPACE, *WORKSPACE_OPTIONS, *PROGRAM_OPTIONS)


def configuration(values: dict[str, Any], of_program: Mapping[str, Any] | None = None) -> Configuration:
    """Build the configuration, and set up logging by it.

    A flag of the command counts more than one of the program, and that more than the environment.

    Args:
        values: What click read for the command; what belongs to the configuration is taken out.
        of_program: What click read before the command's name.

    Raises:
        UsageError: a variable of the environment has a value it cannot have.
    """
    from tray_auth_desktop.logs import set_up_logging

    outer = of_program or {}
    taken = {
        option.name: values.pop(option.name, None) or outer.get(option.name) or from_environment(option)
        for option in CONFIGURED
    }
    level = taken["log_level"] or "warning"
    set_up_logging(level.upper())
    return Configuration(
        **{option.name: taken[option.name] for option in (WORKSPACE, *WORKSPACE_OPTIONS)},
        master_token=master_token_from_environment(),
        data_dir=_folder(taken["data_dir"]),
        config_dir=_folder(taken["config_dir"]),
        history_days=taken["history_days"],
        color_scheme=taken["color_scheme"],
        log_level=level,
        waive_sandbox=values.pop("waive_sandbox", False) or outer.get("waive_sandbox", False),
    )


def _folder(given: str | None) -> Path | None:
    return Path(given).expanduser() if given else None


def from_environment(option: Option) -> str | None:
    """Return an option's value from the environment; empty counts as not set.

    Raises:
        UsageError: it is not one of the choices.
    """
    value = os.environ.get(option.variable, "").strip()
    if value and option.choices and value not in option.choices:
        raise UsageError(f"{option.variable} is {value!r}; it can be {', '.join(option.choices)}.")
    return value or None


def timeout_s(given: str | None, option: Option) -> float:
    """Return the time limit of an attempt in seconds: the flag's, else the environment's, else the default.

    Raises:
        UsageError: it is no positive number, or more than a day.
    """
    text = given or from_environment(option) or option.default or ""
    try:
        value = float(text)
    except ValueError as error:
        raise UsageError(f"The time limit is {text!r}; it must be a number of seconds.") from error
    if not 0 < value <= 86_400:
        raise UsageError(f"The time limit is {value:g} s; it must be above 0 and at most a day (86400 s).")
    return value
