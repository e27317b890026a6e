"""What a page is shown of the person's computer, and in which size."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import PageServer
from tests.dialog.dialog_bench import DialogBench, html, post, sentinel, serve
from tray_auth_desktop.core.presentation import ColorScheme, Embedding, Presentation

#: Said by the page's first script: what it is shown must be so from the first moment on.
_SAY = """
const media = (query) => matchMedia(query).matches;
const facts = {
  type: "facts", zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  offset: new Date().getTimezoneOffset(),
  dark: media("(prefers-color-scheme: dark)"), light: media("(prefers-color-scheme: light)"),
  still: media("(prefers-reduced-motion: reduce)"), agent: navigator.userAgent,
  languages: navigator.languages.join(), platform: navigator.platform,
  brands: navigator.userAgentData?.brands.length ?? 0, number: (1234.5).toLocaleString(),
};
(opener ?? parent).postMessage(facts, "*");
"""


def facts_of(bench: DialogBench, url: str, presentation: Presentation) -> dict[str, Any]:
    run = bench.make(presentation)
    run.open(url)
    run.wait_until(lambda: any('"facts"' in (message.payload or "") for message in run.messages))
    payload = next(message.payload for message in run.messages if '"facts"' in (message.payload or ""))
    run.wait_for_load()
    assert run.problem("") is None
    facts: dict[str, Any] = json.loads(payload or "")
    return facts


@pytest.mark.parametrize("embedding", Embedding)
def test_all_at_once(bench: DialogBench, pages: PageServer, embedding: Embedding) -> None:
    presentation = Presentation(
        embedding,
        language="de-DE",
        time_zone="Asia/Tokyo",
        user_agent="Tester/1.0",
        reduced_motion=True,
        color_scheme=ColorScheme.DARK,
    )
    facts = facts_of(bench, serve(pages, "/dialog", html(_SAY)), presentation)
    assert (facts["zone"], facts["offset"]) == ("Asia/Tokyo", -540)
    assert (facts["dark"], facts["light"], facts["still"]) == (True, False, True)
    assert facts["agent"] == "Tester/1.0"
    assert facts["languages"].startswith("de-DE")
    assert facts["number"] == "1.234,5"


@pytest.mark.parametrize("scheme", [ColorScheme.LIGHT, ColorScheme.DARK])
def test_the_colour_scheme_alone(bench: DialogBench, pages: PageServer, scheme: ColorScheme) -> None:
    url = serve(pages, "/dialog", html(_SAY))
    facts = facts_of(bench, url, Presentation(color_scheme=scheme))
    assert (facts["dark"], facts["light"]) == (scheme is ColorScheme.DARK, scheme is ColorScheme.LIGHT)
    assert not facts["still"]


def test_it_stays_so_on_the_next_page(bench: DialogBench, pages: PageServer) -> None:
    serve(pages, "/next", html(_SAY))
    url = serve(pages, "/dialog", html("location = '/next'"))
    facts = facts_of(bench, url, Presentation(time_zone="America/Lima", color_scheme=ColorScheme.DARK))
    assert (facts["zone"], facts["dark"]) == ("America/Lima", True)


def test_a_popup_that_is_emulated_finishes_like_any(bench: DialogBench, pages: PageServer) -> None:
    run = bench.make(Presentation(time_zone="Asia/Tokyo"))
    run.open(serve(pages, "/dialog", html(post() + "close()")))
    run.wait_for_finish()
    run.wait_until(lambda: bool(run.gone))


@pytest.mark.parametrize("embedding", Embedding)
@pytest.mark.parametrize("size", [(500, 500), (375, 667), (1280, 800)])
def test_the_page_has_the_size(
    bench: DialogBench, pages: PageServer, embedding: Embedding, size: tuple[int, int]
) -> None:
    run = bench.make(Presentation(embedding, size=size))
    run.open(serve(pages, "/dialog", html(sentinel("(opener ?? parent)"))))
    run.wait_for_load()
    found: list[object] = []

    def has_size() -> bool:
        run.page().run("[innerWidth, innerHeight].join()", found.append)
        return bool(found) and found[-1] == f"{size[0]},{size[1]}"

    run.wait_until(has_size)


def test_the_request_asks_for_the_language(bench: DialogBench, pages: PageServer) -> None:
    url = serve(pages, "/dialog", html(_SAY))
    facts_of(bench, url, Presentation(language="pt-BR"))
    assert pages.languages[0].startswith("pt-BR")


_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


def test_nothing_contradicts_the_user_agent(bench: DialogBench, pages: PageServer) -> None:
    """Nor is a language lost by it."""
    url = serve(pages, "/dialog", html(_SAY))
    own = facts_of(bench, url, Presentation(color_scheme=ColorScheme.DARK))
    assert (own["brands"] > 0, pages.client_hints[0] != "") == (True, True)
    pages.client_hints.clear()
    facts = facts_of(bench, url, Presentation(user_agent=_IPHONE, language="de-DE"))
    assert (facts["agent"], facts["platform"], facts["brands"]) == (_IPHONE, "iPhone", 0)
    assert set(pages.client_hints) == {""}
    assert facts["languages"].startswith("de-DE")
    assert pages.languages[-1].startswith("de-DE")
