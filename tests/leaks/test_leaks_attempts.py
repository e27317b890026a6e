"""Nothing that one attempt keeps is seen by the next, by its pages or by the server; nor is it on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.dialog.dialog_bench import DialogBench, DialogRun
from tests.leaks.sites import Site
from tests.serving import running

pytestmark = pytest.mark.webengine

MARK = "mark-of-the-first-attempt"
SCRIPT = (Path(__file__).parent / "keep.js").read_text(encoding="utf-8")
PAGE = f"<!doctype html><title>page</title><script>{SCRIPT}</script><script src=/kept.js></script>"
KEPT_HERE = {"cookie", "localStorage", "sessionStorage", "name", "database", "cache", "worker"}


def use_all(run: DialogRun, index: int) -> dict[str, str]:
    """Keep the mark everywhere (0), or read it from everywhere (1)."""
    run.wait_for_load()
    run.evaluate(f"window.result = ''; useAll({index}); 1")
    run.wait_until(lambda: run.evaluate("window.result") != "")
    found: dict[str, str] = json.loads(str(run.evaluate("window.result")))
    return found


def serve_all(site: Site) -> str:
    """Serve a page that can keep things, with a script that any cache would keep."""
    site.serve("/worker.js", "", Content_Type="text/javascript")
    site.serve(
        "/kept.js", "", Content_Type="text/javascript", Cache_Control="max-age=9000, immutable", ETag='"e"'
    )
    return site.serve("/d", PAGE, Set_Cookie=f"sid={MARK}; Max-Age=9000; HttpOnly")


@pytest.mark.parametrize("is_over", [True, False], ids=["after it", "beside it"])
def test_nothing_of_one_attempt_is_seen_by_the_next(bench: DialogBench, is_over: bool) -> None:
    site = Site()
    with running(site):
        url = serve_all(site)
        first = bench.open(url)
        use_all(first, 0)
        kept = use_all(first, 1)
        assert {name for name, value in kept.items() if MARK in value} >= KEPT_HERE
        if is_over:
            first.close()
            bench.forget(first)
        before = len(site.asked)
        site.serve("/d", PAGE)
        found = use_all(bench.open(url), 1)
        assert [name for name, value in found.items() if MARK in value] == []
        again = site.asked[before:]
        assert [asked.target for asked in again].count("/kept.js") == 1, "nothing came from a cache"
        assert not [asked for asked in again if MARK in asked.headers or "If-None-Match" in asked.headers]


def test_the_same_attempt_uses_its_cache(bench: DialogBench) -> None:
    """The script above is one that a cache does keep."""
    site = Site()
    with running(site):
        run = bench.open(serve_all(site))
        run.wait_for_load()
        run.evaluate("window.w = window.open('/d'); 1")
        run.wait_until(lambda: sum(asked.target == "/d" for asked in site.asked) == 2)
        run.wait_until(lambda: run.evaluate("w.document.readyState + w.document.title") == "completepage")
    assert sum(asked.target == "/kept.js" for asked in site.asked) == 1
