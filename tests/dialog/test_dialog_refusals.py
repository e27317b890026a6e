"""What a page can ask for beyond showing itself: refused, noted, and nothing waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from tests.conftest import PageServer
from tests.dialog.dialog_bench import (
    DialogBench,
    click_until,
    html,
    on_click,
    sentinel,
    serve,
    windows_on_screen,
)
from tray_auth_desktop.core.dialog_state import WindowGone
from tray_auth_desktop.core.timeline import EventKind

pytestmark = pytest.mark.webengine

ROOM = "<div style='width: 300px; height: 300px'>click here</div>"
ON_ERROR = f".catch((error) => {{ console.log(error.name); {sentinel()} }})"


@dataclass(frozen=True)
class Request:
    """Something a page does, and what the timeline says of it."""

    script: str
    noted: str
    body: str = ""
    needs_click: bool = False
    kind: EventKind = EventKind.SECURITY


GO_ON = sentinel()
REQUESTS = {
    "alert": Request(f"alert('hello'); {GO_ON}", "alert: hello", kind=EventKind.CONSOLE),
    "confirm": Request(f"document.title = confirm('sure?'); {GO_ON}", "confirm, answered with Cancel: sure?"),
    "prompt": Request(f"document.title = prompt('x?', 'd'); {GO_ON}", "prompt, answered with Cancel: x?"),
    "file chooser": Request(
        f"document.querySelector('input').click(); {GO_ON}", "File chooser refused", "<input type=file>", True
    ),
    "download": Request(
        f"document.querySelector('a').click(); {GO_ON}",
        "Download refused: http://127.0.0.1:PORT/x",
        "<a download=x.txt href='/x?code=1'>x</a>",
    ),
    "geolocation": Request(
        f"navigator.geolocation.getCurrentPosition(() => 0, () => {{ {GO_ON} }})",
        "Permission refused: Geolocation",
    ),
    "notifications": Request(
        f"Notification.requestPermission().then((answer) => {{ console.log(answer); {GO_ON} }})",
        "Permission refused: Notifications",
    ),
    "clipboard read": Request(
        f"navigator.clipboard.readText(){ON_ERROR}",
        "Permission refused: ClipboardReadWrite",
        needs_click=True,
    ),
    "mouse lock": Request(
        f"document.body.requestPointerLock(){ON_ERROR}", "Permission refused: MouseLock", needs_click=True
    ),
    "mailto:": Request(
        f"location = 'mailto:a@example.com'; {GO_ON}",
        "Address refused: mailto: is not a web page",
        needs_click=True,
    ),
    "unknown scheme": Request(
        f"location = 'some-program:x'; {GO_ON}",
        "Address refused: some-program: is not a web page",
        needs_click=True,
    ),
    "unknown scheme in a frame": Request(
        f"document.querySelector('iframe').src = 'some-program:x'; {GO_ON}",
        "Address refused: some-program: is not a web page",
        "<iframe></iframe>",
        True,
    ),
    "unknown scheme in a window": Request(
        f"window.open('some-program:x'); {GO_ON}",
        "Address refused: some-program: is not a web page",
        needs_click=True,
    ),
    "file:": Request(
        f"location = 'file:///etc/passwd'; {GO_ON}",
        "Not allowed to load local resource:",
        kind=EventKind.CONSOLE,
    ),
    "chrome:": Request(
        f"location = 'chrome://version'; {GO_ON}",
        "Not allowed to load local resource:",
        kind=EventKind.CONSOLE,
    ),
    "data: in place of the page": Request(
        f"location = 'data:text/html,x'; {GO_ON}", "Not allowed to navigate top frame", kind=EventKind.CONSOLE
    ),
    "fullscreen": Request(
        f"document.body.requestFullscreen().catch((error) => {{ console.log(error.message); {GO_ON} }})",
        "Fullscreen is not supported",
        needs_click=True,
        kind=EventKind.CONSOLE,
    ),
    "JavaScript error": Request(
        f"setTimeout(() => {{ {GO_ON} }}); throw new Error('boom')",
        "Uncaught Error: boom",
        kind=EventKind.CONSOLE,
    ),
}


class Desktop(QObject):
    """Takes the place of the desktop, which must be asked to open nothing."""

    SCHEMES = ("mailto", "some-program", "http", "file")

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def __enter__(self) -> Self:
        for scheme in self.SCHEMES:
            QDesktopServices.setUrlHandler(scheme, self, "handle")  # type: ignore[arg-type]  # stubs: bytes; really text
        return self

    def __exit__(self, *_error: object) -> None:
        for scheme in self.SCHEMES:
            QDesktopServices.unsetUrlHandler(scheme)

    @Slot(QUrl)
    def handle(self, url: QUrl) -> None:
        """Note what a browser or a mail program would have been given."""
        self.opened.append(url.toString())


@pytest.mark.parametrize("name", REQUESTS)
def test_request_is_refused_and_noted(bench: DialogBench, pages: PageServer, name: str) -> None:
    request = REQUESTS[name]
    noted = request.noted.replace("PORT", str(pages.server_port))
    script = on_click(request.script) if request.needs_click else request.script
    with Desktop() as desktop:
        run = bench.open(serve(pages, "/d", html(script, ROOM + request.body)))
        if request.needs_click:
            click_until(run, run.has_sentinel)
        run.wait_for_sentinel()
        run.wait_until(lambda: any(text.startswith(noted) for text in run.texts))
    seen = next(observation for observation in run.observations if observation.text.startswith(noted))
    assert seen.kind is request.kind
    assert seen.is_problem or request.kind is EventKind.CONSOLE
    assert desktop.opened == []
    assert set(windows_on_screen()) <= {"DialogView", "PopupWindow"}
    assert run.finishes == []


@pytest.mark.parametrize(
    ("script", "answer"),
    [("confirm('sure?')", "false"), ("prompt('x?', 'secret')", "null"), ("alert('x')", "undefined")],
)
def test_question_is_answered_with_cancel(
    bench: DialogBench, pages: PageServer, script: str, answer: str
) -> None:
    run = bench.open(serve(pages, "/d", html("")))
    run.wait_for_load()
    assert run.evaluate(f"String({script})") == answer


def test_without_a_click_other_programs_are_not_reached(bench: DialogBench, pages: PageServer) -> None:
    script = f"onload = () => {{ location = 'mailto:a@example.com'; {GO_ON} }}"
    with Desktop() as desktop:
        run = bench.open(serve(pages, "/d", html(script)))
        run.wait_for_sentinel()
        run.evaluate("1")
    assert desktop.opened == []
    assert run.gone == []


def test_file_system_access_gives_no_file(bench: DialogBench, pages: PageServer) -> None:
    """The chooser is refused, or the engine does not even ask for it: it may have missed the click."""
    run = bench.open(serve(pages, "/d", html(on_click(f"showOpenFilePicker(){ON_ERROR}"), ROOM)))
    click_until(run, run.has_sentinel)
    run.wait_until(lambda: bool({"AbortError", "NotAllowedError"} & set(run.texts)))
    assert windows_on_screen() == ["DialogView"]


def test_print_does_nothing(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html(f"print(); {GO_ON}")))
    run.wait_for_sentinel()
    assert windows_on_screen() == ["DialogView"]


def test_guard_against_leaving_does_not_hold_the_page(bench: DialogBench, pages: PageServer) -> None:
    """A provider's page may ask before it is left; a person who presses its button must get on."""
    guard = "onbeforeunload = (event) => { event.preventDefault(); return 'stay?' };"
    serve(pages, "/next", html(sentinel()))
    run = bench.open(serve(pages, "/d", html(guard + on_click("location = '/next'"), ROOM)))
    click_until(run, run.has_sentinel)
    assert windows_on_screen() == ["DialogView"]


def test_guard_against_leaving_does_not_keep_the_window_open(bench: DialogBench, pages: PageServer) -> None:
    guard = "onbeforeunload = (event) => { event.preventDefault(); return 'stay?' };"
    run = bench.open(serve(pages, "/d", html(guard + on_click("window.close()"), ROOM)))
    click_until(run, lambda: run.gone == [WindowGone.BY_PAGE])


def test_console_lines_are_redacted(bench: DialogBench, pages: PageServer) -> None:
    code = "c0de" * 10
    run = bench.open(
        serve(pages, "/d", html(f"console.error('at http://x.example/?code={code} with {code}'); {GO_ON}"))
    )
    run.wait_for_sentinel()
    run.wait_until(lambda: any(seen.kind is EventKind.CONSOLE for seen in run.observations))
    assert code not in repr(run.observations)


def test_a_copy_button_works(bench: DialogBench, pages: PageServer) -> None:
    """Writing is what the person asked for by the click; reading is refused above."""
    QGuiApplication.clipboard().clear()
    run = bench.open(
        serve(
            pages,
            "/d",
            html(on_click(f"navigator.clipboard.writeText('copied').finally(() => {{ {GO_ON} }})"), ROOM),
        )
    )
    click_until(run, run.has_sentinel)
    run.wait_until(lambda: QGuiApplication.clipboard().text() == "copied")
