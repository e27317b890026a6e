"""What is typed is learnt wherever a page lets it be typed: nothing that a page says of it later is kept."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from tests.conftest import PageServer
from tests.dialog.dialog_bench import DialogBench, DialogRun, click_until, html, serve
from tray_auth_desktop.redaction import MASK

pytestmark = pytest.mark.webengine

TYPED = "S3cr3t.Typed~Value"
HOST = "<div id=host></div>"
SAY = f"console.log('it is {TYPED}')"
LATER = f"setTimeout(() => {SAY}, 300);"


def type_in(field: str, document: str = "document") -> str:
    """Return statements that type as a person does: the engine makes the events."""
    return f"{field}.focus(); {document}.execCommand('insertText', false, {json.dumps(TYPED)});"


def in_host(markup: str, script: str) -> str:
    """Return a page that types into the first element of some markup."""
    return html(
        f"host.innerHTML = {json.dumps(markup)}; const field = host.firstChild; {script} {LATER}", HOST
    )


_SHADOW = "const root = host.attachShadow({mode: '%s'}); root.innerHTML = '<input type=password>';"
_WRITTEN = (
    f"document.open(); document.write(`<input id=field><script>{type_in('field')} {LATER}<\\/script>`);"
    " document.close();"
)
PAGES = {
    "a field": in_host("<input>", type_in("field")),
    "open shadow root": html(f"{_SHADOW % 'open'} {type_in('root.firstChild')} {LATER}", HOST),
    "closed shadow root": html(f"{_SHADOW % 'closed'} {type_in('root.firstChild')} {LATER}", HOST),
    "design mode": html(f"document.designMode = 'on'; {type_in('document.body')} {LATER}"),
    "design mode, by another way": html(
        "document.designMode = 'on'; document.body.focus();"
        f" document.execCommand('insertHTML', false, {json.dumps(TYPED)}); {LATER}"
    ),
    "nested elements": in_host("<div contenteditable><p>aa <b>b</b></p></div>", type_in("field")),
    "a paragraph of an editor": in_host(
        "<div contenteditable></div>",
        "field.focus(); document.execCommand('insertText', false, 'intro');"
        f" document.execCommand('insertParagraph'); {type_in('field')}",
    ),
    "a line of several": in_host(
        "<textarea></textarea>",
        f"field.focus(); document.execCommand('insertText', false, 'user: ava\\n{TYPED}\\n');",
    ),
    "a field that holds too much": in_host(
        "<textarea></textarea>", f"field.value = 'x '.repeat(9000); {type_in('field')}"
    ),
    "a document that is opened anew while it is read": html(_WRITTEN),
    "a document that is opened anew once it is there": html(f"onload = () => {{ {_WRITTEN} }}"),
    "an empty frame": html(
        "const frame = document.createElement('iframe'); document.body.append(frame);"
        " const inner = frame.contentDocument; inner.body.innerHTML = '<input>';"
        f" {type_in('inner.body.firstChild', 'inner')} {LATER}"
    ),
    "a frame that is written": html(
        "const frame = document.createElement('iframe'); document.body.append(frame);"
        " const inner = frame.contentDocument; inner.open(); inner.write('<input>'); inner.close();"
        f" setTimeout(() => {{ {type_in('inner.body.firstChild', 'inner')} {LATER} }})"
    ),
    "a frame within an empty frame": html(
        "const frame = document.createElement('iframe'); document.body.append(frame);"
        " const middle = frame.contentDocument; const second = middle.createElement('iframe');"
        " middle.body.append(second); const inner = second.contentDocument; inner.body.innerHTML = '<input>';"
        f" {type_in('inner.body.firstChild', 'inner')} {LATER}"
    ),
    "an empty window": html(
        "const other = open('about:blank'); const inner = other.document; inner.body.innerHTML = '<input>';"
        f" {type_in('inner.body.firstChild', 'inner')} {LATER}"
    ),
    "a window that is written": html(
        "const other = open(''); const inner = other.document; inner.write('<input>'); inner.close();"
        f" {type_in('inner.body.firstChild', 'inner')} {LATER}"
    ),
    "the page of a javascript: address": html(
        "setTimeout(() => { location = 'javascript:' + encodeURIComponent(JSON.stringify("
        f"`<input id=field><script>{type_in('field')} {LATER}<\\/script>`)) }}, 100)"
    ),
}


def said(run: DialogRun, beginning: str = "it is ") -> str:
    """Return what the page said of what was typed, as the timeline has it."""
    run.wait_until(lambda: any(text.startswith(beginning) for text in run.texts))
    return next(text for text in run.texts if text.startswith(beginning))


@pytest.mark.parametrize("place", PAGES)
def test_what_is_typed_is_learnt(bench: DialogBench, pages: PageServer, place: str) -> None:
    run = bench.open(serve(pages, "/d", PAGES[place]))
    assert said(run) == f"it is {MASK}"


def type_keys(run: DialogRun, *texts: str) -> None:
    """Type with the keyboard into what has it, with Tab between the texts, and press Enter."""
    view = run.dialog.widget().findChild(QWebEngineView)
    assert isinstance(view, QWebEngineView)
    target = view.focusProxy()
    assert isinstance(target, QWidget)
    for number, text in enumerate(texts):
        if number:
            QTest.keyClick(target, Qt.Key.Key_Tab)
        QTest.keyClicks(target, text)
    QTest.keyClick(target, Qt.Key.Key_Return)


#: Pages that take the keyboard at a click and say all that was typed at Enter; `all()` returns their fields.
KEYED = {
    "closed shadow root": (
        "const root = host.attachShadow({mode: 'closed'}); root.innerHTML = '<input><input type=password>';"
        "const view = window; const all = () => [...root.querySelectorAll('input')];"
    ),
    "an empty frame": (
        "const frame = document.createElement('iframe'); document.body.append(frame);"
        "frame.style = 'position: absolute; top: 150px';"
        "const view = frame.contentWindow; view.document.body.innerHTML = '<input><input type=password>';"
        "const all = () => [...view.document.querySelectorAll('input')];"
    ),
    "a frame that is written": (
        "const frame = document.createElement('iframe'); document.body.append(frame);"
        "frame.style = 'position: absolute; top: 150px';"
        "const view = frame.contentWindow; view.document.open();"
        "view.document.write('<input><input type=password>'); view.document.close();"
        "const all = () => [...view.document.querySelectorAll('input')];"
    ),
}


@pytest.mark.parametrize("place", KEYED)
def test_what_is_typed_key_by_key_is_learnt(bench: DialogBench, pages: PageServer, place: str) -> None:
    """Of two fields whose texts cannot be read each is learnt, and each beginning of it."""
    script = (
        f"{KEYED[place]} addEventListener('click', () => {{ all()[0].focus(); document.title = 'ready' }});"
        "view.addEventListener('keydown', (event) => { if (event.key !== 'Enter') return;"
        " const [name, key] = all().map((field) => field.value);"
        " console.log(`it is ${name} ${key} ${key.slice(0, 9)} ${key.length}`) })"
    )
    run = bench.open(serve(pages, "/d", html(script, HOST)))
    click_until(run, lambda: run.page().title() == "ready")
    type_keys(run, "ava@example", TYPED)
    assert said(run) == f"it is {MASK} {MASK} {MASK} {len(TYPED)}"


def test_what_a_page_has_as_a_default_is_not_taken_for_typed(bench: DialogBench, pages: PageServer) -> None:
    page = html(
        "onload = () => { document.open(); document.write(`<input value='a default value'>"
        "<script>setTimeout(() => console.log('it is a default value'), 200)<\\/script>`); document.close() }"
    )
    assert said(bench.open(serve(pages, "/d", page))) == "it is a default value"
