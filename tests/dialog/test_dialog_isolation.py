"""No script of a page sees the channel, the bridge or the relay; the stand-in opener is where it belongs."""

from __future__ import annotations

import json
import re

import pytest
from PySide6.QtCore import QFile, QIODevice
from PySide6.QtQml import QJSEngine, QJSValue
from PySide6.QtWidgets import QApplication

from tests.conftest import PageServer
from tests.dialog.conftest import MakeBench
from tests.dialog.dialog_bench import DialogBench, DialogRun, html, post, sentinel, serve
from tests.dialog.plain_page import seen_in_a_plain_page
from tray_auth_desktop import assets
from tray_auth_desktop.core.window_message import MessageSource
from tray_auth_desktop.dialog.bridge import OBJECT_NAME
from tray_auth_desktop.dialog.scripts import OUR_WORLD

pytestmark = pytest.mark.webengine

COOP = {"Cross-Origin-Opener-Policy": "same-origin"}
OUR_NAMES = ("qt", "QWebChannel", "QWebChannelMessageTypes", OBJECT_NAME, "channel", "webChannelTransport")
PROBE = f"JSON.stringify({json.dumps(OUR_NAMES)}.filter((name) => typeof window[name] !== 'undefined'))"
GLOBALS = "JSON.stringify(Object.getOwnPropertyNames(window).sort())"
OPENER_IS_OURS = "String(Object.isFrozen(opener) && opener.window === undefined)"


def globals_of_a_plain_page(run: DialogRun, url: str) -> object:
    """Return what a page sees that nobody put a script into."""
    return seen_in_a_plain_page(run, url, lambda page: run.evaluate(GLOBALS, page))


@pytest.mark.parametrize("headers", [{}, COOP], ids=["opener", "severed opener"])
def test_dialog_page_sees_what_any_page_sees(
    bench: DialogBench, pages: PageServer, headers: dict[str, str]
) -> None:
    url = serve(pages, "/d", html("", "<p>dialog"), headers=headers)
    run = bench.open(url)
    run.wait_for_load()
    assert json.loads(str(run.evaluate(PROBE))) == []
    assert run.evaluate(GLOBALS) == globals_of_a_plain_page(run, url)


def test_our_own_world_of_the_dialog_has_the_transport(bench: DialogBench, pages: PageServer) -> None:
    """The probe looks for the right thing: where the transport is, it finds it."""
    run = bench.open(serve(pages, "/d", html("")))
    run.wait_for_load()
    assert json.loads(str(run.evaluate(PROBE, world=OUR_WORLD))) == ["qt"]


@pytest.mark.parametrize("hop", [False, True], ids=["opener", "severed opener"])
@pytest.mark.parametrize("is_foreign", [False, True], ids=["same origin", "other origin"])
def test_iframe_sees_nothing(
    bench: DialogBench, pages: PageServer, other_site: PageServer, is_foreign: bool, hop: bool
) -> None:
    site = other_site if is_foreign else pages
    report = f"parent.postMessage({{seen: {PROBE}, opener: String(window.opener)}}, '*')"
    frame = serve(site, "/frame", html(report))
    script = "addEventListener('message', (event) => { window.report = JSON.stringify(event.data) });"
    run = bench.open(
        serve(pages, "/d", html(script, f"<iframe src='{frame}'></iframe>"), headers=COOP if hop else {})
    )
    run.wait_for_load()
    run.wait_until(lambda: run.evaluate("window.report || ''") != "")
    assert json.loads(str(run.evaluate("window.report"))) == {"seen": "[]", "opener": "null"}


@pytest.mark.parametrize("is_foreign", [False, True], ids=["same origin", "other origin"])
def test_nested_popup_sees_nothing(
    bench: DialogBench, pages: PageServer, other_site: PageServer, is_foreign: bool
) -> None:
    nested = serve(other_site if is_foreign else pages, "/nested", html("", "<p>provider"))
    run = bench.open(serve(pages, "/d", html(f"window.nested = window.open('{nested}')")))
    run.wait_until(lambda: bool(run.dialog.popup_pages()))
    popup = run.dialog.popup_pages()[0]
    run.wait_until(
        lambda: run.evaluate("document.readyState + document.body?.textContent", popup) == "completeprovider"
    )
    assert json.loads(str(run.evaluate(PROBE, popup))) == []


def test_opener_page_shows_nothing_to_a_dialog_of_its_own_origin(
    make_bench: MakeBench, pages: PageServer
) -> None:
    """Where the opener origin is the dialog's own, the dialog can look into the opener page."""
    bench = make_bench(pages.origin)
    run = bench.open(serve(pages, "/d", html("")))
    run.wait_for_load()
    assert run.evaluate("typeof opener.document") == "object"
    assert json.loads(str(run.evaluate(PROBE.replace("window[", "opener[")))) == []


def test_real_opener_is_left_alone(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html("")))
    run.wait_for_load()
    assert run.evaluate(OPENER_IS_OURS) == "false"
    assert run.evaluate("opener.window === opener") is True


def test_stand_in_opener_is_on_the_trusted_origin_when_severed(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html(""), headers=COOP))
    run.wait_for_load()
    assert run.evaluate(OPENER_IS_OURS) == "true"
    assert run.evaluate("opener.closed") is False
    assert run.evaluate("[typeof opener.focus(), typeof opener.close(), typeof opener.blur()].join()") == (
        "undefined,undefined,undefined"
    )


def test_no_stand_in_opener_on_another_origin(
    bench: DialogBench, pages: PageServer, other_site: PageServer
) -> None:
    foreign = serve(
        other_site, "/provider", html(f"document.title = String(window.opener); {FORGE}"), headers=COOP
    )
    run = bench.open(serve(pages, "/d", html(f"location = '{foreign}'")))
    run.wait_until(lambda: run.page().title() == "null")
    assert run.evaluate("location.origin") == other_site.origin
    assert run.messages == []


def _forgeries() -> str:
    names = [OBJECT_NAME, "posted", "severed", "message", "relay", "tray", "opener", "eventName", "0" * 32]
    detail = json.dumps(json.dumps(["posted", "{}"]))
    return (
        f"for (const name of {json.dumps(names)}) for (const target of [document, window])"
        f" target.dispatchEvent(new CustomEvent(name, {{detail: {detail}}}));"
    )


FORGE = _forgeries()


@pytest.mark.parametrize("headers", [{}, COOP], ids=["opener", "severed opener"])
def test_forged_relay_events_do_nothing(
    bench: DialogBench, pages: PageServer, headers: dict[str, str]
) -> None:
    run = bench.open(serve(pages, "/d", html(FORGE + sentinel()), headers=headers))
    run.wait_for_sentinel()
    assert len(run.messages) == 1


def test_page_cannot_listen_to_what_its_opener_is_told(bench: DialogBench, pages: PageServer) -> None:
    """A page that replaces what a relay might use gets to see nothing of it."""
    spy = (
        "window.seen = [];"
        "for (const name of ['dispatchEvent', 'addEventListener']) {"
        "  const real = EventTarget.prototype[name];"
        "  EventTarget.prototype[name] = function (...a) { seen.push(name); return real.apply(this, a) };"
        "}"
        "window.CustomEvent = class { constructor() { seen.push('CustomEvent') } };"
        "JSON.stringify = () => { seen.push('stringify'); return '[]' };"
    )
    run = bench.open(serve(pages, "/d", html(spy + post()), headers=COOP))
    run.wait_for_finish()
    assert run.finishes[0].source is MessageSource.SEVERED
    assert run.evaluate("seen.join()") == ""


def channel_source() -> str:
    file = QFile(":/qtwebchannel/qwebchannel.js")
    assert file.open(QIODevice.OpenModeFlag.ReadOnly)
    return bytes(file.readAll().data()).decode()


def run_script(engine: QJSEngine, source: str) -> str:
    """Return what a script comes to, as text; the stubs of `evaluate` tell of a pair that is not returned."""
    result: object = engine.evaluate(source)
    assert isinstance(result, QJSValue)
    assert not result.isError(), result.toString()
    return result.toString()


def test_frame_of_the_relay_is_the_one_that_qt_writes(qapp: QApplication) -> None:
    """Qt's own client is made to call a slot; the relay must write the very same frame."""
    engine = QJSEngine()
    run_script(engine, channel_source())
    result = run_script(
        engine,
        """
        const frames = [];
        const transport = { send: (text) => frames.push(JSON.parse(text)) };
        const description = { methods: [["posted", 0]], signals: [], properties: [], enums: {} };
        new QWebChannel(transport, (channel) => channel.objects.bridge.posted("a", "b", 3));
        transport.onmessage({ data: { type: 10, id: frames[0].id, data: { bridge: description } } });
        JSON.stringify(frames.filter((frame) => "method" in frame));
        """,
    )
    (frame,) = json.loads(result)
    assert frame["type"] == 6
    assert frame["object"] == OBJECT_NAME
    assert frame["args"] == ["a", "b", 3]
    assert set(frame) == {"type", "object", "method", "args", "id"}
    relay = assets.read_text("dialog/popup_relay.js")
    assert "{ type: 6, object: config.object, method, args, id }" in relay


def test_qt_calls_that_frame_invoke_method() -> None:
    assert re.search(r"\binvokeMethod:\s*6\b", channel_source())
