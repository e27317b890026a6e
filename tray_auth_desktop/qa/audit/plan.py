"""What an audit is asked for: the plan, from a TOML file or from flags (docs/audit.md)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from tray_auth_desktop.core.presentation import ColorScheme
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.qa.audit.model import Step, Variation
from tray_auth_desktop.qa.audit.plan_checks import EMBEDDINGS, faults_of

#: The size of the sample integrators' popup, a telephone, and a desktop.
SIZES = ("500x500", "375x667", "1280x800")
COLOR_SCHEMES = (ColorScheme.LIGHT.value, ColorScheme.DARK.value)


class PlannedDialog(Variation, frozen=True, forbid_unknown_fields=True):
    """Dialogs of one service. What is not said of how they are shown is as in the plan.

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
    parameters: dict[str, str] = {}  # noqa: RUF012 - msgspec copies it
    steps: tuple[Step, ...] = ()


class Plan(Variation, frozen=True, forbid_unknown_fields=True):
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
    for fault in faults_of(plan):
        raise UsageError(
            f"{named}, at {fault.key}: {fault.why}.", advice="docs/audit.md lists what can stand there."
        )
    return plan
