"""Each way a dialog can end, with the real engine: the finish always arrives, and says how."""

from __future__ import annotations

import pytest

from tests.capture.ways import COOP, FINISH, SEVERED, WAYS, Way, on, serve_way
from tests.conftest import PageServer
from tests.dialog.dialog_bench import (
    AUTH_ID,
    DialogBench,
    DialogRun,
    html,
    post,
    serve,
)
from tray_auth_desktop.core.dialog_state import WindowGone
from tray_auth_desktop.core.window_message import Rejection

pytestmark = pytest.mark.webengine

REPETITIONS = 2


def open_way(bench: DialogBench, pages: PageServer, other_site: PageServer, way: Way) -> DialogRun:
    """Open the dialog of a way, by its hops."""
    return bench.open(pages.origin + serve_way(way, pages, other_site))


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
    ours = {script.name() for script in scripts.toList()}
    of_the_profile = {"typed_values.js", "document_status.js", "failed_requests.js"}
    assert ours - of_the_profile == {"popup_relay.js", "severed_opener.js"}
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
