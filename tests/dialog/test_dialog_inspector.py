"""The web inspector: off until it is asked for, and gone with the dialog."""

from __future__ import annotations

import pytest
from PySide6.QtWebEngineCore import QWebEngineProfile
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import PageServer
from tests.dialog.conftest import MakeBench
from tests.dialog.dialog_bench import PATIENCE_MS, DialogBench, DialogRun, drain, html, post, serve
from tray_auth_desktop.dialog.inspector import Inspector

pytestmark = pytest.mark.webengine


def inspectors() -> list[Inspector]:
    """Return those on screen."""
    shown = QApplication.topLevelWidgets()
    return [widget for widget in shown if isinstance(widget, Inspector) and widget.isVisible()]


def opened(bench: DialogBench, pages: PageServer, script: str = "") -> DialogRun:
    run = bench.open(serve(pages, "/dialog", html(script, "<p>here</p>")))
    run.wait_for_load()
    return run


def inspected(run: DialogRun, qtbot: QtBot) -> Inspector:
    run.dialog.inspect()
    (inspector,) = inspectors()
    qtbot.waitUntil(lambda: inspector.page.url().scheme() == "devtools", timeout=PATIENCE_MS)
    return inspector


def test_it_inspects_the_page_of_the_dialog(bench: DialogBench, pages: PageServer, qtbot: QtBot) -> None:
    run = opened(bench, pages)
    assert inspectors() == []
    assert run.page().devToolsPage() is None

    inspector = inspected(run, qtbot)

    assert run.page().devToolsPage() is inspector.page
    assert inspector.page.profile() is not run.page().profile()
    run.dialog.inspect()
    assert inspectors() == [inspector]


def test_it_closes_when_the_dialog_does(bench: DialogBench, pages: PageServer, qtbot: QtBot) -> None:
    run = opened(bench, pages)
    inspector = inspected(run, qtbot)
    gone: list[str] = []
    inspector.page.destroyed.connect(lambda: gone.append("page"))
    profile = inspector.findChild(QWebEngineProfile)
    assert profile is not None
    profile.destroyed.connect(lambda: gone.append("profile"))

    run.dialog.close_windows()
    drain()

    assert inspectors() == []
    assert gone == ["page", "profile"]
    assert run.page().devToolsPage() is None


def test_a_finish_is_heard_while_it_is_open(bench: DialogBench, pages: PageServer, qtbot: QtBot) -> None:
    run = opened(bench, pages, f"globalThis.end = () => {{ {post()} close(); }}")
    inspected(run, qtbot)
    run.evaluate("setTimeout(end)")
    run.wait_for_finish()
    bench.forget(run)
    run.close()
    drain()
    assert inspectors() == []


def test_it_waits_for_the_page(bench: DialogBench, pages: PageServer, qtbot: QtBot) -> None:
    run = bench.make()
    run.dialog.inspect()
    assert inspectors() == []
    run.open(serve(pages, "/dialog", html(post() + "close();")))
    run.wait_for_finish()
    (inspector,) = inspectors()
    assert run.page().devToolsPage() is inspector.page


def test_the_rules_of_a_guarded_dialog_do_not_stop_it(
    make_bench: MakeBench, pages: PageServer, qtbot: QtBot
) -> None:
    run = opened(make_bench(only_loopback=True), pages)
    inspector = inspected(run, qtbot)
    found: list[object] = []

    def ask() -> bool:
        inspector.page.runJavaScript("document.readyState", 0, found.append)
        return "complete" in found

    qtbot.waitUntil(ask, timeout=PATIENCE_MS)
    assert not [text for text in run.texts if "Refused" in text]
