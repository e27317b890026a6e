"""The files of a desktop entry: written where they differ, taken away, and told to the desktop."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tray_auth_desktop import assets
from tray_auth_desktop.cli.exec_line import Installation, exec_line, value
from tray_auth_desktop.errors import TrayAuthError

NAME = "tray-auth-desktop"
SIZES_PX = (16, 24, 32, 48, 64, 128, 256, 512)
_CACHE_LIMIT_S = 30


@dataclass
class Report:
    """What was done, or would be done, to which files."""

    desktop_file: Path
    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    removed: list[Path] = field(default_factory=list)
    caches_updated: list[str] = field(default_factory=list)


def data_home() -> Path:
    """Return the user's folder for shared data (XDG Base Directory Specification)."""
    given = Path(os.environ.get("XDG_DATA_HOME", ""))
    return given if given.is_absolute() else Path.home() / ".local" / "share"


def desktop_files(home: Path, installation: Installation) -> dict[Path, bytes]:
    """Return what belongs into which file.

    Raises:
        UsageError: the program's path cannot be written in a desktop entry.
    """
    icons = home / "icons" / "hicolor"
    files = {desktop_file(home): _entry(installation).encode()}
    files[icons / "scalable" / "apps" / f"{NAME}.svg"] = assets.path(f"icons/{NAME}.svg").read_bytes()
    for size_px in SIZES_PX:
        picture = assets.path(f"icons/program/{size_px}.png").read_bytes()
        files[icons / f"{size_px}x{size_px}" / "apps" / f"{NAME}.png"] = picture
    return files


def desktop_file(home: Path) -> Path:
    """Return where the entry itself stands."""
    return home / "applications" / f"{NAME}.desktop"


def install(home: Path, installation: Installation, *, is_dry_run: bool) -> Report:
    """Write every file that is not there as it should be.

    Raises:
        TrayAuthError: one cannot be written; says which and why.
    """
    report = Report(desktop_file(home))
    for path, data in desktop_files(home, installation).items():
        if _content(path) == data:
            report.unchanged.append(path)
            continue
        report.written.append(path)
        if not is_dry_run:
            _write(path, data)
    if report.written and not is_dry_run:
        report.caches_updated = _update_caches(home)
    return report


def uninstall(home: Path, *, is_dry_run: bool) -> Report:
    """Take away every file that `install` writes; folders stay.

    Raises:
        TrayAuthError: one cannot be deleted; says which and why.
    """
    report = Report(desktop_file(home))
    for path in desktop_files(home, Installation((f"/{NAME}",))):
        if not os.path.lexists(path):
            continue
        report.removed.append(path)
        if not is_dry_run:
            try:
                path.unlink()
            except OSError as error:
                raise _failed("deleted", path, error) from error
    if report.removed and not is_dry_run:
        report.caches_updated = _update_caches(home)
    return report


def _entry(installation: Installation) -> str:
    values = {
        "{exec}": exec_line(installation.command),
        "{program}": value(installation.command[0]),
        "{folder}": value(str(installation.folder)) if installation.folder else "",
    }
    lines = []
    for line in assets.read_text(f"desktop/{NAME}.desktop").splitlines():
        key, _, mark = line.partition("=")
        filled = values.get(mark, mark)
        if filled or not mark:
            lines.append(f"{key}={filled}" if mark else line)
    return "\n".join(lines) + "\n"


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _write(path: Path, data: bytes) -> None:
    """Replace a file as a whole: a desktop must never read half of one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _failed("written", path, error) from error


def _failed(done: str, path: Path, error: OSError) -> TrayAuthError:
    why = error.strerror or type(error).__name__
    return TrayAuthError(
        f"The file {path} could not be {done}: {why}.",
        advice="Make the folder writable, or name another with XDG_DATA_HOME, and run this again.",
    )


def _update_caches(home: Path) -> list[str]:
    """Tell the desktop, with the tools that are there; without them it notices by itself, later."""
    commands = (
        ("update-desktop-database", "-q", str(home / "applications")),
        ("gtk-update-icon-cache", "-q", "-f", "-t", str(home / "icons" / "hicolor")),
    )
    return [command[0] for command in commands if _ran(command)]


def _ran(command: tuple[str, ...]) -> bool:
    program = shutil.which(command[0])
    if program is None:
        return False
    try:
        ran = subprocess.run(  # noqa: S603 - one of the two tools above, with folders of this user
            [program, *command[1:]], capture_output=True, timeout=_CACHE_LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ran.returncode == 0
