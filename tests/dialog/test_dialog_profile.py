"""One attempt's cookies and storage are gone with it; the guard lets nothing leave this computer."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWebEngineCore import QWebEngineProfile, QWebEngineSettings
from PySide6.QtWidgets import QApplication

from tests.conftest import PageServer
from tests.dialog.conftest import MakeBench
from tests.dialog.dialog_bench import OPENER_ORIGIN, DialogBench, DialogRun, drain, html, sentinel, serve
from tray_auth_desktop.dialog.profile import AttemptProfile

pytestmark = pytest.mark.webengine

STORE = (
    "document.cookie = 'who=first; max-age=9000'; localStorage.who = 'first'; sessionStorage.who = 'first';"
)
READ = "[document.cookie, String(localStorage.who), String(sessionStorage.who)].join(' ')"


def test_profile_is_off_the_record(qapp: QApplication) -> None:
    profile = AttemptProfile(OPENER_ORIGIN, qapp)
    assert profile.engine.isOffTheRecord()
    assert (
        profile.engine.persistentCookiesPolicy()
        is QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies
    )
    assert profile.engine.httpCacheType() is QWebEngineProfile.HttpCacheType.MemoryHttpCache
    profile.deleteLater()
    drain()


@pytest.mark.parametrize(
    "attribute",
    ["FullScreenSupportEnabled", "PluginsEnabled", "LocalContentCanAccessFileUrls", "AutoLoadIconsForPage"],
)
def test_what_pages_need_not_have_is_off(qapp: QApplication, attribute: str) -> None:
    profile = AttemptProfile(OPENER_ORIGIN, qapp)
    assert not profile.engine.settings().testAttribute(QWebEngineSettings.WebAttribute[attribute])
    profile.deleteLater()
    drain()


def test_nothing_of_one_dialog_is_seen_by_the_next(bench: DialogBench, pages: PageServer) -> None:
    url = serve(pages, "/d", html(""))
    first = bench.open(url)
    first.wait_for_load()
    first.evaluate(STORE + "1")
    assert first.evaluate(READ) == "who=first first first"
    second = bench.open(url)
    second.wait_for_load()
    assert second.evaluate(READ) == " undefined undefined"


def test_windows_of_a_dialog_share_its_cookies(bench: DialogBench, pages: PageServer) -> None:
    url = serve(pages, "/w", html(""))
    run = bench.open(serve(pages, "/d", html(f"{STORE} window.open('{url}')")))
    run.wait_until(lambda: bool(run.dialog.popup_pages()))
    popup = run.dialog.popup_pages()[0]
    run.wait_until(lambda: run.evaluate("location.pathname + document.readyState", popup) == "/wcomplete")
    assert run.evaluate("document.cookie", popup) == "who=first"


def test_nothing_asks_for_icons(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html(f"onload = () => setTimeout(() => {{ {sentinel()} }}, 100)")))
    run.wait_for_sentinel()
    assert pages.requested == ["/d"]


def test_nothing_of_a_dialog_is_on_disk(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html(STORE)))
    run.wait_for_load()
    assert run.evaluate(READ) == "who=first first first"
    profile = run.page().profile()
    folders = [Path(name) for name in (profile.persistentStoragePath(), profile.cachePath()) if name]
    assert [file for folder in folders for file in folder.rglob("*") if file.is_file()] == []


def refused(run: DialogRun) -> list[str]:
    start = "Refused, because the sandbox is off and this is not on this computer: "
    return [text.removeprefix(start) for text in run.texts if text.startswith(start)]


def test_guard_refuses_a_dialog_of_the_network(make_bench: MakeBench) -> None:
    run = make_bench(only_loopback=True).open("https://dialog.invalid/d?code=secret")
    run.wait_until(lambda: bool(run.failures))
    assert refused(run) == ["https://dialog.invalid/d?…"]
    assert run.loads == 0


@pytest.mark.parametrize(
    ("script", "address"),
    [
        ("new Image().src = 'https://dialog.invalid/i.png'", "https://dialog.invalid/i.png"),
        ("fetch('http://dialog.invalid/f').catch(() => 0)", "http://dialog.invalid/f"),
        ("new WebSocket('wss://dialog.invalid/s')", "wss:•••"),
        ("navigator.sendBeacon('https://dialog.invalid/b', 'x')", "https://dialog.invalid/b"),
        ("fetch('http://127.0.0.1.dialog.invalid/').catch(() => 0)", "http://127.0.0.1.dialog.invalid/"),
    ],
)
def test_guard_refuses_what_a_page_asks_of_the_network(
    make_bench: MakeBench, pages: PageServer, script: str, address: str
) -> None:
    run = make_bench(only_loopback=True).open(serve(pages, "/d", html(script)))
    run.wait_until(lambda: refused(run) == [address])
    run.wait_for_load()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_guard_lets_this_computer_through(make_bench: MakeBench, pages: PageServer, host: str) -> None:
    inside = (
        f"fetch('/blank').then(() => {{ {sentinel()} }}); new WebSocket('ws://{host}:{pages.server_port}/ws')"
    )
    serve(pages, "/d", html(inside, "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"))
    run = make_bench(only_loopback=True).open(f"http://{host}:{pages.server_port}/d")
    run.wait_for_sentinel()
    run.wait_until(lambda: "/ws" in pages.requested)
    assert refused(run) == []


def test_without_the_guard_nothing_is_refused(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html("new Image().src = 'https://dialog.invalid/i.png'")))
    run.wait_for_load()
    assert refused(run) == []
