"""The stand-in shares nothing with the program it stands in for, and its core knows no HTTP."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tray_auth_desktop import assets, standin
from tray_auth_desktop.standin.state.catalogue import load_catalogue

PACKAGE = Path(standin.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
CORE = [module for module in MODULES if module.parent.name == "state"]
OWN = "tray_auth_desktop.standin"
# The libraries of the core; everything else it imports comes with Python.
CORE_LIBRARIES = {"msgspec"}


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            yield from (
                (f"{base}.{alias.name}" for alias in node.names) if base == "tray_auth_desktop" else [base]
            )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_it_imports_of_the_program_only_how_files_are_found(module: Path) -> None:
    ours = {name for name in imports(module) if name.startswith("tray_auth_desktop")}
    assert {n for n in ours if not n.startswith(OWN)} <= {"tray_auth_desktop.assets"}
    assert not any(name.startswith(("PySide6", "httpx")) for name in imports(module))


@pytest.mark.parametrize("module", CORE, ids=lambda path: path.stem)
def test_the_core_knows_no_http(module: Path) -> None:
    foreign = {name.partition(".")[0] for name in imports(module)}
    assert not foreign & {
        "starlette",
        "uvicorn",
        "graphql",
        "jinja2",
        "h11",
        "socket",
        "threading",
        "asyncio",
    }
    assert not any(name.startswith((f"{OWN}.web", f"{OWN}.listeners")) for name in imports(module))


def test_there_are_modules_to_check() -> None:
    assert len(CORE) > 10
    assert len(MODULES) > 25


@pytest.mark.parametrize("template", sorted(p.name for p in assets.path("standin/templates").glob("*.html")))
def test_templates_hold_no_script_and_no_style(template: str) -> None:
    text = assets.read_text(f"standin/templates/{template}")
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\son[a-z]+=|\sstyle=|javascript:", text)


def test_the_documentation_lists_every_seeded_service() -> None:
    text = (assets.root().parent / "docs" / "standin.md").read_text(encoding="utf-8")
    for service in load_catalogue().services:
        assert service.id in text
        assert all(environment.id in text for environment in service.environments)
