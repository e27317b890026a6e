"""The floors of docs/architecture.md as data, and a reader of the imports that must keep to them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = "tray_auth_desktop"
ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / PACKAGE).rglob("*.py"))

#: Importable by every floor but the stand-in; of the package they import only each other.
FOUNDATION = {"assets", "errors", "logs", "masking", "redaction", "secrets", "settings", "time_zones"}

#: What each floor may import of the package, beside itself and the foundation.
MAY_IMPORT = {
    "core": set[str](),
    "api": {"core"},
    "journal": {"core"},
    "dialog": {"core"},
    "onboarding": {"core", "journal"},
    "gui": {"core", "onboarding", "report", "workspaces"},
    "report": {"core", "onboarding"},
    "standin": set[str](),
    "workspaces": {"core"},
    "configuration": {"core", "workspaces"},
    "stand_in_process": {"core"},
    "account": {"api", "configuration", "core", "stand_in_process", "workspaces"},
    "app": {
        "account",
        "api",
        "configuration",
        "core",
        "dialog",
        "journal",
        "onboarding",
        "stand_in_process",
        "workspaces",
    },
    "lookup": {"api", "core"},
    "qa": {
        "api",
        "app",
        "configuration",
        "core",
        "dialog",
        "journal",
        "lookup",
        "onboarding",
        "report",
        "standin",
    },
    "cli": {
        "api",
        "app",
        "configuration",
        "core",
        "dialog",
        "gui",
        "journal",
        "lookup",
        "onboarding",
        "qa",
        "report",
        "standin",
        "workspaces",
    },
    "embedding": {"api", "core", "dialog", "gui", "journal", "onboarding"},
    "__main__": {"cli"},
    "__init__": {"api", "core", "embedding"},  # named for type checkers; loaded when asked for
}

#: Which parts of Qt a floor may import; none that is not listed.
QT = {
    "dialog": {
        "QtCore",
        "QtGui",
        "QtWidgets",
        "QtNetwork",
        "QtWebChannel",
        "QtWebEngineCore",
        "QtWebEngineWidgets",
    },
    "gui": {"QtCore", "QtGui", "QtWidgets", "QtSvg", "QtSvgWidgets"},
    "onboarding": {"QtCore"},
    "app": {"QtCore"},
    "embedding": {"QtCore", "QtGui", "QtWidgets"},
    "cli": {"QtCore", "QtGui", "QtWidgets"},
    "qa": {"QtCore", "QtGui", "QtWidgets"},
}

#: All that `core` needs of the standard library: nothing that reads, writes, waits or knows the time.
CORE_NEEDS = {
    "__future__",
    "collections",
    "dataclasses",
    "enum",
    "ipaddress",
    "json",
    "re",
    "typing",
    "unicodedata",
    "urllib.parse",
}

#: Libraries that only these floors may import.
LIBRARIES = {
    "httpx": {"api"},
    "truststore": {"api"},
    "sqlite3": {"journal"},
    "click": {"cli", "standin"},
    "platformdirs": {"app", "configuration"},
    "keyring": {"workspaces"},
    "tomllib": {"qa", "workspaces"},
    "tomlkit": {"workspaces"},
    "starlette": {"standin"},
    "uvicorn": {"standin"},
    "graphql": {"standin"},
    "jinja2": {"qa", "report", "standin"},
    "msgspec": {"api", "qa", "standin"},
    "pytest": {"qa"},
}

#: What takes long to import, so that nothing but the floor it belongs to does so at its top.
HEAVY = ("dialog", "api", "standin")


def modules_of(floor: str) -> list[Path]:
    """Return the modules that stand on a floor."""
    return [path for path in MODULES if floor_of(path) == floor]


def floor_of(path: Path) -> str:
    """Return the floor a module stands on: its folder, or its own name beside the folders."""
    parts = path.relative_to(ROOT / PACKAGE).parts
    return parts[0] if len(parts) > 1 else path.stem


FLOORS = sorted({floor_of(path) for path in MODULES})


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path, *, at_top: bool = False) -> Iterator[str]:
    """Yield each dotted name that a module imports; with `at_top`, only what runs when it is imported."""
    todo: list[ast.AST] = [tree_of(path)]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif at_top and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        elif at_top and isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            todo += node.orelse
        else:
            todo += ast.iter_child_nodes(node)


def within(floor: str, *, at_top: bool = False) -> Iterator[tuple[str, str]]:
    """Yield each import of a floor's modules: the module's path, and what it imports."""
    for path in modules_of(floor):
        for name in imported(path, at_top=at_top):
            yield named(path), name


def top_of(name: str) -> str:
    """Return the distribution's part of a dotted name."""
    return name.partition(".")[0]


def target_of(name: str) -> str:
    """Return which floor of the package a dotted name is of; empty for what is not of the package."""
    parts = name.split(".")
    return parts[1] if parts[0] == PACKAGE and len(parts) > 1 else ""


def named(path: Path) -> str:
    """Return a module's path for people."""
    return path.relative_to(ROOT).as_posix()
