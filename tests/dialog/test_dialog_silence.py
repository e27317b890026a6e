"""A dialog that is over hears of no cookie any more, however many still wait to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtNetwork import QNetworkCookie

from tests.dialog.dialog_bench import OPENER_ORIGIN, drain
from tray_auth_desktop.dialog.auth_dialog import AuthDialog
from tray_auth_desktop.dialog.profile import AttemptProfile

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.webengine


def test_no_cookie_is_told_after_the_end(qapp: QApplication) -> None:
    dialog = AuthDialog(OPENER_ORIGIN, qapp)
    profile = qapp.findChildren(AttemptProfile)[-1]
    told: list[tuple[str, str]] = []
    profile.cookie_seen.connect(lambda name, value: told.append((name, value)))
    cookies = profile.engine.cookieStore()
    cookies.cookieAdded.emit(QNetworkCookie(b"session", b"first-value"))
    assert told == [("session", "first-value")] * 2

    dialog.dispose()
    cookies.cookieAdded.emit(QNetworkCookie(b"session", b"second-value"))

    assert len(told) == 2
    drain()
