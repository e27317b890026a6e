"""From a page's own world nothing of ours is to be found, and what there is cannot be overheard."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PySide6.QtWebEngineCore import QWebEnginePage

from tests.conftest import PageServer
from tests.dialog.conftest import MakeBench
from tests.dialog.dialog_bench import AUTH_ID, DialogBench, DialogRun, html, post, sentinel, serve
from tests.dialog.plain_page import seen_in_a_plain_page
from tray_auth_desktop.core.window_message import MessageSource

pytestmark = pytest.mark.webengine

HERE = Path(__file__).parent
CRAWL = f"({(HERE / 'crawl.js').read_text(encoding='utf-8').partition(chr(10))[2]})"
SPY = (HERE / "spy.js").read_text(encoding="utf-8")
COOP = {"Cross-Origin-Opener-Policy": "same-origin"}
#: The stand-in for a severed opener: one function that does nothing, under three names, and one that posts.
STAND_IN = ["window.opener.focus", "window.opener.postMessage"]


def crawled(run: DialogRun, page: QWebEnginePage | None = None, root: str = "window") -> dict[str, object]:
    """Return what a page's scripts can find from one of their windows on."""
    found: dict[str, object] = json.loads(str(run.evaluate(f"{CRAWL}({root})", page)))
    return found


def bare(run: DialogRun, url: str) -> dict[str, object]:
    """Return what is found by a page that nobody put anything into."""
    return seen_in_a_plain_page(run, url, lambda page: crawled(run, page))


@pytest.mark.parametrize("headers", [{}, COOP], ids=["opener", "severed opener"])
def test_dialog_finds_what_any_page_finds(
    bench: DialogBench, pages: PageServer, headers: dict[str, str]
) -> None:
    url = serve(pages, "/d", html("", "<p>dialog"), headers=headers)
    run = bench.open(url)
    run.wait_for_load()
    found, expected = crawled(run), bare(run, url)
    assert found["names"] == expected["names"]
    assert expected["foreign"] == []
    assert found["foreign"] == ([] if headers == {} else STAND_IN)
    assert int(str(found["count"])) > 1_000


@pytest.mark.parametrize("is_foreign", [False, True], ids=["own origin", "other origin"])
def test_frame_finds_what_any_page_finds(
    bench: DialogBench, pages: PageServer, other_site: PageServer, is_foreign: bool
) -> None:
    tell = f"addEventListener('load', () => parent.postMessage({CRAWL}(window), '*'))"
    inner = serve(other_site if is_foreign else pages, "/inner", html(tell))
    listen = "addEventListener('message', (event) => { window.found = event.data })"
    frame = f'document.body.innerHTML = "<iframe src={inner}></iframe>"'  # not before somebody listens
    run = bench.open(serve(pages, "/d", html(f"{listen}; {frame}", "<p>dialog")))
    run.wait_for_load()
    run.wait_until(lambda: run.evaluate("window.found || ''") != "")
    found, expected = json.loads(str(run.evaluate("window.found"))), bare(run, inner)
    assert (found["names"], found["foreign"]) == (expected["names"], [])


@pytest.mark.parametrize("is_foreign", [False, True], ids=["own origin", "other origin"])
@pytest.mark.parametrize("features", ["", "noopener"])
def test_window_of_the_dialog_finds_what_any_page_finds(
    bench: DialogBench, pages: PageServer, other_site: PageServer, is_foreign: bool, features: str
) -> None:
    inner = serve(other_site if is_foreign else pages, "/inner", html("", "<p>inner"))
    run = bench.open(serve(pages, "/d", html(f"window.open('{inner}', '_blank', '{features}')")))
    run.wait_until(lambda: bool(run.dialog.popup_pages()))
    page = run.dialog.popup_pages()[0]
    run.wait_until(lambda: page.title() == "page" and not page.isLoading())
    found, expected = crawled(run, page), bare(run, inner)
    assert found["names"] == expected["names"]
    assert found["foreign"] == (STAND_IN if features and not is_foreign else [])


def test_opener_page_is_as_empty_as_any_page_to_a_dialog_of_its_own_origin(
    make_bench: MakeBench, pages: PageServer
) -> None:
    run = make_bench(pages.origin).open(serve(pages, "/d", html("")))
    run.wait_for_load()
    found, expected = crawled(run, root="opener"), bare(run, pages.origin + "/d")
    assert found["foreign"] == []
    assert set(map(str, found["names"])) - set(map(str, expected["names"])) == set()  # type: ignore[call-overload]  # JSON is of any type


def names_heard(heard: list[str]) -> list[str]:
    """Return what looks like the secret name of the relay's event."""
    return [line for line in heard if re.search(r"[0-9a-f]{32}", line)]


def test_page_that_listens_to_everything_hears_nothing_of_the_relay(
    bench: DialogBench, pages: PageServer
) -> None:
    """The page wraps all that a relay could use, and the finish arrives as it was posted."""
    finish = {"type": "tray.authpopup.finish", "authType": "oauth", "authId": AUTH_ID, "list": "none"}
    trap = "get authId() { return new Error().stack }"
    post_all = f"opener.postMessage({json.dumps(finish)}); opener.postMessage({{type: 'x', {trap}}});"
    run = bench.open(serve(pages, "/d", html(SPY + post_all + sentinel()), headers=COOP))
    run.wait_for_sentinel()
    heard = json.loads(str(run.evaluate("stopListening(); JSON.stringify(heard)")))
    assert names_heard(heard) == []
    assert json.loads(run.messages[0].payload or "null") == finish
    assert run.finishes[0].source is MessageSource.SEVERED


def test_ears_of_the_spy_work(bench: DialogBench, pages: PageServer) -> None:
    """The same ears hear a relay that asks the page's own world when it posts, instead of before."""
    name = "0123456789abcdef" * 2
    relay = (
        f"document.dispatchEvent(new CustomEvent('{name}', {{detail: JSON.stringify(['posted', '{{}}'])}}));"
    )
    run = bench.open(serve(pages, "/d", html(SPY + relay)))
    run.wait_for_load()
    heard = json.loads(str(run.evaluate("stopListening(); JSON.stringify(heard)")))
    assert names_heard(heard) != []


@pytest.mark.parametrize("headers", [{}, COOP], ids=["opener", "severed opener"])
def test_guessing_the_name_of_the_relays_event_is_in_vain(
    bench: DialogBench, pages: PageServer, headers: dict[str, str]
) -> None:
    finish = json.dumps({"type": "tray.authpopup.finish", "authId": AUTH_ID})
    guess = (
        "const hex = () => Array.from(crypto.getRandomValues(new Uint8Array(16)),"
        " (byte) => byte.toString(16).padStart(2, '0')).join('');"
        f"const details = ['posted {finish}', JSON.stringify(['posted', '{finish}']), 'severed '];"
        "const line = document.createElement('i');"
        "for (let i = 0; i < 3000; i++) {"
        "  const name = i ? hex() : '*';"
        "  document.dispatchEvent(new MouseEvent(name, {relatedTarget: line}));"
        "  for (const target of [document, window, line])"
        "    target.dispatchEvent(new CustomEvent(name, {detail: details[i % 3], bubbles: true})); }"
    )
    run = bench.open(serve(pages, "/d", html(guess + sentinel()), headers=headers))
    run.wait_for_sentinel()
    assert len(run.messages) == 1


def test_the_stand_in_opener_says_nothing_of_how_it_works(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html(""), headers=COOP))
    run.wait_for_load()
    source = str(run.evaluate("Object.values(opener).map(String).join()"))
    assert re.search(r"[0-9a-f]{32}", source) is None
    for change in ("opener.postMessage = 1", "delete opener.postMessage", "opener.x = 1"):
        run.evaluate(f"{change}; 1")
    assert run.evaluate("typeof opener.postMessage + typeof opener.x") == "functionundefined"


def test_what_is_too_deep_for_the_engine_is_no_result(bench: DialogBench, pages: PageServer) -> None:
    """Reading such a message can end the engine's process, in whatever page reads it; it finishes nothing."""
    deep = f"let deep = {json.dumps({'type': 'tray.authpopup.finish', 'authId': AUTH_ID})};"
    nest = "for (let i = 0; i < 20000; i++) deep = [deep]; try { opener.postMessage(deep, '*') } catch {}"
    run = bench.open(serve(pages, "/d", html(f"{deep} {nest} {sentinel()}")))
    run.wait_until(lambda: run.has_sentinel() or bool(run.crashes))
    assert run.finishes == []


def test_opener_page_cannot_be_made_deaf_or_loud(
    make_bench: MakeBench, pages: PageServer, capfd: pytest.CaptureFixture[str]
) -> None:
    """A dialog of its own origin empties it, makes it print and ask: the finish arrives all the same."""
    noise = "".join(
        f"opener.{call}('opensesame');" for call in ("console.error", "alert", "confirm", "prompt")
    )
    run = make_bench(pages.origin).open(
        serve(pages, "/d", html(f"{noise} opener.document.open(); opener.document.write('<p>x'); {post()}"))
    )
    run.wait_for_finish()
    assert run.finishes[0].source is MessageSource.POPUP
    said = capfd.readouterr()
    assert "opensesame" not in said.out + said.err


def reopening(script: str) -> str:
    """Return statements that open the document anew, which takes its listeners away, and write a script."""
    text = json.dumps(f"<p>x<script>{script}</script>").replace("</", "<\\/")
    return f"document.open(); document.write({text}); document.close();"


_LATER = f"setTimeout(() => {{ {post()} }}, 200)"
DEAFENINGS = {
    "opened anew while it is read": reopening(post()),
    "opened anew once it is there": f"onload = () => {{ {reopening(post())} }}",
    "opened anew, and posts later": f"onload = () => {{ {reopening(_LATER)} }}",
    "emptied": f"onload = () => {{ document.replaceChildren(); {post()} }}",
    "replaced by a javascript: address": (
        f"setTimeout(() => {{ location = 'javascript:' + encodeURIComponent(JSON.stringify("
        f"`<p>x<script>{_LATER}<\\/script>`)) }}, 100)"
    ),
}


@pytest.mark.parametrize("how", DEAFENINGS)
def test_relay_cannot_be_made_deaf(bench: DialogBench, pages: PageServer, how: str) -> None:
    run = bench.open(serve(pages, "/d", html(DEAFENINGS[how], "<p>dialog"), headers=COOP))
    run.wait_for_finish()
    assert run.finishes[0].source is MessageSource.SEVERED


def test_page_that_is_opened_anew_hears_nothing_of_the_relay(bench: DialogBench, pages: PageServer) -> None:
    """Not even where it listens from before that on, and posts while it is written."""
    page = html(SPY + reopening(post() + sentinel()))
    run = bench.open(serve(pages, "/d", page, headers=COOP))
    run.wait_for_sentinel()
    heard = json.loads(str(run.evaluate("stopListening(); JSON.stringify(heard)")))
    assert names_heard(heard) == []
    assert len(run.finishes) == 1
