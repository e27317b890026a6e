"""A proxy of the environment lets nothing through: it is named as what to look at."""

from __future__ import annotations

import pytest

from tests.hostile.faulty_tray import FaultyTray
from tests.hostile.launching import CREATE, Launcher

pytestmark = [pytest.mark.program, pytest.mark.webengine]


def test_the_proxy_of_the_environment_refuses_the_dialog(launcher: Launcher, tray: FaultyTray) -> None:
    launcher.variables |= {
        "HTTPS_PROXY": tray.origin,  # which knows no CONNECT
        "QTWEBENGINE_DISABLE_SANDBOX": "1",  # else root would not get this far
        "TRAY_DIALOG_URL": "https://dialog.tray-auth-desktop.invalid",
    }

    ended = launcher.run(*CREATE)

    assert (ended.code, ended.answer["outcome"]) == (7, "failed"), ended.err
    for words in ("dialog.tray-auth-desktop.invalid", "through the proxy", "HTTPS_PROXY"):
        assert words in ended.answer["message"]
