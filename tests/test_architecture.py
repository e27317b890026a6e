"""The code keeps to the floors of docs/architecture.md: checked on the import statements themselves."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.floors import (
    CORE_NEEDS,
    FLOORS,
    FOUNDATION,
    HEAVY,
    LIBRARIES,
    MAY_IMPORT,
    PACKAGE,
    QT,
    ROOT,
    imported,
    modules_of,
    named,
    target_of,
    top_of,
    tree_of,
    within,
)

every_floor = pytest.mark.parametrize("floor", FLOORS)


def test_each_module_stands_on_a_floor_that_is_in_the_table() -> None:
    assert set(FLOORS) - FOUNDATION <= set(MAY_IMPORT)
    assert set(FLOORS) >= FOUNDATION | {"core", "journal", "dialog", "onboarding", "gui", "cli", "app"}


def _may_know(floor: str) -> set[str]:
    """Return all of the package that a floor may import."""
    if floor == "standin":
        return {"assets", floor}
    return FOUNDATION | {floor} | MAY_IMPORT.get(floor, set())


@every_floor
def test_a_floor_imports_only_what_it_may_know(floor: str) -> None:
    allowed = _may_know(floor) | {"", "__version__"}
    assert [
        f"{where} imports {name}" for where, name in within(floor) if target_of(name) not in allowed
    ] == []


@every_floor
def test_a_floor_imports_only_the_parts_of_qt_that_it_may_have(floor: str) -> None:
    allowed = {f"PySide6.{part}" for part in QT.get(floor, ())}
    others = ("PySide6", "PyQt5", "PyQt6", "PySide2", "shiboken6", "qtpy")
    assert [
        f"{where} imports {name}"
        for where, name in within(floor)
        if top_of(name) in others and ".".join(name.split(".")[:2]) not in allowed
    ] == []


@every_floor
def test_a_library_is_imported_on_its_own_floor_only(floor: str) -> None:
    assert [
        f"{where} imports {name}"
        for where, name in within(floor)
        if floor not in LIBRARIES.get(top_of(name), {floor})
    ] == []


@every_floor
def test_what_is_heavy_is_imported_when_it_is_needed(floor: str) -> None:
    others = set(HEAVY) - {floor}
    assert [
        f"{where} imports {name} at its top"
        for where, name in within(floor, at_top=True)
        if target_of(name) in others
    ] == []


@every_floor
def test_nothing_is_imported_with_a_star(floor: str) -> None:
    assert [f"{where} imports {name}" for where, name in within(floor) if name.endswith(".*")] == []


def test_core_has_no_input_no_output_and_no_clock() -> None:
    needed = tuple(f"{name}." for name in CORE_NEEDS)
    assert [
        f"{where} imports {name}"
        for where, name in within("core")
        if not f"{name}.".startswith((f"{PACKAGE}.", *needed))
        or target_of(name) in ("assets", "logs", "settings")
    ] == []
    calls = [
        (path, ast.unparse(node.func))
        for path in modules_of("core")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
    ]
    forbidden = ("open", "print", "input", "eval", "exec", "__import__")
    assert [f"{named(path)} calls {called}" for path, called in calls if called in forbidden] == []


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
        for path in modules_of(floor)
        if path.stem != "__main__"
    ]
    blocked = "sys.modules['PySide6'] = sys.modules['shiboken6'] = None"
    loaded = _loaded_by(f"{blocked}\nimport {', '.join(names)}")
    assert PACKAGE in loaded
