"""The dialog in an iframe: heard by the page around it, which the dialog cannot leave or see."""

from __future__ import annotations

import json

import pytest

from tests.conftest import PageServer
from tests.dialog.conftest import MakeBench
from tests.dialog.dialog_bench import (
    AUTH_ID,
    OPENER_ORIGIN,
    DialogBench,
    DialogRun,
    click_until,
    html,
    on_click,
    post,
    sentinel,
    serve,
)
from tray_auth_desktop.core.presentation import Embedding, Presentation
from tray_auth_desktop.core.window_message import MessageSource, Rejection
from tray_auth_desktop.dialog.frame_page import FramePage
from tray_auth_desktop.dialog.popup_page import PopupPage

IFRAME = Presentation(Embedding.IFRAME)


def opened(bench: DialogBench, url: str, presentation: Presentation = IFRAME) -> DialogRun:
    run = bench.make(presentation)
    run.open(url)
    return run


def asked(run: DialogRun, source: str) -> object:
    """Return what a script of ours in the dialog's document evaluates to."""
    answers: list[object] = []
    run.page().run(source, answers.append)
    run.wait_until(lambda: bool(answers))
    return answers[0]


@pytest.mark.parametrize(
    "script",
    [
        post("parent"),
        post("parent", target_origin=OPENER_ORIGIN),
        f"onload = () => {{ {post('parent')} }}",
        f"addEventListener('pagehide', () => {{ {post('parent')} }}); location = '/blank'",
        f"{post('parent')} location = '/blank'",
        f"{post('parent')} location.reload()",
        f"onload = () => setTimeout(() => {{ {post('parent')} }}, 50)",
    ],
)
def test_a_finish_arrives_from_the_parent(bench: DialogBench, pages: PageServer, script: str) -> None:
    guarded = f"if (!sessionStorage.done) {{ sessionStorage.done = 1; {script} }}"
    run = opened(bench, serve(pages, "/dialog", html(guarded)))
    run.wait_for_finish()
    assert {finish.auth_id for finish in run.finishes} == {AUTH_ID}


def test_its_source_is_the_frame(bench: DialogBench, pages: PageServer) -> None:
    run = opened(bench, serve(pages, "/dialog", html(post("parent"))))
    run.wait_for_finish()
    run.wait_for_load()
    assert [finish.source for finish in run.finishes] == [MessageSource.FRAME]
    assert run.problem("") is None


def test_the_opener_origin_can_be_another(bench: DialogBench, pages: PageServer) -> None:
    around = Presentation(Embedding.IFRAME, opener_origin="https://shop.example")
    script = post("parent", target_origin="https://shop.example")
    run = opened(bench, serve(pages, "/dialog", html(script)), around)
    run.wait_for_finish()


def test_a_frame_within_and_a_foreign_page_are_not_believed(
    bench: DialogBench, pages: PageServer, other_site: PageServer
) -> None:
    inner = serve(pages, "/inner", html(post("top")))
    foreign = serve(other_site, "/foreign", html(post("top")))
    body = f"<iframe src='{inner}'></iframe><iframe src='{foreign}'></iframe>"
    run = opened(bench, serve(pages, "/dialog", html("", body)))
    run.wait_until(lambda: len(run.rejections) == 2)
    assert set(run.rejections) == {Rejection.FOREIGN_WINDOW, Rejection.FOREIGN_ORIGIN}
    assert run.finishes == []


def test_it_cannot_send_its_parent_elsewhere(
    bench: DialogBench, pages: PageServer, other_site: PageServer
) -> None:
    there = serve(other_site, "/there", html("", "there"))
    run = opened(bench, serve(pages, "/dialog", html(on_click(f"top.location = '{there}?code=abc'"))))
    click_until(run, lambda: run.problem("The dialog wanted to leave its iframe") is not None)
    asked(run, post("parent"))
    run.wait_for_finish()
    refused = run.problem("The dialog wanted to leave its iframe")
    assert refused is not None
    assert "abc" not in refused.text


@pytest.mark.parametrize(
    "headers",
    [{"X-Frame-Options": "DENY"}, {"Content-Security-Policy": "frame-ancestors 'self'"}],
)
def test_a_host_that_refuses_frames_is_said(
    bench: DialogBench, pages: PageServer, headers: dict[str, str]
) -> None:
    run = opened(bench, serve(pages, "/dialog", html(""), headers=headers))
    run.wait_until(lambda: bool(run.failures))
    assert "does not let itself be shown in an iframe" in run.failures[0].reason
    assert not run.failures[0].is_network
    assert run.loads == 0


def test_a_host_that_is_down_is_said(bench: DialogBench) -> None:
    run = opened(bench, "http://127.0.0.1:9/external/auth/create/acme?code=abc")
    run.wait_until(lambda: bool(run.failures))
    assert run.failures[0].is_network
    assert "abc" not in run.failures[0].reason


def test_an_error_status_is_said(bench: DialogBench, pages: PageServer) -> None:
    run = opened(bench, serve(pages, "/dialog", html(""), 410))
    run.wait_until(lambda: bool(run.failures))
    assert run.failures[0].status == 410


def test_its_windows_are_its_own(bench: DialogBench, pages: PageServer) -> None:
    back = serve(pages, "/back", html(f"opener.postMessage('hello', '*'); {post('opener.parent')}"))
    script = (
        f"addEventListener('message', event => {{ {sentinel('parent')} }}); onclick = () => open('{back}')"
    )
    run = opened(bench, serve(pages, "/dialog", html(script, "<button>sign in</button>")))
    run.wait_for_load()
    asked(run, "document.querySelector('button').click()")
    run.wait_for_sentinel()
    run.wait_until(lambda: bool(run.rejections))
    assert run.rejections == [Rejection.FOREIGN_WINDOW]


def test_what_is_typed_into_it_becomes_a_secret(bench: DialogBench, pages: PageServer) -> None:
    body = "<label>Token <input></label>"
    script = "addEventListener('input', event => console.log('typed ' + event.target.value))"
    run = opened(bench, serve(pages, "/dialog", html(script, body)))
    run.wait_for_load()
    typed = "a-secret-that-is-typed"
    asked(
        run,
        f"const field = document.querySelector('input'); field.value = {json.dumps(typed)}; "
        "field.dispatchEvent(new Event('input', {bubbles: true})); 1",
    )
    run.wait_until(lambda: any(text.startswith("typed ") for text in run.texts))
    assert not any(typed in text for text in run.texts)


def test_what_is_typed_into_a_frame_of_a_popup_becomes_a_secret_too(
    bench: DialogBench, pages: PageServer, other_site: PageServer
) -> None:
    typed = "another-secret-that-is-typed"
    script = (
        "addEventListener('input', event => console.log('typed ' + event.target.value));"
        f"const field = document.querySelector('input'); field.value = {json.dumps(typed)};"
        "field.dispatchEvent(new Event('input', {bubbles: true}));"
    )
    inner = serve(other_site, "/inner", html(script, "<input>"))
    run = bench.open(serve(pages, "/dialog", html("", f"<iframe src='{inner}'></iframe>")))
    run.wait_until(lambda: any(text.startswith("typed ") for text in run.texts))
    assert not any(typed in text for text in run.texts)


def test_no_page_sees_the_bridge(bench: DialogBench, pages: PageServer) -> None:
    run = opened(bench, serve(pages, "/dialog", html("")))
    run.wait_for_load()
    page = run.page()
    assert isinstance(page, FramePage)
    seen: list[object] = []
    look = "[typeof qt, typeof QWebChannel, typeof bridge].join()"
    page.mainFrame().runJavaScript(look, 0, seen.append)
    page.mainFrame().children()[0].runJavaScript(look, 0, seen.append)
    run.wait_until(lambda: len(seen) == 2)
    assert seen == ["undefined,undefined,undefined"] * 2


def test_the_address_line_shows_the_iframes_address(bench: DialogBench, pages: PageServer) -> None:
    shown: list[str] = []
    run = bench.make(IFRAME)
    url = serve(pages, "/dialog", html(""))
    run.open(url)
    run.page().shown_url_changed.connect(lambda url: shown.append(url.toString()))
    run.wait_for_load()
    assert shown == [url]


def test_with_the_dialogs_own_origin_around_it(make_bench: MakeBench, pages: PageServer) -> None:
    run = opened(make_bench(pages.origin), serve(pages, "/dialog", html(post("parent"))))
    run.wait_for_finish()
    assert isinstance(run.page(), PopupPage)
