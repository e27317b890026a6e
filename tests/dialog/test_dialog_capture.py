"""Each way a dialog can end, with the real engine: the finish always arrives, and says how."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.conftest import PageServer
from tests.dialog.dialog_bench import (
    AUTH_ID,
    OPENER_ORIGIN,
    DialogBench,
    DialogRun,
    html,
    post,
    serve,
)
from tray_auth_desktop.core.dialog_state import WindowGone
from tray_auth_desktop.core.window_message import MessageSource, Rejection

pytestmark = pytest.mark.webengine

REPETITIONS = 2
FINISH = post()
COOP = {"Cross-Origin-Opener-Policy": "same-origin"}
POPUP, GONE, SEVERED = MessageSource.POPUP, MessageSource.GONE, MessageSource.SEVERED
#: A window that is on its way out may be gone by the time its message is looked at.
LEAVING = (POPUP, GONE)


@dataclass(frozen=True)
class Way:
    """A page that ends in some way; `hops` are pages with COOP that are passed before it."""

    script: str
    sources: tuple[MessageSource, ...] = (POPUP,)
    hops: int = 0
    headers: dict[str, str] = field(default_factory=dict)


def on(event: str, script: str) -> str:
    return f"addEventListener('{event}', () => {{ {script} }});"


GO_ELSEWHERE = on("load", "location.replace('/blank')")
CLOSE_ON_LOAD = on("load", "window.close()")
WAYS = {
    "inline, then close": Way(f"{FINISH} window.close()"),
    "on load, then close": Way(on("load", f"{FINISH} window.close()")),
    "late, then close": Way(f"setTimeout(() => {{ {FINISH} window.close() }}, 100)"),
    "late, without closing": Way(f"setTimeout(() => {{ {FINISH} }}, 100)"),
    "then another page of the origin": Way(f"{FINISH} location.replace('/blank')", LEAVING),
    "then a page of another origin": Way(f"{FINISH} location.replace('OTHER/blank')", LEAVING),
    "then about:blank": Way(f"{FINISH} location.replace('about:blank')", LEAVING),
    "then a reload": Way(
        f"{FINISH} if (!location.hash) {{ location.hash = 'again'; location.reload() }}", LEAVING
    ),
    "on load, then another page": Way(on("load", f"{FINISH} location.replace('/blank')"), LEAVING),
    "pagehide, another page": Way(on("pagehide", FINISH) + GO_ELSEWHERE, LEAVING),
    "pagehide, close": Way(on("pagehide", FINISH) + CLOSE_ON_LOAD, LEAVING),
    "beforeunload, another page": Way(on("beforeunload", FINISH) + GO_ELSEWHERE, LEAVING),
    "beforeunload, close": Way(on("beforeunload", FINISH) + CLOSE_ON_LOAD, LEAVING),
    "visibilitychange, another page": Way(on("visibilitychange", FINISH) + GO_ELSEWHERE, LEAVING),
    "visibilitychange, close": Way(on("visibilitychange", FINISH) + CLOSE_ON_LOAD, LEAVING),
    "exact target origin": Way(post(target_origin=OPENER_ORIGIN) + "window.close()"),
    "to opener, parent and itself": Way(FINISH + post("parent") + post("window") + "window.close()"),
    "after one COOP page, inline": Way(f"{FINISH} window.close()", (SEVERED,), hops=1),
    "after several COOP pages, inline": Way(f"{FINISH} window.close()", (SEVERED,), hops=3),
    "after a COOP page, on load": Way(on("load", f"{FINISH} window.close()"), (SEVERED,), hops=1),
    "after a COOP page, pagehide": Way(on("pagehide", FINISH) + GO_ELSEWHERE, (SEVERED,), hops=1),
    "after a COOP page, pagehide and close": Way(on("pagehide", FINISH) + CLOSE_ON_LOAD, (SEVERED,), hops=1),
    "itself a COOP page": Way(f"{FINISH} window.close()", (SEVERED,), headers=COOP),
    "same-origin-allow-popups": Way(
        f"{FINISH} window.close()",
        (POPUP, SEVERED),
        headers={"Cross-Origin-Opener-Policy": "same-origin-allow-popups"},
    ),
    "5 MB before it": Way(f"opener.postMessage('x'.repeat(5e6), '*'); {FINISH} window.close()"),
    "5 MB before it, severed": Way(
        f"opener.postMessage('x'.repeat(5e6), '*'); {FINISH} window.close()", (SEVERED,), hops=1
    ),
    "among a flood": Way(
        "const flood = () => { for (let i = 0; i < 500; i++) opener.postMessage({type: 'noise', i}, '*') };"
        f"flood(); {FINISH} flood(); window.close()"
    ),
}


def open_way(bench: DialogBench, pages: PageServer, other_site: PageServer, way: Way) -> DialogRun:
    """Open the dialog of a way, by its hops."""
    serve(pages, "/end", html(way.script.replace("OTHER", other_site.origin)), headers=way.headers)
    for hop in range(way.hops):
        following = f"/hop{hop + 1}" if hop + 1 < way.hops else "/end"
        serve(pages, f"/hop{hop}", html(f"location = '{following}'"), headers=COOP)
    return bench.open(pages.origin + ("/hop0" if way.hops else "/end"))


@pytest.mark.parametrize("name", WAYS)
def test_finish_arrives_however_the_dialog_ends(
    bench: DialogBench, pages: PageServer, other_site: PageServer, name: str
) -> None:
    for _ in range(REPETITIONS):
        run = open_way(bench, pages, other_site, WAYS[name])
        run.wait_for_finish()
        assert run.finishes[0].auth_id == AUTH_ID
        assert run.finishes[0].auth_type == "oauth"
        assert run.finishes[0].source in WAYS[name].sources


def test_close_by_the_page_is_noticed(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html(f"{FINISH} window.close()")))
    run.wait_until(lambda: bool(run.gone) and bool(run.finishes))
    assert run.gone == [WindowGone.BY_PAGE]


def test_close_without_a_word_is_noticed_once(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html(on("load", "window.close(); window.close()"))))
    run.wait_until(lambda: bool(run.gone))
    run.evaluate("1")
    assert run.gone == [WindowGone.BY_PAGE]
    assert run.messages == []


@pytest.mark.parametrize("event", ["pagehide", "beforeunload", "visibilitychange"])
def test_finish_posted_while_the_person_closes_arrives(
    bench: DialogBench, pages: PageServer, event: str
) -> None:
    run = bench.open(serve(pages, "/d", html(on(event, FINISH))))
    run.wait_for_load()
    run.dialog.close_windows()
    run.wait_for_finish()
    assert run.gone == []


def test_finish_twice_arrives_twice(bench: DialogBench, pages: PageServer) -> None:
    second = "669adf96-3c05-40a6-b565-07e829d2c56d"
    again = post(type="tray.authpopup.finish", authId=second)
    run = bench.open(serve(pages, "/d", html(f"{FINISH} {again} window.close()")))
    run.wait_until(lambda: len(run.finishes) == 2)
    assert [event.auth_id for event in run.finishes] == [AUTH_ID, second]


def test_a_long_message_is_not_carried_over_but_noted(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html(f"opener.postMessage('x'.repeat(5e6), '*'); {FINISH}")))
    run.wait_for_finish()
    assert run.messages[0].payload is None
    assert run.messages[0].size == 5_000_002
    assert run.rejections == [Rejection.TOO_LARGE]


def test_what_has_no_json_form_does_not_stop_the_next_message(bench: DialogBench, pages: PageServer) -> None:
    strange = (
        "const cyclic = {}; cyclic.self = cyclic;"
        "for (const d of [cyclic, 1n, undefined]) opener.postMessage(d, '*');"
    )
    run = bench.open(serve(pages, "/d", html(f"{strange} {FINISH}")))
    run.wait_for_finish()
    assert run.rejections == [Rejection.NOT_JSON] * 3


def test_severed_stand_in_takes_any_data(bench: DialogBench, pages: PageServer) -> None:
    strange = (
        "const cyclic = {}; cyclic.self = cyclic;"
        "for (const d of [cyclic, 1n, undefined, () => 1]) opener.postMessage(d, '*');"
    )
    run = bench.open(serve(pages, "/d", html(f"{strange} {FINISH}"), headers=COOP))
    run.wait_for_finish()
    assert run.rejections == [Rejection.NOT_JSON] * 4


@pytest.mark.parametrize("lost", ["page", "profile"])
def test_severed_finish_arrives_although_scripts_were_lost(
    bench: DialogBench, pages: PageServer, lost: str
) -> None:
    """The relay reaches the page by two ways; either is enough."""
    serve(pages, "/end", html(FINISH), headers=COOP)
    run = bench.open(serve(pages, "/d", html("")))
    run.wait_for_load()
    page = run.page()
    scripts = page.scripts() if lost == "page" else page.profile().scripts()
    assert {script.name() for script in scripts.toList()} == {"popup_relay.js", "severed_opener.js"}
    for script in scripts.toList():
        scripts.remove(script)  # `clear` of a page's scripts ends the process later (seen in 6.11.3)
    assert scripts.toList() == []
    run.evaluate("location = '/end'; 1")
    run.wait_for_finish()
    assert [event.source for event in run.finishes] == [SEVERED]


def test_severed_finish_arrives_once(bench: DialogBench, pages: PageServer) -> None:
    done = post(type="sentinel")
    run = bench.open(serve(pages, "/d", html(FINISH + done), headers=COOP))
    run.wait_for_sentinel()
    assert len(run.finishes) == 1
    assert len(run.messages) == 2


def test_severed_opener_is_said(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html(FINISH), headers=COOP))
    run.wait_for_finish()
    assert run.problem("The dialog's opener was severed") is not None


def test_opener_that_is_there_is_not_called_severed(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html(FINISH)))
    run.wait_for_finish()
    assert run.problem("The dialog's opener was severed") is None


def test_account_id_is_answered_on_the_trusted_origin(bench: DialogBench, pages: PageServer) -> None:
    script = (
        "addEventListener('message', (event) => {"
        " if (event.data.data === 'account-7' && event.source === opener) "
        f"{{ {FINISH} }} }});" + post(type="tray.authpopup.accountIdRequest")
    )
    run = bench.open(serve(pages, "/d", html(script)))
    run.wait_until(lambda: bool(run.messages))
    run.dialog.answer_account_id("account-7")
    run.wait_for_finish()
