"""Find the shared libraries that Qt needs and this system does not have.

PySide6's wheels bring Qt itself but not the system libraries below it. The
dynamic loader is asked about every file of PySide6 that the program loads, so
that the answer is what is missing here rather than a list from somewhere else.
Run as `python -m scripts.qt_libraries`; everything it says goes to stderr.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from scripts.debian import Apt, Console

MODULES = (
    "QtCore",
    "QtGui",
    "QtNetwork",
    "QtPrintSupport",  # imported by QtWebEngineWidgets
    "QtSvg",
    "QtWebChannel",
    "QtWebEngineCore",
    "QtWebEngineWidgets",
    "QtWidgets",
)
ALWAYS = (
    *(f"{module}.*so" for module in MODULES),
    "Qt/libexec/QtWebEngineProcess",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/iconengines/*.so",
    "Qt/plugins/imageformats/*.so",
)
X11 = ("Qt/plugins/platforms/libqxcb.so", "Qt/plugins/xcbglintegrations/*.so")
WAYLAND = (
    "Qt/plugins/platforms/libqwayland.so",
    "Qt/plugins/wayland-shell-integration/libxdg-shell.so",
    "Qt/plugins/wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".pfb"})

_NOT_FOUND = re.compile(r"^\s*(\S+) => not found\s*$", re.MULTILINE)
_TOO_OLD = re.compile(r"(\S+): version `(\S+)' not found \(required by ")


class IncompleteQtError(RuntimeError):
    """PySide6 lacks a file that it should have: the install is broken."""


@dataclass(frozen=True)
class Missing:
    """What the dynamic loader did not find.

    Attributes:
        sonames: libraries that are not there.
        too_old: libraries that are there, each with the version it lacks.
    """

    sonames: frozenset[str] = frozenset()
    too_old: frozenset[str] = frozenset()

    def __or__(self, other: Missing) -> Missing:
        """Return both together."""
        return Missing(self.sonames | other.sonames, self.too_old | other.too_old)


def parse(output: str) -> Missing:
    """Read what `ldd` printed, stdout and stderr together."""
    too_old = (f"{Path(library).name} ({version})" for library, version in _TOO_OLD.findall(output))
    return Missing(frozenset(_NOT_FOUND.findall(output)), frozenset(too_old))


def objects(folder: Path, patterns: Iterable[str]) -> list[Path]:
    """Return the files below `folder` that match, in order.

    Raises:
        IncompleteQtError: nothing matches one of the patterns.
    """
    found: list[Path] = []
    for pattern in patterns:
        matches = sorted(folder.glob(pattern))
        if not matches:
            raise IncompleteQtError(f"PySide6 is incomplete: it has no {pattern}")
        found += matches
    return found


def look(ldd: str, files: Sequence[Path]) -> Missing:
    """Ask the dynamic loader what the files, and all they load, lack on this system."""
    done = subprocess.run(  # noqa: S603 - `ldd` comes from PATH, the files from our own .venv
        [ldd, *map(str, files)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "LC_ALL": "C"},
        text=True,
        check=False,  # `ldd` exits 1 when a library is too old; its output says which
    )
    return parse(done.stdout)


def wanted(environ: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the patterns that must work here, and those that are good to have.

    X11 is good to have without a display too: there may be one next time.
    """
    if environ.get("WAYLAND_DISPLAY"):
        return (*ALWAYS, *WAYLAND), X11
    if environ.get("DISPLAY"):
        return (*ALWAYS, *X11), ()
    return ALWAYS, X11


def has_font(folders: Iterable[str | Path] = FONT_FOLDERS) -> bool:
    """Say whether there is any font: without one, every text is drawn as nothing."""
    for folder in folders:
        for _, _, names in os.walk(Path(folder).expanduser()):
            if any(Path(name).suffix.lower() in FONT_SUFFIXES for name in names):
                return True
    return False


class Survey:
    """One look at this system; `must` and `nice` say what it lacks.

    Args:
        ldd: path of the `ldd` to ask.
        folder: PySide6's folder.
        environ: environment, for the display in use.
    """

    def __init__(self, ldd: str, folder: Path, environ: Mapping[str, str]) -> None:
        needed, optional = wanted(environ)
        self.must = look(ldd, objects(folder, needed))
        self.nice = look(ldd, objects(folder, optional)) if optional else Missing()
        self.font = has_font()

    @property
    def complete(self) -> bool:
        """Nothing at all is missing."""
        return self.font and (self.must | self.nice) == Missing()

    @property
    def usable(self) -> bool:
        """The program can start."""
        return self.must == Missing()

    @property
    def wishes(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """Sonames and packages that would complete it."""
        return (self.must | self.nice).sonames, () if self.font else ("fonts-dejavu-core",)

    def report(self, console: Console) -> None:
        """Name what is missing, a line for each kind."""
        extra = self.nice.sonames - self.must.sonames
        if self.must.sonames:
            console.say("Qt needs libraries that are not here: " + " ".join(sorted(self.must.sonames)))
        if self.must.too_old:
            console.say("This system is too old for this Qt: " + ", ".join(sorted(self.must.too_old)))
        if extra:
            console.say("A window on an X11 display would also need: " + " ".join(sorted(extra)))
        if not self.font:
            console.say("There is no font: install one, such as DejaVu, or text stays invisible.")


def main() -> int:
    """Look, install what may be installed, look again.

    Returns:
        0 if the program can start, else 1.
    """
    console = Console(sys.stderr)
    ldd, spec = which("ldd"), find_spec("PySide6")
    if sys.platform != "linux" or spec is None or not spec.submodule_search_locations:
        return 0
    if ldd is None:
        console.say("There is no `ldd` here, so Qt's libraries were not looked for.")
        return 0
    folder = Path(spec.submodule_search_locations[0])
    survey = Survey(ldd, folder, os.environ)
    if survey.complete:
        return 0
    apt = Apt.of_this_system(console)
    if apt is not None and apt.may_install and apt.install(*survey.wishes):
        survey = Survey(ldd, folder, os.environ)
    survey.report(console)
    if apt is not None and not apt.may_install:
        apt.ask_for(*survey.wishes)
    return 0 if survey.usable else 1


if __name__ == "__main__":
    raise SystemExit(main())
