"""What is tried in Chromium at any size is there, so that no test drops out of it by a new name."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.integrator.conftest import IN_CHROMIUM


def names_with_a_browser() -> set[str]:
    """Return the tests beside this one that are run in each browser."""
    modules = [
        ast.parse(path.read_text(encoding="utf-8")) for path in Path(__file__).parent.glob("test_*.py")
    ]
    return {
        one.name
        for module in modules
        for one in module.body
        if isinstance(one, ast.FunctionDef)
        and one.name.startswith("test_")
        and "browser" in [argument.arg for argument in one.args.args]
    }


def test_what_chromium_does_at_any_size_exists() -> None:
    assert set(IN_CHROMIUM) - names_with_a_browser() == set()
