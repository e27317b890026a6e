"""A web application of an integrator, the stand-in it works against, and a person at a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from tests.integrator.browsing import Browser
from tests.integrator.chromium import person_at, running_chromium
from tests.integrator.qt_browser import QtBrowser
from tests.integrator.sample_app.server import sample_app
from tests.integrator.sample_app.tray import Tray
from tests.sizes import IS_FULL
from tray_auth_desktop.standin import StandIn
from tray_auth_desktop.standin.listeners import Listeners, bind

QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
EXTERNAL_USER_ID = "ext-1005"  # Mei Tanaka, who has nothing yet


@dataclass(frozen=True)
class Integration:
    """An application, and what it works against."""

    stand_in: StandIn
    tray: Tray
    origin: str


@pytest.fixture
def stand_in(request: pytest.FixtureRequest) -> Iterator[StandIn]:
    """A stand-in, with the options that a test gives by `indirect`."""
    with StandIn(**getattr(request, "param", {})) as running:
        yield running


@pytest.fixture
def page_headers(request: pytest.FixtureRequest) -> dict[str, str]:
    """What the application's page is sent with, beside its policy; a test gives it by `indirect`."""
    headers: dict[str, str] = getattr(request, "param", {})
    return headers


@pytest.fixture
def integration(stand_in: StandIn, page_headers: dict[str, str]) -> Iterator[Integration]:
    tray = Tray(stand_in.environment(), EXTERNAL_USER_ID)
    bound = bind(0)
    # Another site than the dialog's, which is at an address.
    origin = f"http://localhost:{bound.getsockname()[1]}"
    server = Listeners([(sample_app(tray, page_headers), bound)])
    server.start()
    yield Integration(stand_in, tray, origin)
    server.stop()
    tray.close()


#: What the sample application does in Chromium at any size; the rest is tried in Qt's engine then.
IN_CHROMIUM = ("test_the_dialog_sends_the_person_to_a_third_party",)


@pytest.fixture(scope="module")  # while it is there, this thread has a running event loop
def chromium() -> Iterator[Any]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture(params=["qt", "chromium"])
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Qt's web engine everywhere, Chromium where it is installed."""
    if request.param == "chromium":
        if not IS_FULL and request.function.__name__ not in IN_CHROMIUM:
            pytest.skip("in Chromium only at full size: TRAY_TEST_FULL=1")
        with person_at(request.getfixturevalue("chromium")) as person:
            yield person
        return
    qt = QtBrowser(request.getfixturevalue("qtbot"))
    yield qt
    qt.end()
