"""The scripts that look at a page, and axe-core, which a package of its own carries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tray_auth_desktop import assets
from tray_auth_desktop.errors import UsageError

#: Packages that carry axe-core as a file, the newer one first. The second is the one of the extra `qa`; the
#: first brings a browser's driver along, so whoever wants its newer rules installs it without dependencies.
_PACKAGES = ("axe_playwright_python", "axe_core_python")
_FILE = "axe.min.js"


def call(name: str, constants: Mapping[str, object]) -> str:
    """Return source text that runs the function in `resources/qa/{name}` with the constants."""
    function = assets.read_text(f"qa/{name}").strip().removesuffix(";")
    return f"(\n{function}\n)({json.dumps(dict(constants))});"


@cache
def axe_source() -> str:
    """Return axe-core as source text. Nothing of the package that carries it is run.

    Raises:
        UsageError: no package carries it.
    """
    for package in _PACKAGES:
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
            if (path := Path(folder) / _FILE).is_file():
                return path.read_text(encoding="utf-8")
    raise UsageError(
        "The audit looks at accessibility with axe-core, which is not installed.",
        advice="Install the package with its extra: pip install 'tray-auth-desktop[qa]'.",
    )
