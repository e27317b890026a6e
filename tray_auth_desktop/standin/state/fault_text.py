"""A fault as a person writes it: `operation=users,status=503,count=2`."""

from __future__ import annotations

import msgspec

from tray_auth_desktop.standin.state.faults import Fault

_NAMES = {"delay": "delay_s"}


def fault_from_text(text: str) -> Fault:
    """Return the fault of a text: pairs joined by commas, of which `cut-off` and `malformed` need no value.

    Raises:
        ValueError: it describes none.
    """
    given: dict[str, str] = {}
    for part in text.split(","):
        name, equals, value = part.partition("=")
        name = name.strip().replace("-", "_")
        given[_NAMES.get(name, name)] = value.strip() if equals else "true"
    try:
        return msgspec.convert(given, Fault, strict=False)
    except msgspec.ValidationError as error:
        raise ValueError(f"{text!r} is no fault: {error}") from error
