"""What is known to be secret is taken out of any text; a window's title tells no address."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication

from tests.conftest import PageServer
from tests.dialog.dialog_bench import DialogBench, html, serve
from tray_auth_desktop.dialog.address import title_without_address
from tray_auth_desktop.dialog.popup_window import PopupWindow
from tray_auth_desktop.redaction import MASK, redact, redact_url, secrets_in
from tray_auth_desktop.secrets import forget, remember

TYPED = 'Opens "sesame" & p\u00e4ss+w\u00f6rd/1'


@pytest.fixture
def typed() -> Iterator[str]:
    remember(TYPED)
    yield TYPED
    forget([TYPED])


@pytest.mark.parametrize(
    "written",
    [
        TYPED,
        quote(TYPED),
        quote(TYPED, safe=""),
        quote_plus(TYPED),
        json.dumps({"a": TYPED}),
        json.dumps({"a": TYPED}, ensure_ascii=False),
        *(base64.b64encode(f"{'u' * before}:{TYPED}:after".encode()).decode() for before in range(3)),
        base64.urlsafe_b64encode(TYPED.encode()).decode(),
    ],
)
def test_what_was_typed_is_taken_out_however_it_is_written(typed: str, written: str) -> None:
    shown = redact(f"before {written} after")
    assert MASK in shown
    assert "esame" not in shown
    assert shown.startswith("before ")


def test_a_long_text_is_not_cut_through_what_is_known(typed: str) -> None:
    for length in range(60, 90):
        assert "Opens" not in redact("x" * length + typed, limit=20)


def test_what_was_forgotten_is_shown_again(typed: str) -> None:
    forget([typed])
    assert redact("Opens it") == "Opens it"
    assert typed not in redact_url(f"https://host/{quote(typed)}")


def test_short_texts_are_not_looked_for() -> None:
    remember("host")
    assert redact("the host answered") == "the host answered"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://h/cb?code=4%2F0A&state=x%20y&scope=read", ("4/0A", "x y")),
        ("https://h/cb#access_token=opensesame", ("opensesame",)),
        ("https://h/?csrf_token=a&sessionId=b&serviceId=c", ("a", "b")),
        ("https://[", ()),
        ("", ()),
    ],
)
def test_values_of_an_address_that_are_secret(url: str, found: tuple[str, ...]) -> None:
    assert secrets_in(url) == found


@pytest.mark.parametrize(
    ("title", "address", "shown"),
    [
        ("Sign in", "https://host.example/x?code=1", "Sign in"),
        ("host.example/x?code=opensesame", "https://host.example/x?code=opensesame", "host.example"),
        ("127.0.0.1:80/x?code=opensesame a", "http://127.0.0.1:80/x?code=opensesame%20a", "127.0.0.1"),
        ("https://host.example/?code=opensesame", "https://host.example/", "host.example"),
        (
            "b\u00fccher.example/?code=opensesame",
            "https://b\u00fccher.example/",
            QUrl("https://b\u00fccher.example").host(),
        ),
        ("data:text/html,opensesame", "data:text/html,opensesame", ""),
        ("Success code=opensesame", "https://host.example/", f"Success code={MASK}"),
        ("", "", ""),
    ],
)
def test_a_title_tells_no_address(title: str, address: str, shown: str) -> None:
    assert title_without_address(title, QUrl(address)) == shown


@pytest.mark.webengine
def test_the_window_of_a_page_without_a_title_tells_no_code(bench: DialogBench, pages: PageServer) -> None:
    page = serve(pages, "/callback", "<!doctype html><p>done")
    run = bench.open(serve(pages, "/d", html(f"window.open('{page}?code=opensesame&state=x')")))
    run.wait_until(lambda: any("opensesame" in popup.title() for popup in run.dialog.popup_pages()))

    def titles() -> list[str]:
        windows = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, PopupWindow)]
        return [window.windowTitle() for window in windows if window.isVisible()]

    run.wait_until(lambda: titles() not in ([], [""]))
    assert titles() == ["127.0.0.1"]


@pytest.mark.webengine
def test_what_is_typed_is_known_at_once_and_forgotten_with_the_dialog(
    bench: DialogBench, pages: PageServer
) -> None:
    echo = "addEventListener('input', (event) => console.log(`typed ${event.target.value}`))"
    run = bench.open(serve(pages, "/d", html(echo, "<input id=field>")))
    run.wait_for_load()
    run.evaluate("field.value = 'opensesame'; field.dispatchEvent(new Event('input', {bubbles: true})); 1")
    run.wait_until(lambda: any(text.startswith("typed") for text in run.texts))
    assert f"typed {MASK}" in run.texts
    run.close()
    bench.forget(run)
    assert redact("opensesame") == "opensesame"
