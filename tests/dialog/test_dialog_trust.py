"""Messages that must not count, sent for real: each arrives, and is rejected for the right reason."""

from __future__ import annotations

import json

import pytest

from tests.conftest import PageServer
from tests.dialog.conftest import MakeBench
from tests.dialog.dialog_bench import AUTH_ID, DialogBench, html, post, sentinel, serve
from tray_auth_desktop.core.window_message import MessageSource, Rejection

pytestmark = pytest.mark.webengine

FINISH = post()
COOP = {"Cross-Origin-Opener-Policy": "same-origin"}


def test_dialog_window_on_another_origin(
    bench: DialogBench, pages: PageServer, other_site: PageServer
) -> None:
    foreign = serve(other_site, "/evil", html(FINISH + sentinel()))
    run = bench.open(serve(pages, "/d", html(f"location.replace('{foreign}')")))
    run.wait_for_sentinel()
    assert run.rejections == [Rejection.FOREIGN_ORIGIN]
    assert run.messages[0].source is MessageSource.POPUP


def test_same_host_by_another_name(bench: DialogBench, pages: PageServer) -> None:
    serve(pages, "/evil", html(FINISH + sentinel()))
    elsewhere = f"http://localhost:{pages.server_port}/evil"
    run = bench.open(serve(pages, "/d", html(f"location.replace('{elsewhere}')")))
    run.wait_for_sentinel()
    assert run.rejections == [Rejection.FOREIGN_ORIGIN]


@pytest.mark.parametrize("target", ["top.opener", "parent.opener"])
def test_frame_of_another_origin(
    bench: DialogBench, pages: PageServer, other_site: PageServer, target: str
) -> None:
    frame = serve(other_site, "/frame", html(post(target) + sentinel(target)))
    run = bench.open(serve(pages, "/d", html("", f"<iframe src='{frame}'></iframe>")))
    run.wait_for_sentinel()
    assert run.rejections == [Rejection.FOREIGN_ORIGIN]
    assert run.messages[0].source is MessageSource.OTHER


@pytest.mark.parametrize("target", ["top.opener", "parent.opener"])
def test_frame_of_the_dialogs_own_origin(bench: DialogBench, pages: PageServer, target: str) -> None:
    frame = serve(pages, "/frame", html(post(target) + sentinel(target)))
    run = bench.open(serve(pages, "/d", html("", f"<iframe src='{frame}'></iframe>")))
    run.wait_for_sentinel()
    assert run.rejections == [Rejection.FOREIGN_WINDOW]


def test_sandboxed_frame_is_of_no_origin(bench: DialogBench, pages: PageServer) -> None:
    frame = serve(pages, "/frame", html(post("top.opener") + sentinel("top.opener")))
    run = bench.open(serve(pages, "/d", html("", f"<iframe sandbox='allow-scripts' src='{frame}'></iframe>")))
    run.wait_for_sentinel()
    assert run.messages[0].origin == "null"
    assert run.rejections == [Rejection.FOREIGN_ORIGIN]


@pytest.mark.parametrize("is_foreign", [True, False], ids=["other origin", "own origin"])
def test_nested_popup_using_the_openers_opener(
    bench: DialogBench, pages: PageServer, other_site: PageServer, is_foreign: bool
) -> None:
    script = post("opener.opener") + sentinel("opener.opener")
    nested = serve(other_site if is_foreign else pages, "/nested", html(script))
    run = bench.open(serve(pages, "/d", html(f"window.open('{nested}')")))
    run.wait_for_sentinel()
    expected = Rejection.FOREIGN_ORIGIN if is_foreign else Rejection.FOREIGN_WINDOW
    assert run.rejections == [expected]
    assert run.messages[0].source is MessageSource.OTHER


def test_message_event_made_by_a_script(make_bench: MakeBench, pages: PageServer) -> None:
    """A dialog of the opener page's own origin can dispatch events there, with any origin and source."""
    data = json.dumps({"type": "tray.authpopup.finish", "authId": AUTH_ID})
    forged = f"new MessageEvent('message', {{data: {data}, origin: location.origin, source: window}})"
    script = f"opener.dispatchEvent(eval(`new opener.{forged[4:]}`));" + sentinel()
    run = make_bench(pages.origin).open(serve(pages, "/d", html(script)))
    run.wait_for_sentinel()
    assert run.rejections == [Rejection.NOT_GENUINE]
    assert run.messages[0].origin == pages.origin


def test_dialog_that_posts_to_itself_is_not_heard(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html(post("window") + post("parent") + post("top") + sentinel())))
    run.wait_for_sentinel()
    assert run.rejections == []
    assert run.finishes == []


def test_severed_window_on_another_origin_cannot_report(
    bench: DialogBench, pages: PageServer, other_site: PageServer
) -> None:
    tried = f"try {{ {FINISH} }} catch {{ document.title = 'no opener' }}"
    foreign = serve(other_site, "/provider", html(tried), headers=COOP)
    run = bench.open(serve(pages, "/d", html(f"location = '{foreign}'")))
    run.wait_until(lambda: run.page().title() == "no opener")
    assert run.messages == []


def test_dialog_cannot_send_its_opener_elsewhere(
    bench: DialogBench, pages: PageServer, other_site: PageServer
) -> None:
    """A page may navigate its opener; ours must stay, or the finish would find nobody."""
    evil = serve(other_site, "/evil", html(""))
    script = f"opener.location = '{evil}'; setTimeout(() => {{ {FINISH} }}, 200)"
    run = bench.open(serve(pages, "/d", html(script)))
    run.wait_for_finish()
    assert run.finishes[0].source is MessageSource.POPUP
    assert "/evil" not in other_site.requested


def test_nested_popup_cannot_send_the_opener_page_elsewhere(
    bench: DialogBench, pages: PageServer, other_site: PageServer
) -> None:
    tried = "try { opener.opener.location = '/evil' } catch {} opener.postMessage('go', '*')"
    nested = serve(other_site, "/nested", html(tried))
    script = f"onmessage = () => setTimeout(() => {{ {FINISH} }}, 200); window.open('{nested}')"
    run = bench.open(serve(pages, "/d", html(script)))
    run.wait_for_finish()
    assert "/evil" not in other_site.requested
