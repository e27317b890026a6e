"""`Referer` and `document.referrer` tell another origin the origin at most, whatever the page's policy is."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.dialog.dialog_bench import DialogBench
from tests.leaks.sites import Site
from tests.serving import running
from tray_auth_desktop.dialog.engine_flags import with_our_features

CODE = "C0de-that-nobody-else-may-see"
HERE = Path(__file__).parent
#: What tells its server what it knows of the page before.
SPY = "<!doctype html><script>fetch('/said?' + encodeURIComponent(document.referrer))</script>"
PLACES = ("frame", "popup", "link", "end", "form", "redirected-frame")


def _serve(own: Site, other: Site, policy: str) -> str:
    for place in PLACES:
        other.serve(f"/{place}", SPY)
    own.serve("/to-image", "", 302, Location=f"{other.origin}/redirected-image")
    own.serve("/to-frame", "", 302, Location=f"{other.origin}/redirected-frame")
    body = (HERE / "references.html").read_text(encoding="utf-8").replace("{other}", other.origin)
    meta = f"<meta name=referrer content='{policy}'>"
    return own.serve("/d", f"<!doctype html>{meta}{body}", Referrer_Policy=policy)


@pytest.mark.webengine
@pytest.mark.parametrize("policy", ["unsafe-url", "no-referrer-when-downgrade"])
def test_the_code_is_told_to_no_other_origin(bench: DialogBench, policy: str) -> None:
    own, other = Site(), Site()
    with running(own, other):
        run = bench.open(f"{_serve(own, other, policy)}?code={CODE}")
        run.wait_until(lambda: other.was_asked_for("/end"))
        run.wait_until(lambda: sum(asked.target.startswith("/said?") for asked in other.asked) == len(PLACES))
    assert any(CODE in asked.target for asked in own.asked)
    told = {asked.target.partition("?")[0].strip("/") for asked in other.asked}
    assert told >= {"image", "style", "script", "fetch", "beacon", "redirected-image", *PLACES}
    assert [
        asked for asked in other.asked if CODE in unquote(asked.target + asked.headers + asked.body)
    ] == []
    assert {asked.referer for asked in other.asked if asked.referer} <= {
        f"{own.origin}/", *(f"{other.origin}/{place}" for place in PLACES),
    }  # fmt: skip
    assert any(CODE in asked.referer for asked in own.asked), "a page may tell its own server where it is"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("", "--enable-features=CapReferrerToOriginOnCrossOrigin"),
        ("--a='b c' --x", '"--a=b c" --x --enable-features=CapReferrerToOriginOnCrossOrigin'),
        ("--enable-features=A,B --x", "--x --enable-features=A,B,CapReferrerToOriginOnCrossOrigin"),
        (
            "--enable-features=A --enable-features=CapReferrerToOriginOnCrossOrigin",
            "--enable-features=A,CapReferrerToOriginOnCrossOrigin",
        ),
    ],
)
def test_switches_that_somebody_set_are_kept(given: str, wanted: str) -> None:
    assert with_our_features(given) == wanted
    assert with_our_features(wanted) == wanted
