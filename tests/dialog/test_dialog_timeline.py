"""What the timeline is told of a page's requests, and of a page that is never there in whole."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from tests.conftest import Page, PageServer
from tests.dialog.conftest import MakeBench
from tests.dialog.dialog_bench import DialogBench, DialogRun, html, post, sentinel, serve
from tests.serving import LocalServer, running
from tray_auth_desktop.core.presentation import AS_EVER, Embedding, Presentation
from tray_auth_desktop.core.timeline import EventKind, Observation
from tray_auth_desktop.dialog.failed_requests import MOST_FAILED_REQUESTS

pytestmark = pytest.mark.webengine

IFRAME = Presentation(Embedding.IFRAME)
EACH_WAY = pytest.mark.parametrize("presentation", [AS_EVER, IFRAME], ids=["popup", "iframe"])
#: A code of Tray's in the path, and a secret in the query.
SECRET_PATH = "/api/" + "0123456789abcdef" * 3


def failed(run: DialogRun) -> list[Observation]:
    """Return the lines of requests that failed."""
    return [seen for seen in run.observations if "initiator" in seen.details]


def opened(bench: DialogBench, url: str, presentation: Presentation) -> DialogRun:
    run = bench.make(presentation)
    run.open(url)
    return run


@EACH_WAY
def test_a_request_that_failed_is_told(
    bench: DialogBench, pages: PageServer, presentation: Presentation
) -> None:
    pages.pages["/api/submit"] = Page("no", status=500)
    run = opened(
        bench, serve(pages, "/dialog", html("fetch('/api/submit?token=secret-value')")), presentation
    )
    run.wait_until(lambda: bool(failed(run)))
    (line,) = failed(run)
    took = line.details["duration_ms"]
    assert line.text == f"HTTP 500: {pages.origin}/api/submit?… (fetch, {took} ms)"
    assert line.is_problem
    assert line.kind is EventKind.NAVIGATION
    assert line.details == {
        "window": "dialog",
        "url": f"{pages.origin}/api/submit?…",
        "request_status": 500,
        "initiator": "fetch",
        "duration_ms": took,
    }


@pytest.mark.parametrize(
    ("script", "body", "initiator"),
    [
        (
            "const asked = new XMLHttpRequest(); asked.open('GET', '/none'); asked.send()",
            "",
            "xmlhttprequest",
        ),
        ("", "<img src='/none'>", "img"),
        ("", "<script src='/none'></script>", "script"),
        ("", "<link rel=stylesheet href='/none'>", "link"),
        ("", "<iframe src='/none'></iframe>", "iframe"),
        ("navigator.sendBeacon('/none', '')", "", "beacon"),
    ],
)
def test_what_asked_is_told(
    bench: DialogBench, pages: PageServer, script: str, body: str, initiator: str
) -> None:
    run = bench.open(serve(pages, "/dialog", html(script, body)))
    run.wait_until(lambda: bool(failed(run)))
    assert [line.details["initiator"] for line in failed(run)] == [initiator]


@EACH_WAY
def test_of_an_address_no_secret_is_told(
    bench: DialogBench, pages: PageServer, presentation: Presentation
) -> None:
    script = f"fetch('{SECRET_PATH}?code=opensesame#opensesame')"
    run = opened(bench, serve(pages, "/dialog", html(script)), presentation)
    run.wait_until(lambda: bool(failed(run)))
    assert failed(run)[0].details["url"] == f"{pages.origin}/api/•••?…"
    assert not any("opensesame" in seen.text or "0123456789" in seen.text for seen in run.observations)


def test_what_was_answered_well_is_not_told_and_neither_are_icons_nor_what_the_page_broke_off(
    bench: DialogBench, pages: PageServer
) -> None:
    script = """
      const stop = new AbortController();
      fetch('/slow', { signal: stop.signal }).catch(() => 0);
      stop.abort();
      const icon = new Image();
      icon.src = '/favicon.ico';
      icon.onerror = () => fetch('/blank').then((answer) => answer.text()).then(() => fetch('/last'));
    """
    run = bench.open(serve(pages, "/dialog", html(script, "<link rel=icon href='/icon.png'>")))
    run.wait_until(lambda: bool(failed(run)))
    assert [line.details["url"] for line in failed(run)] == [f"{pages.origin}/last"]


def test_a_request_of_a_frame_and_one_of_a_further_window_are_told(
    bench: DialogBench, pages: PageServer, other_site: PageServer
) -> None:
    inner = serve(other_site, "/inner", html("fetch('/of-the-frame')"))
    serve(pages, "/window", html("fetch('/of-the-window')"))
    body = f"<iframe src='{inner}'></iframe>"
    run = bench.open(serve(pages, "/dialog", html("window.open('/window')", body)))
    run.wait_until(lambda: len(failed(run)) == 2)
    assert {(line.details["window"], line.details["url"]) for line in failed(run)} == {
        ("dialog", f"{other_site.origin}/of-the-frame"),
        ("window 1", f"{pages.origin}/of-the-window"),
    }


@EACH_WAY
def test_a_page_that_leaves_as_soon_as_it_has_read_the_answer_is_not_left_out(
    bench: DialogBench, pages: PageServer, presentation: Presentation
) -> None:
    script = "fetch('/api/submit').then((answer) => answer.text()).then(() => { location = '/blank' })"
    run = opened(bench, serve(pages, "/dialog", html(script)), presentation)
    run.wait_until(lambda: f"Loaded {pages.origin}/blank" in run.texts)
    assert [line.details["request_status"] for line in failed(run)] == [404]


def test_a_page_that_closes_itself_as_soon_as_it_is_answered_is_not_left_out(
    bench: DialogBench, pages: PageServer
) -> None:
    run = bench.open(serve(pages, "/dialog", html("fetch('/api/submit').then(() => close())")))
    run.wait_until(lambda: bool(run.gone))
    run.wait_until(lambda: [line.details["request_status"] for line in failed(run)] == [404])


def test_a_page_neither_hinders_nor_sees_it(bench: DialogBench, pages: PageServer) -> None:
    script = f"""
      window.seen = 0;
      window.PerformanceObserver = window.JSON = null;
      console.debug = () => {{ window.seen += 1; }};
      const get = () => {{ window.seen += 1; return 200; }};
      PerformanceResourceTiming.prototype.__defineGetter__('responseStatus', get);
      Performance.prototype.getEntriesByType = () => {{ window.seen += 1; return []; }};
      performance.setResourceTimingBufferSize(0);
      fetch('/api/submit').then(() => performance.clearResourceTimings());
      {sentinel()}
    """
    run = bench.open(serve(pages, "/dialog", html(script)))
    run.wait_until(lambda: bool(failed(run)))
    assert failed(run)[0].details["request_status"] == 404
    assert run.evaluate("window.seen") == 0


def test_a_page_can_say_nothing_in_its_name(bench: DialogBench, pages: PageServer) -> None:
    line = f'["{pages.origin}/forged", 500, "fetch", 1]'
    words = [f"failed {line}", f"{'0' * 32} failed {line}", line]
    script = "".join(f"console.debug({word!r});" for word in words)
    inner = serve(pages, "/inner", html(script))
    run = bench.open(serve(pages, "/dialog", html(script, f"<iframe src='{inner}'></iframe>")))
    run.wait_until(lambda: len([seen for seen in run.observations if seen.kind is EventKind.CONSOLE]) == 6)
    assert failed(run) == []


@EACH_WAY
def test_beyond_a_number_one_line_says_that_there_were_more(
    bench: DialogBench, pages: PageServer, presentation: Presentation
) -> None:
    script = f"""
      const ask = async () => {{
        for (let one = 0; one < {MOST_FAILED_REQUESTS + 20}; one += 1) await fetch('/api/' + one);
      }};
      ask().then(() => {{ location = '/second'; }});
    """
    serve(pages, "/second", html(f"fetch('/late').then(() => {{ {sentinel('(opener ?? parent)')} }})"))
    run = opened(bench, serve(pages, "/dialog", html(script)), presentation)
    run.wait_for_sentinel()
    more = [seen for seen in run.observations if seen.text.startswith("More than")]
    assert [seen.text for seen in more] == ["More than 200 requests failed: no further one is told."]
    assert more[0].is_problem
    assert len(failed(run)) == MOST_FAILED_REQUESTS


@EACH_WAY
def test_what_a_provider_says_of_a_consent_that_was_denied_is_told(
    bench: DialogBench, pages: PageServer, presentation: Presentation
) -> None:
    back = "/auth/cb?error=access_denied&state=secret-value&error_description=secret-words"
    pages.pages["/consent"] = Page(status=302, headers={"Location": back})
    serve(pages, "/auth/cb", html(""))
    run = opened(bench, serve(pages, "/dialog", html("location = '/consent'")), presentation)
    address = f"{pages.origin}/auth/cb?error=access_denied&…"
    run.wait_until(lambda: f"Loaded {address}" in run.texts)
    told = [seen for seen in run.observations if "access_denied" in seen.text]
    assert [(seen.text, seen.is_problem) for seen in told] == [
        (f"Redirected to {address}", True),
        (f"HTTP 200 {address}", False),
        (f"Loaded {address}", False),
    ]


class _Stalling(LocalServer):
    """Answers `/dialog` with a page whose picture never comes, until `over` is set."""

    def __init__(self) -> None:
        super().__init__(_StallingHandler)
        self.over = threading.Event()
        self.body = html("", "<img src='/never'>")


class _StallingHandler(BaseHTTPRequestHandler):
    server: _Stalling

    def do_GET(self) -> None:
        if self.path == "/never":
            self.server.over.wait()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.server.body.encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def stalling() -> Iterator[_Stalling]:
    server = _Stalling()
    with running(server):
        yield server
        server.over.set()


def still_loading(run: DialogRun) -> list[Observation]:
    return [seen for seen in run.observations if "loading_ms" in seen.details]


def wait_until_it_took_long(run: DialogRun, window: str = "dialog") -> None:
    """Wait until a page has been loading for as long as is worth telling."""

    def took_long() -> bool:
        pages = (run.page(), *run.dialog.popup_pages())
        return any(page._load_watch.still_loading(window) for page in pages if page.name == window)

    run.wait_until(took_long)


@EACH_WAY
def test_a_page_that_still_loads_at_the_end_is_told(
    make_bench: MakeBench, stalling: _Stalling, presentation: Presentation
) -> None:
    run = opened(make_bench(), f"{stalling.origin}/dialog?code=secret-value", presentation)
    run.wait_until(lambda: f"HTTP 200 {stalling.origin}/dialog?…" in run.texts)
    wait_until_it_took_long(run)
    assert still_loading(run) == []
    run.dialog.close_windows()
    (line,) = still_loading(run)
    lasted_ms = line.details["loading_ms"]
    assert isinstance(lasted_ms, int)
    assert line.text == f"Still loading after {lasted_ms / 1_000:.1f} s: {stalling.origin}/dialog?…"
    assert line.is_problem
    run.dialog.close_windows()
    assert len(still_loading(run)) == 1


def test_so_is_a_further_window(make_bench: MakeBench, pages: PageServer, stalling: _Stalling) -> None:
    script = f"window.open('{stalling.origin}/dialog')"
    run = make_bench().open(serve(pages, "/dialog", html(script)))
    run.wait_until(lambda: f"HTTP 200 {stalling.origin}/dialog" in run.texts)
    wait_until_it_took_long(run, "window 1")
    run.dialog.close_windows()
    assert [line.details["window"] for line in still_loading(run)] == ["window 1"]


@EACH_WAY
def test_a_page_that_is_there_is_not_told_to_load(
    bench: DialogBench, pages: PageServer, presentation: Presentation
) -> None:
    run = opened(bench, serve(pages, "/dialog", html("")), presentation)
    run.wait_for_load()
    run.dialog.close_windows()
    assert still_loading(run) == []


def test_a_page_that_closes_itself_while_it_loads_is_not_told_to_load(
    make_bench: MakeBench, stalling: _Stalling
) -> None:
    stalling.body = html(f"addEventListener('message', () => {{ {post()} close() }})", "<img src='/never'>")
    run = make_bench().open(f"{stalling.origin}/dialog")
    run.wait_until(lambda: f"HTTP 200 {stalling.origin}/dialog" in run.texts)
    wait_until_it_took_long(run)
    run.evaluate("window.postMessage('now', '*'); 1")
    run.wait_until(lambda: bool(run.gone))
    run.dialog.close_windows()
    assert still_loading(run) == []
