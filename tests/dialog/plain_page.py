"""A page that nobody put a script into, to compare ours with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile

from tests.dialog.dialog_bench import DialogRun, drain

Seen = TypeVar("Seen")


def seen_in_a_plain_page(run: DialogRun, url: str, look: Callable[[QWebEnginePage], Seen]) -> Seen:
    """Return what a look into such a page finds once it is loaded."""
    profile = QWebEngineProfile()
    page = QWebEnginePage(profile)
    loads: list[bool] = []
    page.loadFinished.connect(loads.append)
    page.load(QUrl(url))
    run.wait_until(lambda: bool(loads))
    seen = look(page)
    page.deleteLater()
    drain()
    profile.deleteLater()
    return seen
