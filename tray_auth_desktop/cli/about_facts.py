"""Versions, paths and the vault: what a report of a problem needs. Nothing secret is in it."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from tray_auth_desktop import __version__, app
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.gui.window_state import FILE_NAME

_ENGINE = "PySide6.QtWebEngineCore"
_ASK = (
    "import json; from tray_auth_desktop.dialog.versions import engine_versions; "
    "print(json.dumps(engine_versions()))"
)
_LIMIT_S = 30.0
_UNKNOWN = ("unknown", "unknown", "unknown")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing worth knowing.

    Attributes:
        key: Its name in the answer of `about --json`; stable.
        label: Its name for people.
        value: What it is.
        note: What is said of it to people.
    """

    key: str
    label: str
    value: str
    note: str = ""

    @property
    def text(self) -> str:
        """The value and what is said of it."""
        return f"{self.value} ({self.note})" if self.note else self.value


def all_facts(configuration: Configuration) -> tuple[Fact, ...]:
    """Look everything up. Slow, for worker threads: the vault and the web engine may have to be loaded."""
    from PySide6.QtCore import qVersion

    engine, chromium, security = engine_versions()
    return (
        Fact("version", "Tray Auth Desktop", __version__),
        Fact("python", "Python", platform.python_version(), platform.python_implementation()),
        Fact("pyside", "PySide6", _pyside_version()),
        Fact("qt", "Qt", qVersion()),
        Fact("webengine", "Qt WebEngine", engine),
        Fact("chromium", "Chromium", chromium),
        Fact("chromium_security_patch", "Chromium security patches up to", security),
        Fact("platform", "Platform", platform.platform()),
        Fact("executable", "Python runs from", sys.executable),
        Fact("program", "Program is in", str(Path(app.__file__).parent)),
        *_paths(configuration),
        Fact("vault", "Vault", _vault()),
    )


def _pyside_version() -> str:
    try:
        return metadata.version("PySide6-Addons")
    except metadata.PackageNotFoundError:
        return "unknown"


def _paths(configuration: Configuration) -> tuple[Fact, ...]:
    book = configuration.book_path
    return (
        _path("config_file", "Workspaces and settings", book),
        _path("window_file", "State of the window", book.with_name(FILE_NAME)),
        _path("journal", "Journal", app.data_folder(configuration) / app.JOURNAL_NAME),
        Fact("log", "Log", "standard error", f"from level {configuration.log_level} on; no file is kept"),
    )


def _path(key: str, label: str, path: Path) -> Fact:
    return Fact(key, label, str(path.absolute()), "" if path.exists() else "not there yet")


def _vault() -> str:
    from tray_auth_desktop.workspaces.vault import Vault

    return Vault().describe()


def engine_versions() -> tuple[str, str, str]:
    """Return the versions of Qt WebEngine, Chromium and its security patches.

    While the window runs and has not loaded the engine, another process is asked: the engine's
    libraries must be loaded by Qt's thread, and that would hold the window up.
    """
    from PySide6.QtCore import QCoreApplication

    if _ENGINE in sys.modules or QCoreApplication.instance() is None:
        from tray_auth_desktop.dialog.versions import engine_versions as versions

        return versions()
    try:
        asked = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-c", _ASK], capture_output=True, text=True, timeout=_LIMIT_S, check=True
        )
        engine, chromium, security = json.loads(asked.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return _UNKNOWN
    return str(engine), str(chromium), str(security)
