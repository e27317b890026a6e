"""Windows that the dialog opens: theirs is a true opener, an address line, and an end."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.conftest import PageServer
from tests.dialog.dialog_bench import DialogBench, DialogRun, html, post, serve
from tray_auth_desktop.core.window_message import MessageSource
from tray_auth_desktop.dialog.auth_dialog import MAX_POPUPS
from tray_auth_desktop.dialog.popup_window import PopupWindow

pytestmark = pytest.mark.webengine

FINISH = post()
COOP = {"Cross-Origin-Opener-Policy": "same-origin"}
#: A dialog that opens the provider's window and finishes when that window reports back.
WAITING_DIALOG = (
    "addEventListener('message', (event) => {"
    " if (event.data.kind === 'callback' && event.origin === location.origin)"
    f" {{ {FINISH} window.close() }} }});"
)


def windows() -> list[PopupWindow]:
    """Return the windows on screen that dialogs opened."""
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, PopupWindow) and widget.isVisible()
    ]


def address_in(window: QWidget) -> str:
    """Return what the address line of a window says."""
    lines = [
        line for line in window.findChildren(QLineEdit) if line.accessibleName() == "Address of the page"
    ]
    assert len(lines) == 1
    assert lines[0].isReadOnly()
    return lines[0].text()


def open_provider(
    bench: DialogBench, pages: PageServer, other_site: PageServer, headers: dict[str, str] | None = None
) -> DialogRun:
    """Open a dialog whose provider, after a page of its own, goes to the dialog's callback page."""
    callback = serve(pages, "/callback", html(post(kind="callback") + "window.close()"))
    provider = serve(other_site, "/provider", html(f"location = '{callback}'"), headers=headers)
    return bench.open(serve(pages, "/d", html(WAITING_DIALOG + f"window.open('{provider}')")))


def test_window_that_reports_to_the_dialog(
    bench: DialogBench, pages: PageServer, other_site: PageServer
) -> None:
    run = open_provider(bench, pages, other_site)
    run.wait_for_finish()
    assert run.finishes[0].source is MessageSource.POPUP
    assert run.suspicions == []


def test_window_whose_opener_was_severed_reports_all_the_same(
    bench: DialogBench, pages: PageServer, other_site: PageServer
) -> None:
    run = open_provider(bench, pages, other_site, headers=COOP)
    run.wait_for_finish()
    assert run.finishes[0].source is MessageSource.POPUP
    assert len(run.suspicions) == 1
    assert run.problem("A window of the dialog lost its opener") is not None


def test_window_of_a_window_reports_to_it(bench: DialogBench, pages: PageServer) -> None:
    serve(pages, "/second", html(post(kind="inner") + "window.close()"))
    inner = "onmessage = (event) => { if (event.data.kind === 'inner') {" + post(kind="callback") + "} };"
    serve(pages, "/first", html(inner + "window.open('/second')"))
    run = bench.open(serve(pages, "/d", html(WAITING_DIALOG + "window.open('/first')")))
    run.wait_for_finish()


@pytest.mark.parametrize(
    "script",
    ["window.open('/w', '_blank', 'noopener')", "document.querySelector('a').click()"],
    ids=["noopener", "link"],
)
def test_windows_without_an_opener_open_too(bench: DialogBench, pages: PageServer, script: str) -> None:
    serve(pages, "/w", html("", "<p>terms"))
    link = "<a href='/w' target='_blank' rel='noopener'>Terms</a>"
    run = bench.open(serve(pages, "/d", html(script, link)))
    run.wait_until(lambda: bool(windows()) and address_in(windows()[0]) != "")
    assert address_in(windows()[0]) == pages.origin


@pytest.mark.parametrize(
    "features", ["", "width=500,height=400", "popup=0", "menubar=yes,toolbar=yes,width=500"]
)
def test_any_kind_of_window_is_a_window_with_an_address_line(
    bench: DialogBench, pages: PageServer, other_site: PageServer, features: str
) -> None:
    provider = serve(other_site, "/provider?secret=1", html("", "<p>provider"))
    serve(other_site, "/provider", html("document.title = 'Provider'"))
    run = bench.open(serve(pages, "/d", html(f"window.open('{provider}', '_blank', '{features}')")))
    run.wait_until(lambda: [window.windowTitle() for window in windows()] == ["Provider"])
    assert address_in(windows()[0]) == other_site.origin
    assert "The dialog opened a window." in run.texts


def test_window_is_sized_within_reason(bench: DialogBench, pages: PageServer) -> None:
    sizes = (
        "window.open('/blank', 'a', 'width=9000,height=9000'); window.open('/blank', 'b', 'width=1,height=1')"
    )
    run = bench.open(serve(pages, "/d", html(sizes)))
    run.wait_until(lambda: len(windows()) == 2 and all(window.width() != 520 for window in windows()))
    small, large = sorted(window.width() for window in windows())
    assert small == 360
    assert large <= 1_200
    assert all(320 <= window.height() <= 1_100 for window in windows())


def test_window_closed_by_its_page_goes(bench: DialogBench, pages: PageServer) -> None:
    serve(pages, "/w", html("onload = () => window.close()"))
    run = bench.open(serve(pages, "/d", html("window.open('/w')")))
    run.wait_until(lambda: "The window that the dialog opened was closed." in run.texts)
    assert run.dialog.popup_pages() == ()
    assert windows() == []
    assert run.gone == []


def test_window_closed_by_the_person_goes_and_the_dialog_sees_it(
    bench: DialogBench, pages: PageServer
) -> None:
    run = bench.open(serve(pages, "/d", html("window.w = window.open('/blank')")))
    run.wait_until(lambda: bool(windows()))
    windows()[0].close()
    assert run.dialog.popup_pages() == ()
    run.wait_until(lambda: run.evaluate("w.closed") is True)
    assert run.gone == []


def test_windows_are_limited(bench: DialogBench, pages: PageServer) -> None:
    many = f"for (let i = 0; i < {MAX_POPUPS + 40}; i++) window.open('/blank', 'w' + i);"
    run = bench.open(serve(pages, "/d", html(many + FINISH)))
    run.wait_for_finish()
    run.wait_until(lambda: run.texts.count(f"More than {MAX_POPUPS} windows: refused.") == 40)
    assert len(run.dialog.popup_pages()) == len(windows()) == MAX_POPUPS


def test_room_is_made_by_a_window_that_closes(bench: DialogBench, pages: PageServer) -> None:
    many = (
        f"window.all = []; for (let i = 0; i < {MAX_POPUPS}; i++) all.push(window.open('/blank', 'w' + i));"
    )
    run = bench.open(serve(pages, "/d", html(many)))
    run.wait_until(lambda: len(windows()) == MAX_POPUPS)
    run.evaluate("all[0].close(); 1")
    run.wait_until(lambda: len(windows()) == MAX_POPUPS - 1)
    run.evaluate("window.open('/blank', 'one more'); 1")
    run.wait_until(lambda: len(windows()) == MAX_POPUPS)


def test_windows_are_hidden_with_the_dialog(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html("window.open('/blank')")))
    run.wait_until(lambda: bool(windows()))
    run.dialog.close_windows()
    assert windows() == []
    assert not run.dialog.widget().isVisible()


def test_dialog_opens_only_one_dialog_window(bench: DialogBench, pages: PageServer) -> None:
    """What the dialog opens by the opener's reference is a window of the dialog, not a second dialog."""
    run = bench.open(serve(pages, "/d", html("window.open('/blank')")))
    run.wait_until(lambda: bool(run.dialog.popup_pages()))
    assert run.dialog.page() not in run.dialog.popup_pages()
