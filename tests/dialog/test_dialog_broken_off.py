"""A page that breaks off its own loading is there all the same."""

from __future__ import annotations

import pytest

from tests.conftest import Page, PageServer
from tests.dialog.dialog_bench import DialogBench, html, post, serve

pytestmark = pytest.mark.webengine


@pytest.mark.parametrize("script", ["location = 'slack://x'", "location = '/download'", "stop()"])
def test_it_stays_and_its_finish_counts(bench: DialogBench, pages: PageServer, script: str) -> None:
    attachment = {"Content-Type": "application/octet-stream", "Content-Disposition": "attachment"}
    pages.pages["/download"] = Page("x", headers=attachment)
    url = serve(pages, "/dialog", html(f"addEventListener('finish-now', () => {{ {post()} }}); {script}"))
    run = bench.open(url)
    run.wait_for_load()
    assert run.failures == []
    run.page().run("dispatchEvent(new Event('finish-now'))", lambda _: None)
    run.wait_for_finish()


def test_where_there_is_no_page_that_is_said(bench: DialogBench, pages: PageServer) -> None:
    pages.pages["/dialog"] = Page(status=204)
    run = bench.open(f"{pages.origin}/dialog")
    run.wait_until(lambda: bool(run.failures))
    assert "nothing that can be shown" in run.failures[0].reason
