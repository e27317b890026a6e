"""In an iframe the timeline tells what it tells of a popup."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Page, PageServer
from tests.dialog.dialog_bench import OPENER_ORIGIN, DialogBench, DialogRun, html, serve
from tests.dialog.test_dialog_failures import certificate  # noqa: F401 - a fixture
from tray_auth_desktop.core.presentation import AS_EVER, Embedding, Presentation
from tray_auth_desktop.core.timeline import EventKind, TimelineEvent
from tray_auth_desktop.core.timeline_pages import page_of

pytestmark = pytest.mark.webengine

IFRAME = Presentation(Embedding.IFRAME)
HELLO = html("console.log('hello')")
NESTED = html("onload = () => setTimeout(() => { location = '/second' })", "<iframe src='/inner'></iframe>")


@dataclass(frozen=True)
class Journey:
    """Pages that a dialog goes through.

    Attributes:
        last: How the last line of it begins.
    """

    pages: dict[str, Page]
    last: str = "Loaded"
    end: str = "/dialog"
    query: str = "?code=secret-value"


JOURNEYS = {
    "one page": Journey({"/dialog": Page(HELLO)}),
    "a redirect": Journey(
        {"/dialog": Page(status=302, headers={"Location": "/end?error=access_denied&state=secret-value"}),
         "/end": Page(HELLO)},
        end="/end",
    ),
    "a page and a second": Journey(
        {"/dialog": Page(html("onload = () => setTimeout(() => { location = '/second' })")),
         "/second": Page(HELLO)},
        end="/second",
    ),
    "a page with a frame and a second": Journey(
        {"/dialog": Page(NESTED), "/inner": Page(html("")), "/second": Page(HELLO)}, end="/second"
    ),
    "an error": Journey({"/dialog": Page(HELLO, status=404)}, last="answered with"),
}  # fmt: skip


def lines_of(
    bench: DialogBench, pages: PageServer, journey: Journey, presentation: Presentation
) -> list[str]:
    """Return what the timeline is told of a journey."""
    run = bench.make(presentation)
    pages.pages |= journey.pages
    run.open(f"{pages.origin}/dialog{journey.query}")
    run.wait_until(lambda: any(journey.last in text and journey.end in text for text in run.texts))
    run.wait_until(lambda: "hello" in run.texts)
    run.dialog.close_windows()
    return [seen.text for seen in run.observations if seen.kind is not EventKind.POPUP]


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey_is_told_as_in_a_popup(bench: DialogBench, pages: PageServer, name: str) -> None:
    in_a_popup = lines_of(bench, pages, JOURNEYS[name], AS_EVER)
    in_an_iframe = lines_of(bench, pages, JOURNEYS[name], IFRAME)
    assert in_an_iframe == in_a_popup
    assert len(in_an_iframe) >= 5


def events_of(run: DialogRun) -> list[TimelineEvent]:
    return [TimelineEvent(0, seen) for seen in run.observations]


def test_a_line_of_the_console_leads_to_its_page(bench: DialogBench, pages: PageServer) -> None:
    run = bench.make(IFRAME)
    run.open(serve(pages, "/dialog", HELLO))
    run.wait_for_load()
    events = events_of(run)
    page = page_of(events, run.texts.index("hello"))
    assert page is not None
    assert run.texts[page] == f"HTTP 200 {pages.origin}/dialog"


def test_a_request_leads_to_its_page_and_is_none(bench: DialogBench, pages: PageServer) -> None:
    run = bench.make(IFRAME)
    script = "fetch('/api/submit').then((answer) => answer.text()).then(() => console.log('after'))"
    run.open(serve(pages, "/dialog", html(script)))
    run.wait_until(lambda: "after" in run.texts and any("/api/submit" in text for text in run.texts))
    events = events_of(run)
    found = {page_of(events, index) for index, seen in enumerate(run.observations)
             if "initiator" in seen.details or seen.text == "after"}  # fmt: skip
    assert all(page is not None and "initiator" not in run.observations[page].details for page in found)


@pytest.mark.parametrize(
    ("status", "said"), [(200, "/dialog does not let"), (404, "answered with HTTP 404, and does not let")]
)
def test_a_refusal_comes_with_advice_that_helps(
    bench: DialogBench, pages: PageServer, status: int, said: str
) -> None:
    run = bench.make(IFRAME)
    run.open(serve(pages, "/dialog", HELLO, status, {"X-Frame-Options": "DENY"}))
    run.wait_until(lambda: bool(run.failures))
    (failure,) = run.failures
    assert said in failure.reason
    assert OPENER_ORIGIN in failure.advice
    assert "popup" in failure.advice
    assert run.problem(f"{failure.reason} {failure.advice}") is not None


@pytest.mark.parametrize(
    "headers", [{"X-Frame-Options": "DENY"}, {"Content-Security-Policy": "frame-ancestors 'self'"}]
)
def test_what_the_engine_says_has_no_source(
    bench: DialogBench, pages: PageServer, headers: dict[str, str]
) -> None:
    run = bench.make(IFRAME)
    run.open(serve(pages, "/dialog", HELLO, headers=headers))
    run.wait_until(lambda: run.problem("Refused to ") is not None)
    refused = run.problem("Refused to ")
    assert refused is not None
    assert refused.details == {"window": "dialog", "level": "error"}


def test_a_certificate_that_is_refused_is_the_reason(
    bench: DialogBench,
    other_site: PageServer,
    certificate: Path,  # noqa: F811 - the fixture
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    other_site.socket = context.wrap_socket(
        other_site.socket, server_side=True, do_handshake_on_connect=False
    )
    run = bench.make(IFRAME)
    run.open(f"https://localhost:{other_site.server_port}/d?code=secret")
    run.wait_until(lambda: bool(run.failures))
    address = f"https://localhost:{other_site.server_port}/d?…"
    assert run.failures[0].reason.startswith(
        f"{address} has a certificate that is not valid. It was issued to localhost by localhost"
    )
    assert "certificate" in run.failures[0].advice
