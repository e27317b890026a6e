"""The command line of a desktop entry, quoted as the Desktop Entry Specification wants it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tray_auth_desktop.errors import UsageError

#: What makes quotation marks necessary (specification, "The Exec key").
_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")
#: What a backslash must stand before inside quotation marks.
_ESCAPED = '\\"`$'
#: How any value of a desktop entry writes these.
_IN_VALUES = (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r"))


@dataclass(frozen=True, slots=True)
class Installation:
    """How the program that runs can be started again.

    Attributes:
        command: Program and arguments, by full path.
        folder: Where it has to be started; None if that does not matter.
    """

    command: tuple[str, ...]
    folder: Path | None = None


def running_installation() -> Installation:
    """Return how to start what runs now: its script, or Python with the module."""
    script = Path(sys.argv[0])
    if script.stem == "tray-auth-desktop" and script.is_file() and os.access(script, os.X_OK):
        return Installation((str(script.absolute()),))
    package = Path(__file__).resolve().parents[1]
    is_installed = package.parent.name in ("site-packages", "dist-packages")
    folder = None if is_installed else package.parent
    return Installation((str(Path(sys.executable).absolute()), "-m", "tray_auth_desktop"), folder)


def exec_line(command: Sequence[str]) -> str:
    """Return the value of `Exec`.

    Raises:
        UsageError: the program's path cannot be written in one.
    """
    program = command[0]
    if "=" in program or not program.isprintable():
        raise UsageError(
            f"A desktop entry cannot name the program {program!r}.",
            advice="Install it into a folder whose name has neither = nor control characters.",
        )
    return value(" ".join(map(_quoted, command)))


def value(text: str) -> str:
    """Return a text as a value of a desktop entry."""
    for plain, written in _IN_VALUES:
        text = text.replace(plain, written)
    return text


def _quoted(argument: str) -> str:
    doubled = argument.replace("%", "%%")  # a single one would begin a field code
    if argument and not _RESERVED.intersection(argument):
        return doubled
    escaped = "".join(f"\\{letter}" if letter in _ESCAPED else letter for letter in doubled)
    return f'"{escaped}"'
