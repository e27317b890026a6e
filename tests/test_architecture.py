"""The floors of docs/architecture.md as data, checked on the import statements themselves."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = "tray_auth_desktop"
ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / PACKAGE).rglob("*.py"))

#: Importable by every floor but the stand-in; of the package they import only each other.
FOUNDATION = {"assets", "errors", "logs", "redaction", "secrets", "settings", "time_zones"}

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


def floor_of(path: Path) -> str:
    """Return the floor a module stands on: its folder, or its own name beside the folders."""
    parts = path.relative_to(ROOT / PACKAGE).parts
    return parts[0] if len(parts) > 1 else path.stem


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


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


every_module = pytest.mark.parametrize("path", MODULES, ids=named)


def test_each_module_stands_on_a_floor_that_is_in_the_table() -> None:
    floors = {floor_of(path) for path in MODULES}
    assert floors - FOUNDATION <= set(MAY_IMPORT)
    assert floors >= FOUNDATION | {"core", "journal", "dialog", "onboarding", "gui", "cli", "app"}


@every_module
def test_a_module_imports_only_from_floors_that_its_own_may_know(path: Path) -> None:
    floor = floor_of(path)
    for name in imported(path):
        top, _, rest = name.partition(".")
        if top != PACKAGE:
            continue
        target = rest.partition(".")[0]
        if target in ("", "__version__", floor):
            continue
        if floor in FOUNDATION:
            assert target in FOUNDATION, f"{floor} is foundation: it imports no floor, so not {name}"
        elif floor == "standin":
            assert target == "assets", f"the stand-in is a second implementation: not {name}"
        else:
            assert target in MAY_IMPORT[floor] | FOUNDATION, f"{floor} must not import {name}"


@every_module
def test_a_module_imports_only_the_parts_of_qt_that_its_floor_may_have(path: Path) -> None:
    floor = floor_of(path)
    for name in imported(path):
        top, _, rest = name.partition(".")
        if top == "PySide6":
            part = rest.partition(".")[0]
            assert part in QT.get(floor, set()), f"{floor} must not import {name}"
        assert top not in ("PyQt5", "PyQt6", "PySide2", "shiboken6", "qtpy"), name


@every_module
def test_a_library_is_imported_on_its_own_floor_only(path: Path) -> None:
    floor = floor_of(path)
    for name in imported(path):
        top = name.partition(".")[0]
        assert floor in LIBRARIES.get(top, {floor}), f"{floor} must not import {top}"


@pytest.mark.parametrize("path", [path for path in MODULES if floor_of(path) == "core"], ids=named)
def test_core_has_no_input_no_output_and_no_clock(path: Path) -> None:
    for name in imported(path):
        if name.partition(".")[0] != PACKAGE:
            assert any(name == needed or name.startswith(f"{needed}.") for needed in CORE_NEEDS), name
        assert name.partition(".")[2].partition(".")[0] not in ("assets", "logs", "settings"), name
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    for call in calls:
        assert ast.unparse(call.func) not in ("open", "print", "input", "eval", "exec", "__import__"), named(
            path
        )


@every_module
def test_what_is_heavy_is_imported_when_it_is_needed(path: Path) -> None:
    floor = floor_of(path)
    for name in imported(path, at_top=True):
        top, _, rest = name.partition(".")
        target = rest.partition(".")[0] if top == PACKAGE else ""
        assert target not in HEAVY or target == floor, f"{named(path)} imports {name} at its top"


@every_module
def test_nothing_is_imported_with_a_star(path: Path) -> None:
    assert not [name for name in imported(path) if name.endswith(".*")]


def test_the_reader_of_imports_sees_what_it_should(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        "import a.b\n"
        "from c import d as e, f\n"
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    import g\nelse:\n    import h\n"
        "try:\n    import i\nexcept ImportError:\n    import j\n"
        "class K:\n    import l\n    def m(self):\n        import n\n"
        "async def o():\n    from p import q\n"
    )
    always = {"a.b", "c.d", "c.f", "typing.TYPE_CHECKING", "h", "i", "j", "l"}
    assert set(imported(module, at_top=True)) == always
    assert set(imported(module)) == always | {"g", "n", "p.q"}


# What an import really loads.


def _loaded_by(statement: str) -> set[str]:
    """Return the top names of all modules that a fresh interpreter has loaded after `statement`."""
    script = f"import sys\n{statement}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("COV_", "PYTHON"))
    }
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stdout.splitlines()[-1].split())


def test_importing_the_package_costs_nothing() -> None:
    loaded = _loaded_by(f"import {PACKAGE}, {PACKAGE}.__main__")
    assert PACKAGE in loaded
    assert loaded & {"PySide6", "shiboken6", "httpx", "sqlite3", "click", "msgspec", "starlette"} == set()


@pytest.mark.parametrize(
    "statement",
    [
        f"import {PACKAGE}.cli.root",
        f"from {PACKAGE}.cli import run\nassert run(['--help']) == 0",
        f"from {PACKAGE}.cli import run\nassert run(['create', '--help']) == 0",
        f"from {PACKAGE}.cli import run\nassert run(['--version']) == 0",
    ],
    ids=["import", "help", "help of a command", "version"],
)
def test_help_is_given_without_loading_what_it_does_not_need(statement: str) -> None:
    loaded = _loaded_by(statement)
    assert "click" in loaded
    assert loaded & {"PySide6", "shiboken6", "httpx", "starlette", "uvicorn", "graphql", "jinja2"} == set()


@pytest.mark.parametrize("floor", ["core", "journal", "standin", "api"])
def test_a_floor_without_qt_works_without_qt(floor: str) -> None:
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in MODULES
        if floor_of(path) == floor and path.stem != "__main__"
    ]
    blocked = "sys.modules['PySide6'] = sys.modules['shiboken6'] = None"
    loaded = _loaded_by(f"{blocked}\nimport {', '.join(names)}")
    assert PACKAGE in loaded
