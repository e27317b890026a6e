"""The names other programs rely on: which they are, what they are, and what it costs to have them."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

import tray_auth_desktop
from tray_auth_desktop import errors

ROOT = Path(__file__).resolve().parents[2]
NAMES = {
    "AuthDialog": "tray_auth_desktop.embedding.auth_dialog",
    "DialogRequest": "tray_auth_desktop.core.dialog_url",
    "DialogKind": "tray_auth_desktop.core.dialog_url",
    "Outcome": "tray_auth_desktop.core.attempt",
    "OutcomeKind": "tray_auth_desktop.core.attempt",
    "Via": "tray_auth_desktop.core.attempt",
    "Workspace": "tray_auth_desktop.core.workspace",
    "Hosts": "tray_auth_desktop.core.workspace",
    "Region": "tray_auth_desktop.core.workspace",
    "Authentication": "tray_auth_desktop.core.models",
    "TrayClient": "tray_auth_desktop.api.client",
    "Secret": "tray_auth_desktop.secrets",
    "ExitCode": "tray_auth_desktop.errors",
    "TrayAuthError": "tray_auth_desktop.errors",
    "UsageError": "tray_auth_desktop.errors",
    "MissingTokenError": "tray_auth_desktop.errors",
    "ApiError": "tray_auth_desktop.errors",
    "UnauthorizedError": "tray_auth_desktop.errors",
    "ForbiddenError": "tray_auth_desktop.errors",
    "RateLimitedError": "tray_auth_desktop.errors",
    "GraphQLError": "tray_auth_desktop.errors",
    "HttpStatusError": "tray_auth_desktop.errors",
    "UnreadableReplyError": "tray_auth_desktop.errors",
    "NetworkError": "tray_auth_desktop.errors",
    "ApiTimeoutError": "tray_auth_desktop.errors",
    "EngineError": "tray_auth_desktop.errors",
    "JournalError": "tray_auth_desktop.errors",
}


def test_the_public_names_are_these_and_no_others() -> None:
    assert set(tray_auth_desktop.__all__) == {*NAMES, "__version__"}
    assert len(tray_auth_desktop.__all__) == len(NAMES) + 1
    assert set(dir(tray_auth_desktop)) >= set(NAMES)
    for name, home in NAMES.items():
        found = getattr(tray_auth_desktop, name)
        assert (found.__name__, found.__module__) == (name, home)
    assert tray_auth_desktop.__version__.count(".") == 2


def test_every_error_of_the_table_is_public() -> None:
    found = {
        name
        for name, value in vars(errors).items()
        if inspect.isclass(value) and issubclass(value, errors.TrayAuthError)
    }
    assert found <= set(tray_auth_desktop.__all__)


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nonsense'"):
        _ = tray_auth_desktop.Nonsense
    assert not hasattr(tray_auth_desktop, "_HOME")


def test_types_are_delivered_with_the_package() -> None:
    assert (ROOT / "tray_auth_desktop" / "py.typed").exists()


def test_the_signature_of_the_dialog() -> None:
    expected = [
        "request", "workspace", "client", "authorization_code", "authentications", "journal_path",
        "timeout_s", "proxy_password", "parent",
    ]  # fmt: skip
    for function in (tray_auth_desktop.AuthDialog, tray_auth_desktop.AuthDialog.run):
        assert list(inspect.signature(function).parameters) == expected


def _loaded_by(statement: str) -> set[str]:
    script = f"import sys\n{statement}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stdout.split())


@pytest.mark.parametrize(
    ("names", "not_loaded"),
    [
        ("", {"PySide6", "httpx", "msgspec", "sqlite3", "click"}),
        (
            "DialogRequest, Workspace, Outcome, Secret, TrayAuthError",
            {"PySide6", "httpx", "msgspec", "sqlite3"},
        ),
        ("TrayClient", {"PySide6", "sqlite3", "click"}),
        ("AuthDialog", {"httpx", "msgspec", "click", "starlette"}),
    ],
)
def test_a_name_loads_what_it_needs_and_no_more(names: str, not_loaded: set[str]) -> None:
    statement = f"from tray_auth_desktop import {names}" if names else "import tray_auth_desktop"
    loaded = _loaded_by(statement)
    assert "tray_auth_desktop" in loaded
    assert loaded & not_loaded == set()


def test_the_package_alone_loads_nothing_that_takes_time() -> None:
    assert _loaded_by("import tray_auth_desktop") - _loaded_by("") <= {
        "tray_auth_desktop",
        "importlib",
        "warnings",
    }


def test_the_dialog_does_not_load_the_web_engine_before_it_is_opened() -> None:
    statement = (
        "from tray_auth_desktop import AuthDialog\n"
        "assert not [name for name in sys.modules if 'WebEngine' in name]"
    )
    assert "PySide6" in _loaded_by(statement)


def test_without_an_application_it_is_refused_instead_of_aborting() -> None:
    statement = (
        "from tray_auth_desktop import *\n"
        "place = Workspace('A', Hosts.for_region(Region.US), 'a', 'https://app.example')\n"
        "try:\n    AuthDialog(DialogRequest('u', 's', 'e'), workspace=place, authorization_code=str)\n"
        "except UsageError as error:\n    assert 'QApplication' in error.explanation\n"
        "else:\n    raise SystemExit(1)"
    )
    assert "PySide6" in _loaded_by(statement)


def test_every_public_name_is_documented() -> None:
    text = (ROOT / "docs" / "embedding.md").read_text("utf-8")
    assert [name for name in tray_auth_desktop.__all__ if f"`{name}`" not in text] == []
