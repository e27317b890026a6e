"""Nothing of a dialog is left when it is disposed of; warm dialogs open like any other."""

from __future__ import annotations

import os
import signal
from collections import Counter

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import PageServer
from tests.dialog.conftest import MakeBench
from tests.dialog.dialog_bench import DialogBench, DialogRun, drain, html, post, serve
from tray_auth_desktop.dialog.auth_dialog import AuthDialog
from tray_auth_desktop.dialog.opener_page import OpenerPage
from tray_auth_desktop.dialog.popup_window import PopupWindow
from tray_auth_desktop.dialog.profile import AttemptProfile

pytestmark = pytest.mark.webengine

CYCLES = 20
FINISH = post()
COOP = {"Cross-Origin-Opener-Policy": "same-origin"}


class Living:
    """Counts objects from now until Qt destroys them."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def watch(self, watched: QObject) -> None:
        """Count an object."""
        name = type(watched).__name__
        self.counts[name] += 1
        watched.destroyed.connect(lambda: self.counts.subtract([name]))

    def watch_all(self, run: DialogRun) -> None:
        """Count everything heavy that belongs to a dialog."""
        dialog = run.dialog
        openers = dialog.findChildren(QWebEnginePage)
        assert len(openers) == 1
        page = dialog.page()
        pages = [*openers, *([page] if page else []), *dialog.popup_pages()]
        profile = openers[0].profile()
        assert isinstance(profile.parent(), AttemptProfile)
        popups = [window for window in QApplication.topLevelWidgets() if isinstance(window, PopupWindow)]
        shown = {window.page: window for window in popups}
        windows = [shown[popup] for popup in dialog.popup_pages()]
        for watched in (dialog, dialog.widget(), profile, *pages, *windows):
            self.watch(watched)

    @property
    def left(self) -> dict[str, int]:
        """What still lives, by class."""
        return {name: count for name, count in self.counts.items() if count}


def dispose(run: DialogRun) -> None:
    run.dialog.close_windows()
    run.dialog.dispose()
    drain()


def test_nothing_is_left_after_many_dialogs(bench: DialogBench, pages: PageServer) -> None:
    living = Living()
    serve(pages, "/d", html(FINISH))
    for number in range(CYCLES):
        run = bench.open(f"{pages.origin}/d?{number}")
        run.wait_for_finish()
        living.watch_all(run)
        dispose(run)
        bench.forget(run)
        assert living.left == {}
    assert living.counts["PopupPage"] == 0
    assert len(living.counts) == 5


def test_nothing_is_left_of_windows_that_the_dialog_opened(bench: DialogBench, pages: PageServer) -> None:
    living = Living()
    run = bench.open(serve(pages, "/d", html("window.open('/blank', 'a'); window.open('/blank', 'b');")))
    run.wait_until(lambda: len(run.dialog.popup_pages()) == 2)
    living.watch_all(run)
    assert living.left["PopupPage"] == 3
    assert living.left["PopupWindow"] == 2
    dispose(run)
    bench.forget(run)
    assert living.left == {}


def test_nothing_is_left_of_a_window_that_was_closed(bench: DialogBench, pages: PageServer) -> None:
    living = Living()
    run = bench.open(serve(pages, "/d", html("window.open('/blank', 'a')")))
    run.wait_until(lambda: len(run.dialog.popup_pages()) == 1)
    living.watch_all(run)
    (popup,) = run.dialog.popup_pages()
    run.evaluate("window.close(); 1", popup)
    run.wait_until(lambda: run.dialog.popup_pages() == ())
    drain()
    assert "PopupWindow" not in living.left
    assert living.left["PopupPage"] == 1


@pytest.mark.parametrize(
    "moment", ["unopened", "opening", "loading", "severed", "refused windows", "closed by its page"]
)
def test_nothing_is_left_whenever_it_is_disposed_of(
    bench: DialogBench, pages: PageServer, moment: str
) -> None:
    living = Living()
    run = bench.make()
    many = "for (let i = 0; i < 20; i++) window.open('/blank', 'w' + i);"
    scripts = {
        "severed": FINISH,
        "refused windows": many + FINISH,
        "closed by its page": FINISH + "window.close()",
    }
    headers = COOP if moment == "severed" else {}
    serve(pages, "/d", html(scripts.get(moment, "")), headers=headers)
    if moment != "unopened":
        run.open(f"{pages.origin}/d")
    if moment == "loading":
        run.wait_until(lambda: run.dialog.page() is not None)
    if moment in scripts:
        run.wait_for_finish()
    living.watch_all(run)
    dispose(run)
    bench.forget(run)
    assert living.left == {}


def test_nothing_is_signalled_after_disposal(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html(f"onpagehide = () => {{ {FINISH} }}")))
    run.wait_for_load()
    seen = len(run.observations)
    run.dialog.dispose()
    drain()
    bench.forget(run)
    assert len(run.observations) == seen
    assert run.messages == []


def test_windows_can_be_closed_twice(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html("")))
    run.wait_for_load()
    run.dialog.close_windows()
    run.dialog.close_windows()
    dispose(run)
    bench.forget(run)


def test_warm_dialog_is_the_next_one_and_works(bench: DialogBench, pages: PageServer) -> None:
    bench.factory.warm_up()
    bench.factory.warm_up()
    (warm,) = bench.factory.findChildren(AuthDialog)
    run = bench.make()
    assert run.dialog is warm
    run.open(serve(pages, "/d", html(FINISH)))
    run.wait_for_finish()
    assert bench.make().dialog is not warm


def test_warm_dialog_is_let_go_with_its_factory(make_bench: MakeBench) -> None:
    living = Living()
    bench = make_bench()
    bench.factory.warm_up()
    (warm,) = bench.factory.findChildren(AttemptProfile)
    living.watch(warm)
    bench.close()
    assert living.left == {}


def test_dialog_can_be_opened_before_and_after_it_is_ready(bench: DialogBench, pages: PageServer) -> None:
    url = serve(pages, "/d", html(FINISH))
    early = bench.make()
    early.open(url)
    early.wait_for_finish()
    late = bench.make()
    ready: list[bool] = []
    late.dialog.became_ready.connect(lambda: ready.append(True))
    late.wait_until(lambda: bool(ready))
    late.open(url)
    late.wait_for_finish()


def test_a_warm_dialog_whose_process_died_is_not_the_next_one(
    bench: DialogBench, pages: PageServer, qtbot: QtBot
) -> None:
    bench.factory.warm_up()
    (warm,) = bench.factory.findChildren(AuthDialog)
    with qtbot.waitSignal(warm.became_ready):
        pass
    (opener,) = warm.findChildren(OpenerPage)
    with qtbot.waitSignal(warm.crashed):
        os.kill(opener.renderProcessPid(), signal.SIGKILL)
    run = bench.open(serve(pages, "/d", html(FINISH)))
    run.wait_for_finish()
    assert run.dialog is not warm
    assert run.crashes == []
