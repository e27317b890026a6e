"""What every test shares: no display, no sandbox as root, and a server of pages made for the test."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.serving import LocalServer, running
from tests.sizes import IS_FULL, shorten, slow_first
from tray_auth_desktop import secrets

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Neither the workspaces nor the vault of whoever runs the tests is any of their business.
os.environ["TRAY_CONFIG_DIR"] = str(Path(tempfile.gettempdir()) / "tray-auth-desktop-tests-without-config")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

# On a busy machine one example can take long for no reason of its own.
_FEW_FIT = [HealthCheck.filter_too_much, HealthCheck.too_slow]
settings.register_profile(
    "suite", deadline=None, max_examples=100 if IS_FULL else 20, suppress_health_check=_FEW_FIT
)
settings.load_profile("suite")
# Python's collector would destroy what a test left behind in the middle of a later one, where a call of
# Qt's may hold the lock that the destruction waits for: the run stands still for ever.
gc.disable()


@dataclass
class Page:
    """What the server answers for one path."""

    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


class PageServer(LocalServer):
    """Serves the pages a test puts into `pages`, by path; remembers what was asked for."""

    def __init__(self) -> None:
        super().__init__(_PageHandler)
        self.pages: dict[str, Page] = {}
        self.requested: list[str] = []
        self.languages: list[str] = []
        self.client_hints: list[str] = []


class _PageHandler(BaseHTTPRequestHandler):
    server: PageServer

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.requested.append(self.path)
        self.server.languages.append(self.headers["Accept-Language"] or "")
        self.server.client_hints.append(self.headers["Sec-CH-UA"] or "")
        page = self.server.pages.get(path)
        if page is None:
            page = Page("<!doctype html><title>blank</title>", status=200 if path == "/blank" else 404)
        self.send_response(page.status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        for name, value in page.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page.body.encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.hookimpl(tryfirst=True)  # before a choice of names is made among them
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not run on every change, unless single tests were asked for."""
    if not IS_FULL and not any("::" in argument for argument in config.args):
        shorten(items)
    workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
    if workers > 1:
        items[:] = slow_first(items, workers)


def pytest_collection_finish() -> None:
    """What there is before the first test stays to the end: no later collection needs to look at it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_known_secrets() -> Iterator[None]:
    """What one test holds as a secret is masked in no other."""
    yield
    secrets.forget(tuple(secrets._known))


@pytest.fixture(autouse=True)
def _collected_after_a_test() -> Iterator[None]:
    """What a test made and dropped is destroyed after it, outside of any call of Qt's."""
    yield
    gc.disable()
    gc.collect(0)


@pytest.fixture(autouse=True, scope="module")
def _collected_after_a_module() -> Iterator[None]:
    """So is what the fixtures of a module kept."""
    yield
    gc.collect()


@pytest.fixture
def python_collects() -> Iterator[None]:
    """Python's collector runs when it likes, as in a program, and nothing is put aside."""
    gc.unfreeze()
    gc.enable()
    yield
    gc.disable()
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def page_server_class() -> type[PageServer]:
    return PageServer


@pytest.fixture
def pages() -> Iterator[PageServer]:
    server = PageServer()
    with running(server):
        yield server
