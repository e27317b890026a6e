"""Each way a dialog can end after it has posted its finish, as pages to be served."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from tests.conftest import PageServer
from tests.dialog.dialog_bench import OPENER_ORIGIN, html, post, serve
from tray_auth_desktop.core.presentation import AS_EVER, Embedding, Presentation
from tray_auth_desktop.core.window_message import MessageSource

FINISH = post()
CLOSE = post(type="tray.authpopup.close")
COOP = {"Cross-Origin-Opener-Policy": "same-origin"}
POPUP, GONE, SEVERED = MessageSource.POPUP, MessageSource.GONE, MessageSource.SEVERED
FRAME = MessageSource.FRAME
#: A window that is on its way out may be gone by the time its message is looked at.
LEAVING = (POPUP, GONE)


class Deed(Enum):
    """What happens to a dialog from outside once its page is there."""

    PERSON_CLOSES = auto()
    RENDERER_KILLED = auto()
    CLOCK_SET_BACK = auto()


@dataclass(frozen=True)
class Way:
    """A page that ends in some way.

    Attributes:
        script: Runs in it. OTHER stands for the origin of another site, HERE for the dialog's own.
        sources: How its finish may reach the program.
        hops: Pages with COOP that are passed before it.
        also: Further pages, path and script.
        other: Pages of another site, path and script; `coop` are their headers.
        deed: What is done to it from outside.
        may_be_listed: Whether the list may have to tell, since no message can.
        presentation: How the dialog is opened.
    """

    script: str
    sources: tuple[MessageSource, ...] = (POPUP,)
    hops: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    also: dict[str, str] = field(default_factory=dict)
    other: dict[str, str] = field(default_factory=dict)
    other_headers: dict[str, str] = field(default_factory=dict)
    deed: Deed | None = None
    may_be_listed: bool = False
    presentation: Presentation = AS_EVER


def on(event: str, script: str) -> str:
    """Return a statement that runs a script at an event of the window."""
    return f"addEventListener('{event}', () => {{ {script} }});"


GO_ELSEWHERE = on("load", "location.replace('/blank')")
CLOSE_ON_LOAD = on("load", "window.close()")
WAYS = {
    "inline, then close": Way(f"{FINISH} window.close()"),
    "on load, then close": Way(on("load", f"{FINISH} window.close()")),
    "late, then close": Way(f"setTimeout(() => {{ {FINISH} window.close() }}, 100)"),
    "late, without closing": Way(f"setTimeout(() => {{ {FINISH} }}, 100)"),
    "then another page of the origin": Way(f"{FINISH} location.replace('/blank')", LEAVING),
    "then a page of another origin": Way(f"{FINISH} location.replace('OTHER/blank')", LEAVING),
    "then about:blank": Way(f"{FINISH} location.replace('about:blank')", LEAVING),
    "then a reload": Way(
        f"{FINISH} if (!location.hash) {{ location.hash = 'again'; location.reload() }}", LEAVING
    ),
    "on load, then another page": Way(on("load", f"{FINISH} location.replace('/blank')"), LEAVING),
    "pagehide, another page": Way(on("pagehide", FINISH) + GO_ELSEWHERE, LEAVING),
    "pagehide, close": Way(on("pagehide", FINISH) + CLOSE_ON_LOAD, LEAVING),
    "beforeunload, another page": Way(on("beforeunload", FINISH) + GO_ELSEWHERE, LEAVING),
    "beforeunload, close": Way(on("beforeunload", FINISH) + CLOSE_ON_LOAD, LEAVING),
    "visibilitychange, another page": Way(on("visibilitychange", FINISH) + GO_ELSEWHERE, LEAVING),
    "visibilitychange, close": Way(on("visibilitychange", FINISH) + CLOSE_ON_LOAD, LEAVING),
    "exact target origin": Way(post(target_origin=OPENER_ORIGIN) + "window.close()"),
    "to opener, parent and itself": Way(FINISH + post("parent") + post("window") + "window.close()"),
    "after one COOP page, inline": Way(f"{FINISH} window.close()", (SEVERED,), hops=1),
    "after several COOP pages, inline": Way(f"{FINISH} window.close()", (SEVERED,), hops=3),
    "after a COOP page, on load": Way(on("load", f"{FINISH} window.close()"), (SEVERED,), hops=1),
    "after a COOP page, pagehide": Way(on("pagehide", FINISH) + GO_ELSEWHERE, (SEVERED,), hops=1),
    "after a COOP page, pagehide and close": Way(on("pagehide", FINISH) + CLOSE_ON_LOAD, (SEVERED,), hops=1),
    "itself a COOP page": Way(f"{FINISH} window.close()", (SEVERED,), headers=COOP),
    "same-origin-allow-popups": Way(
        f"{FINISH} window.close()",
        (POPUP, SEVERED),
        headers={"Cross-Origin-Opener-Policy": "same-origin-allow-popups"},
    ),
    # what has to be carried first can take longer than the list, which shows it as well
    "5 MB before it": Way(
        f"opener.postMessage('x'.repeat(5e6), '*'); {FINISH} window.close()", may_be_listed=True
    ),
    "5 MB before it, severed": Way(
        f"opener.postMessage('x'.repeat(5e6), '*'); {FINISH} window.close()",
        (SEVERED,),
        hops=1,
        may_be_listed=True,
    ),
    "among a flood": Way(
        "const flood = () => { for (let i = 0; i < 500; i++) opener.postMessage({type: 'noise', i}, '*') };"
        f"flood(); {FINISH} flood(); window.close()",
        may_be_listed=True,
    ),
}


def serve_way(way: Way, pages: PageServer, other_site: PageServer, path: str = "/end") -> str:
    """Serve the pages of a way. Returns the path of the first."""

    def filled(script: str) -> str:
        return html(script.replace("OTHER", other_site.origin).replace("HERE", pages.origin))

    for extra, script in way.also.items():
        serve(pages, extra, filled(script))
    for extra, script in way.other.items():
        serve(other_site, extra, filled(script), headers=way.other_headers)
    hops = [path if number == 0 else f"/hop{number}" for number in range(way.hops)]
    end = f"{path}-end" if hops else path
    serve(pages, end, filled(way.script), headers=way.headers)
    for number, hop in enumerate(hops):
        following = hops[number + 1] if number + 1 < len(hops) else end
        serve(pages, hop, html(f"location = '{following}'"), headers=COOP)
    return path


#: A window of the dialog that comes back to the dialog's origin and tells its opener, which then finishes.
_TOLD = "addEventListener('message', (event) => { if (event.data === 'signed in') { %s window.close() } });"
_SIGN_IN = "open('OTHER/provider', '_blank', 'width=300,height=300');"
_BACK = {"/provider": "location.replace('HERE/callback')"}
_CALLBACK = {"/callback": "opener.postMessage('signed in', '*'); window.close()"}
_EACH_MS = (
    "setInterval(() => opener.postMessage({type: 'noise'}, '*'), 1);"
    f"setTimeout(() => {{ {FINISH} setTimeout(() => window.close(), 50) }}, 150)"
)

TO_PARENT = post("parent")


def in_a_frame(script: str, *, may_be_listed: bool = False, deed: Deed | None = None) -> Way:
    """Return the way of a dialog that is opened in an iframe; its finish is posted to `parent`."""
    iframe = Presentation(Embedding.IFRAME)
    return Way(script, (FRAME,), may_be_listed=may_be_listed, deed=deed, presentation=iframe)


_IN_FRAMES = {
    "in an iframe, inline": in_a_frame(TO_PARENT),
    "in an iframe, on load": in_a_frame(on("load", TO_PARENT)),
    "in an iframe, late": in_a_frame(f"setTimeout(() => {{ {TO_PARENT} }}, 100)"),
    "in an iframe, exact target origin": in_a_frame(post("parent", target_origin=OPENER_ORIGIN)),
    "in an iframe, to opener, parent and itself": in_a_frame(
        f"opener?.postMessage('x', '*'); {TO_PARENT} {post('window')}"
    ),
    "in an iframe, then another page": in_a_frame(f"{TO_PARENT} location.replace('/blank')"),
    "in an iframe, then a page of another origin": in_a_frame(f"{TO_PARENT} location.replace('OTHER/blank')"),
    "in an iframe, pagehide, another page": in_a_frame(on("pagehide", TO_PARENT) + GO_ELSEWHERE),
    "in an iframe, the renderer is killed after it": in_a_frame(
        f"window.finishNow = () => {{ {TO_PARENT} }}", deed=Deed.RENDERER_KILLED, may_be_listed=True
    ),
    "in an iframe, the person closes": in_a_frame(
        on("pagehide", TO_PARENT), deed=Deed.PERSON_CLOSES, may_be_listed=True
    ),
}

#: Ways of whole attempts, beside those above: what the program makes of them is not the page's alone.
WHOLE_WAYS = {
    **WAYS,
    **_IN_FRAMES,
    "finish twice": Way(f"{FINISH} {FINISH} window.close()"),
    "finish, then close message": Way(f"{FINISH} {CLOSE} window.close()"),
    "close message, then finish": Way(f"{CLOSE} setTimeout(() => {{ {FINISH} window.close() }}, 20)"),
    "a window signs in and tells the dialog": Way(_TOLD % FINISH + _SIGN_IN, also=_CALLBACK, other=_BACK),
    "a window severed by COOP signs in": Way(
        _TOLD % FINISH + _SIGN_IN, also=_CALLBACK, other=_BACK, other_headers=COOP
    ),
    "1,000 messages a second around it": Way(_EACH_MS),
    "the person closes, pagehide": Way(
        on("pagehide", FINISH), LEAVING, deed=Deed.PERSON_CLOSES, may_be_listed=True
    ),
    "the person closes, nothing is posted": Way("", deed=Deed.PERSON_CLOSES, may_be_listed=True),
    "the page closes, nothing is posted": Way(on("load", "window.close()"), may_be_listed=True),
    "the renderer is killed after it": Way(
        f"window.finishNow = () => {{ {FINISH} }}", deed=Deed.RENDERER_KILLED, may_be_listed=True
    ),
    "the clock is set back": Way(
        f"setTimeout(() => {{ {FINISH} window.close() }}, 100)", deed=Deed.CLOCK_SET_BACK
    ),
}
