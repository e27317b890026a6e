"""What an audit is asked for: the plan, from a TOML file or from flags (docs/audit.md)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from tray_auth_desktop.core.presentation import ColorScheme, Embedding, parse_size
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.qa.audit.model import Step

EMBEDDINGS = tuple(kind.value for kind in Embedding)
#: The size of the sample integrators' popup, a telephone, and a desktop.
SIZES = ("500x500", "375x667", "1280x800")
COLOR_SCHEMES = (ColorScheme.LIGHT.value, ColorScheme.DARK.value)
_VALUED = ("fill", "choose")


class PlannedDialog(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Dialogs of one service.

    Attributes:
        service: Name, title or id.
        environment: Title or id; empty for all environments of the service.
        user: Id, external id or name of the end user; empty for the plan's.
        scopes: What is asked for.
        scenario: How the stand-in's dialog shall go.
        parameters: Further pairs for the dialog's address.
        steps: What leads to its end.
    """

    service: str
    environment: str = ""
    user: str = ""
    scopes: tuple[str, ...] = ()
    scenario: str = ""
    parameters: dict[str, str] = {}
    steps: tuple[Step, ...] = ()


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be audited. Everything has a default.

    Attributes:
        embeddings, sizes, color_schemes: Each dialog is opened once for each combination of them.
        user: Id, external id or name of the end user; empty for the first test user.
        dialogs: Which; empty for all environments of all services.
    """

    embeddings: tuple[str, ...] = EMBEDDINGS
    sizes: tuple[str, ...] = SIZES
    color_schemes: tuple[str, ...] = COLOR_SCHEMES
    user: str = ""
    dialogs: tuple[PlannedDialog, ...] = ()


def read_plan(path: Path) -> Plan:
    """Return the plan of a file.

    Raises:
        UsageError: it cannot be read; says the file, the line or the key, and what to do.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        raise UsageError(f"The plan {path} cannot be read: {why}.") from None
    try:
        plan = msgspec.convert(tomllib.loads(text), Plan)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"The plan {path} is no TOML: {error}.", advice="Correct that line.") from None
    except msgspec.ValidationError as error:
        said, _, place = str(error).partition(" - at `")
        key = place.rstrip("`").removeprefix("$").removeprefix(".") or "top of the file"
        raise UsageError(
            f"The plan {path}, at {key}: {said}.", advice="docs/audit.md lists what can stand there."
        ) from None
    return checked(plan, f"The plan {path}")


def changed(plan: Plan, named: str, **changes: Any) -> Plan:
    """Return a plan with other values; otherwise as `checked`."""
    return checked(msgspec.structs.replace(plan, **changes), named)


def checked(plan: Plan, named: str) -> Plan:
    """Return a plan that can be carried out.

    Args:
        plan: Perhaps one.
        named: How an error names it, and begins.

    Raises:
        UsageError: a value cannot be used; says its key and what can stand there.
    """
    choices = {"embeddings": EMBEDDINGS, "color_schemes": tuple(scheme.value for scheme in ColorScheme)}
    for key, known in choices.items():
        for value in getattr(plan, key):
            if value not in known:
                raise UsageError(f"{named}, at {key}: {value!r} is none of {', '.join(known)}.")
    for size in plan.sizes:
        try:
            parse_size(size)
        except ValueError as error:
            raise UsageError(f"{named}, at sizes: {error}") from None
    for key in (*choices, "sizes"):
        if not getattr(plan, key):
            raise UsageError(f"{named}, at {key}: the list is empty.", advice="Leave it out for all of them.")
    for number, dialog in enumerate(plan.dialogs):
        for place, step in enumerate(dialog.steps):
            if why := _wrong_with(step):
                raise UsageError(f"{named}, at dialogs[{number}].steps[{place}]: {why}.")
    return plan


def _wrong_with(step: Step) -> str:
    if len(step.deeds) != 1:
        return "a step has exactly one of fill, choose, click, press and wait"
    if step.value and step.value_from:
        return "a step has value or value_from, not both"
    if step.deed in _VALUED and not (step.value or step.value_from):
        return f"{step.deed} needs value, or value_from with the name of an environment variable"
    if step.deed not in _VALUED and (step.value or step.value_from):
        return f"{step.deed} takes no value"
    return ""
