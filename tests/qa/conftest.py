from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree

import pytest
from PySide6.QtWidgets import QApplication

from tests.conftest import Page, PageServer
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.qa.accounts import of_stand_in
from tray_auth_desktop.qa.dialog_session import DialogSession
from tray_auth_desktop.qa.opener import DialogOpener
from tray_auth_desktop.qa.workbench import Workbench, prepare_qt
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = "tray_auth_desktop.qa.pytest_plugin"
prepare_qt(is_visible=False)


@dataclass(frozen=True, slots=True)
class PytestRun:
    """What a run of pytest left behind."""

    code: int
    text: str
    errors: str
    folder: Path


RunPytest = Callable[..., PytestRun]
OpenPage = Callable[..., DialogSession]


@pytest.fixture
def run_pytest(tmp_path: Path) -> RunPytest:
    """Run pytest with the plugin and no others on tests given as text, in a process of its own.

    With `is_named=False`, pytest has to find the plugin by itself.
    """

    def run(
        tests: str,
        *arguments: str,
        plugins: tuple[str, ...] = (),
        is_named: bool = True,
        files: Mapping[str, str] = MappingProxyType({}),
        **variables: str | None,
    ) -> PytestRun:
        folder = tmp_path / "project"
        folder.mkdir(exist_ok=True)
        (folder / "pytest.ini").write_text("[pytest]\n")
        for name, text in {"test_dialogs.py": tests, **files}.items():
            (folder / name).write_text(text, encoding="utf-8")
        named = (PLUGIN,) if is_named else ()
        chosen = [part for name in (*named, *plugins) for part in ("-p", name)]
        command = [sys.executable, "-m", "pytest", *chosen, "--basetemp", str(tmp_path / "temp"), *arguments]
        done = subprocess.run(
            command, cwd=folder, env=environment(**variables), capture_output=True, text=True, timeout=900
        )
        return PytestRun(done.returncode, done.stdout, done.stderr, tmp_path)

    return run


def environment(**changes: str | None) -> dict[str, str]:
    """Return the environment of somebody's own test run: nothing of ours is set; None takes one away."""
    ours = ("COV_", "PYTEST_", "QT", "TRAY_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    wanted = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **changes}
    return {**kept, **{name: value for name, value in wanted.items() if value is not None}}


def junit_properties(path: Path, name: str) -> list[ElementTree.Element]:
    """Return the properties of that name in a JUnit XML file."""
    tree = ElementTree.parse(path)
    return [found for found in tree.iter("property") if found.get("name") == name]


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandIn]:
    with StandIn() as service:
        yield service


@pytest.fixture
def opener(qapp: QApplication, stand_in: StandIn, tmp_path: Path) -> Iterator[DialogOpener]:
    """Open dialogs of the stand-in, in this process."""
    yield from opened_with(of_stand_in(stand_in), tmp_path)


@pytest.fixture
def open_page(qapp: QApplication, stand_in: StandIn, pages: PageServer, tmp_path: Path) -> Iterator[OpenPage]:
    """Open dialogs whose page the test gives, on the stand-in's API."""
    configuration = Configuration(
        embedded_id=stand_in.embedded_id,
        graphql_url=stand_in.graphql_url,
        rest_url=stand_in.rest_url,
        dialog_url=pages.origin,
        master_token=Secret(stand_in.master_token),
    )
    for opener in opened_with(configuration, tmp_path):

        def open_page(body: str, **asked: Any) -> DialogSession:
            text = f"<!doctype html><meta charset=utf-8><title>A page</title>{body}"
            pages.pages[f"/external/auth/create/{stand_in.embedded_id}"] = Page(text)
            return opener("twilio", **asked)  # noqa: B023 - there is one opener

        yield open_page


def opened_with(configuration: Configuration, folder: Path) -> Iterator[DialogOpener]:
    """Yield an opener; take it down afterwards."""
    workbench = Workbench(configuration, may_use_anybody=True, is_visible=False)
    with DialogOpener(workbench, folder) as opener:
        yield opener
    workbench.close()
