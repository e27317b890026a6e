"""What the timeline is told of real pages: each fact with the window it is from."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Page, PageServer
from tests.dialog.dialog_bench import DialogBench, DialogRun, click_until, html, on_click, post, serve
from tray_auth_desktop.core.timeline import EventKind, Observation

pytestmark = pytest.mark.webengine


def told(run: DialogRun, kind: EventKind, **wanted: Any) -> list[Observation]:
    """Return what was told of a kind, with these details."""
    return [
        seen
        for seen in run.observations
        if seen.kind is kind and all(seen.details.get(name) == value for name, value in wanted.items())
    ]


def test_a_page_is_told_with_its_address_and_its_status(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/dialog", html("")) + "?code=secret-value")
    run.wait_for_load()
    address = f"{pages.origin}/dialog?…"
    loading, answered, loaded = told(run, EventKind.NAVIGATION, window="dialog", url=address)
    assert (loading.text, loaded.text) == (f"Loading {address}", f"Loaded {address}")
    assert (answered.text, answered.details["status"]) == (f"HTTP 200 {address}", 200)


def test_the_status_is_told_of_a_page_that_closes_itself_at_once(
    bench: DialogBench, pages: PageServer
) -> None:
    run = bench.open(serve(pages, "/dialog", html(post() + "close();"), status=202))
    run.wait_for_finish()
    run.wait_until(lambda: bool(told(run, EventKind.NAVIGATION, status=202)))


def test_an_error_page_has_its_status_once_and_as_a_problem(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/dialog", html(""), status=503))
    run.wait_until(lambda: bool(run.failures))
    problems = [seen for seen in told(run, EventKind.NAVIGATION, status=503) if seen.is_problem]
    assert [seen.details["url"] for seen in problems] == [f"{pages.origin}/dialog"]


def test_each_redirect_is_told(bench: DialogBench, pages: PageServer) -> None:
    pages.pages["/dialog"] = Page(status=302, headers={"Location": "/second?token=secret-value"})
    pages.pages["/second"] = Page(status=302, headers={"Location": "/third"})
    serve(pages, "/third", html(""))
    run = bench.open(f"{pages.origin}/dialog")
    run.wait_for_load()
    redirects = [seen.text for seen in run.observations if seen.text.startswith("Redirected")]
    assert redirects == [f"Redirected to {pages.origin}/second?…", f"Redirected to {pages.origin}/third"]
    assert told(run, EventKind.NAVIGATION, status=200)[0].details["url"] == f"{pages.origin}/third"


def test_windows_are_told_apart(bench: DialogBench, pages: PageServer) -> None:
    serve(pages, "/inner", html("console.error('inner')"))
    serve(pages, "/middle", html("window.open('/inner'); console.warn('middle')"))
    run = bench.open(serve(pages, "/dialog", html("window.open('/middle'); console.log('outer')")))
    run.wait_until(lambda: len(told(run, EventKind.CONSOLE)) == 3)
    lines = {
        (seen.text, seen.details["window"], seen.details["level"]) for seen in told(run, EventKind.CONSOLE)
    }
    assert lines == {
        ("outer", "dialog", "info"),
        ("middle", "window 1", "warning"),
        ("inner", "window 1.1", "error"),
    }


def test_a_permission_is_told_with_who_asked(bench: DialogBench, pages: PageServer) -> None:
    ask = on_click("navigator.geolocation.getCurrentPosition(() => 0, () => 0)")
    run = bench.open(serve(pages, "/dialog", html(ask)))
    click_until(run, lambda: bool(told(run, EventKind.SECURITY)))
    (refused,) = told(run, EventKind.SECURITY)
    assert refused.details == {
        "window": "dialog",
        "permission": "Geolocation",
        "origin": pages.origin,
        "decision": "refused",
    }


def test_what_runs_the_page_is_told_once(bench: DialogBench, pages: PageServer) -> None:
    serve(pages, "/second", html(""))
    run = bench.open(serve(pages, "/dialog", html("location = '/second'")))
    run.wait_until(lambda: f"Loaded {pages.origin}/second" in run.texts)
    (engine,) = told(run, EventKind.ENGINE)
    assert set(engine.details) == {"program", "qt", "webengine", "chromium", "chromium_security_patch"}
    assert all(engine.details.values())


@pytest.mark.parametrize(("script", "closed_by"), [("close();", "page"), ("", "program")])
def test_who_closes_the_window_after_a_finish_is_told(
    bench: DialogBench, pages: PageServer, script: str, closed_by: str
) -> None:
    run = bench.make()
    run.dialog.message_received.connect(run.dialog.close_windows)  # as the attempt does after a finish
    run.open(serve(pages, "/dialog", html(post() + script)))
    run.wait_until(lambda: bool(told(run, EventKind.POPUP)))
    assert [seen.details["closed_by"] for seen in told(run, EventKind.POPUP)] == [closed_by]
