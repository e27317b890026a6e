"""Find and read the files of the top-level `resources/` folder.

A wheel carries that folder inside the package; a checkout and an editable
install leave it beside the package. No other module knows the difference.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


class AssetMissingError(RuntimeError):
    """A bundled file is neither in the package nor beside it: the build is broken."""


@cache
def root() -> Path:
    """Return the folder that holds the resources: the installed copy, else the checkout's."""
    for candidate in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if candidate.is_dir():
            return candidate
    raise AssetMissingError("resources/ is missing: the package was built without it")


def path(name: str) -> Path:
    """Return the file of one resource.

    Args:
        name: POSIX path below `resources/`, such as `graphql/users.graphql`.

    Raises:
        ValueError: `name` would leave the folder.
        AssetMissingError: there is no such file.
    """
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or "\\" in name:
        raise ValueError(f"not a resource name: {name!r}")
    found = root().joinpath(*parts)
    if not found.exists():
        raise AssetMissingError(f"resources/{name} is missing")
    return found


def read_text(name: str) -> str:
    """Return the text of one resource; arguments and errors as for `path`."""
    return path(name).read_text(encoding="utf-8")
